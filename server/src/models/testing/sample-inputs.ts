import { blake3 } from '@napi-rs/blake-hash';
import sharp from 'sharp';
import type { ImageInput } from '../index.ts';

export type SampleFacts = {
  readonly width: number;
  readonly height: number;
  readonly format: 'png' | 'jpeg' | 'webp';
  /** Any CSS colour; different colours are different bytes. */
  readonly colour: string;
};

/** A picture of a bright disc on a ground of `colour`. */
export async function sampleInput(facts: SampleFacts): Promise<ImageInput> {
  const { width, height, colour, format } = facts;
  const disc = `<svg width="${width}" height="${height}"><circle cx="50%" cy="50%" r="30%" fill="#fd5"/></svg>`;
  const bytes = await sharp({ create: { width, height, channels: 3, background: colour } })
    .composite([{ input: Buffer.from(disc) }])
    .toFormat(format)
    .toBuffer();
  return toInput(bytes, { width, height, mediaType: `image/${format}` });
}

/** A mask in OpenAI's convention: a transparent square in the middle, opaque black around it. */
export async function sampleMask(size: { width: number; height: number }): Promise<ImageInput> {
  const { width, height } = size;
  const pixels = Buffer.alloc(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const inside = Math.abs(x - width / 2) < width / 4 && Math.abs(y - height / 2) < height / 4;
      pixels[(y * width + x) * 4 + 3] = inside ? 0 : 255;
    }
  }
  const bytes = await sharp(pixels, { raw: { width, height, channels: 4 } })
    .png()
    .toBuffer();
  return toInput(bytes, { width, height, mediaType: 'image/png' });
}

/** Bytes as an input that can be opened again and again, and comes in pieces as from a disk. */
export function toInput(
  bytes: Buffer,
  facts: { readonly width: number; readonly height: number; readonly mediaType: string },
): ImageInput {
  return {
    ...facts,
    byteCount: bytes.length,
    hash: blake3(bytes).toString('hex'),
    open: async function* () {
      for (let offset = 0; offset < bytes.length; offset += 1000) yield bytes.subarray(offset, offset + 1000);
    },
  };
}

/** An input that can no longer be read, as when its file was removed. */
export function brokenInput(input: ImageInput): ImageInput {
  return {
    ...input,
    // biome-ignore lint/correctness/useYield: it fails before there is anything to yield
    open: async function* () {
      throw new Error('ENOENT: no such file');
    },
  };
}
