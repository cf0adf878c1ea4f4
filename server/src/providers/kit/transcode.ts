import sharp, { type Sharp } from 'sharp';
import type { OutputFormat } from '../../models/index.ts';

/** Formats that a picture can be turned into. */
export type MadeFormat = Extract<OutputFormat, 'png' | 'jpeg' | 'webp'>;

/**
 * The same picture in another format. `quality` is a percentage for jpeg and webp; 100, which is what
 * `output_compression` means by default, where it is absent. Rejects when the bytes are no whole picture.
 */
export async function transcode(
  bytes: Uint8Array,
  format: MadeFormat,
  quality: number | undefined,
): Promise<Buffer> {
  return await encodeAs(sharp(bytes, { failOn: 'truncated' }).autoOrient(), format, quality);
}

export async function encodeAs(
  picture: Sharp,
  format: MadeFormat,
  quality: number | undefined,
): Promise<Buffer> {
  // Zero is a percentage to callers, and no quality to the encoders.
  const options = { quality: Math.max(1, quality ?? 100) };
  switch (format) {
    case 'png':
      return await picture.png().toBuffer();
    case 'jpeg':
      return await picture.flatten({ background: '#ffffff' }).jpeg(options).toBuffer();
    case 'webp':
      return await picture.webp(options).toBuffer();
  }
}
