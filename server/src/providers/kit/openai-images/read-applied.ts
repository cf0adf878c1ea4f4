import type { AppliedParameters, OutputFormat, PixelSize } from '../../../models/index.ts';

const formats: readonly OutputFormat[] = ['png', 'jpeg', 'webp', 'gif', 'svg'];

/** The values that a reply or an event says were used. `auto` says nothing. */
export function readApplied(members: Readonly<Record<string, unknown>>): AppliedParameters {
  const size = readSize(members.size);
  const { quality, background } = members;
  const outputFormat = formats.find((format) => format === members.output_format);
  return {
    ...(size === null ? {} : { size }),
    ...(typeof quality === 'string' && quality !== '' && quality !== 'auto' ? { quality } : {}),
    ...(background === 'transparent' || background === 'opaque' ? { background } : {}),
    ...(outputFormat === undefined ? {} : { outputFormat }),
  };
}

function readSize(value: unknown): PixelSize | null {
  const match = typeof value === 'string' ? /^(\d{1,6})x(\d{1,6})$/.exec(value) : null;
  return match === null ? null : { width: Number(match[1]), height: Number(match[2]) };
}
