import { blake3 } from '@napi-rs/blake-hash';
import sharp from 'sharp';
import { type ImageInput, ProviderError } from '../../models/index.ts';

/**
 * A mask in OpenAI's convention (alpha 0 means edit here) as engines of diffusion models want it: 8-bit grey of the
 * same size, white where it is painted anew and black everywhere else. Throws a ProviderError when it cannot be read.
 */
export async function toWhiteMask(provider: string, mask: ImageInput): Promise<ImageInput> {
  try {
    const { alpha, width, height } = await readAlpha(mask);
    const white = alpha.map((value) => (value === 0 ? 255 : 0));
    const bytes = await sharp(white, { raw: { width, height, channels: 1 } })
      .toColourspace('b-w')
      .png()
      .toBuffer();
    return {
      mediaType: 'image/png',
      byteCount: bytes.length,
      width,
      height,
      hash: blake3(bytes).toString('hex'),
      open: async function* () {
        yield bytes;
      },
    };
  } catch (cause) {
    const message = 'The mask of the request could not be read.';
    throw new ProviderError({ kind: 'unavailable', charged: 'no', provider, message, cause });
  }
}

async function readAlpha(mask: ImageInput): Promise<{ alpha: Buffer; width: number; height: number }> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of mask.open()) chunks.push(chunk);
  const { data, info } = await sharp(Buffer.concat(chunks))
    .ensureAlpha()
    .extractChannel('alpha')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { alpha: data, width: info.width, height: info.height };
}
