import type { AppliedParameters, OutputFormat } from '../models/index.ts';

const formats: Readonly<Record<string, OutputFormat>> = {
  'image/png': 'png',
  'image/jpeg': 'jpeg',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/svg+xml': 'svg',
};

/** What was really used, with the format that the bytes have: services say one thing and send another. */
export function tellFormat(applied: AppliedParameters, mediaType: string): AppliedParameters {
  const outputFormat = Object.hasOwn(formats, mediaType) ? formats[mediaType] : undefined;
  return outputFormat === undefined ? applied : { ...applied, outputFormat };
}
