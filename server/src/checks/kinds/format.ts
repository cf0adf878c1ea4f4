import { z } from 'zod';
import { kind } from './kind.ts';

export const format = kind({
  name: 'format',
  title: 'Format',
  description: 'How the picture is coded, by its bytes: png, jpeg, webp, gif, avif, heic or tiff.',
  unit: null,
  better: null,
  requires: ['image'],
  accepts: ['expected'],
  options: z.strictObject({
    /** Formats that pass. */
    allowed: z.array(z.string()).min(1).optional(),
  }),
  run: async ({ image, expected }, options) => {
    const value = nameFormat(await image.header());
    const allowed = (expected?.split(/[\s,]+/) ?? options.allowed)?.map(clean).filter((name) => name !== '');
    return {
      value,
      passed: allowed?.includes(value) ?? null,
      evidence: allowed === undefined ? {} : { allowed },
    };
  },
});

function nameFormat({ format, compression }: { format: string; compression?: string | undefined }): string {
  if (format !== 'heif') return format;
  return compression === 'av1' ? 'avif' : 'heic';
}

/** People write `image/jpeg`, `JPG` and `.jpg`. */
function clean(name: string): string {
  const plain = name
    .trim()
    .toLowerCase()
    .replace(/^(image\/|\.)/, '');
  return plain === 'jpg' ? 'jpeg' : plain;
}
