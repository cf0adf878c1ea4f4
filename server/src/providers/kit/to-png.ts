import { buffer } from 'node:stream/consumers';
import { blake3 } from '@napi-rs/blake-hash';
import sharp from 'sharp';
import type { ImageInput } from '../../models/index.ts';

/** A picture as PNG with the same pixels, for services that take fewer formats. Rejects when it cannot be read. */
export async function toPng(image: ImageInput): Promise<ImageInput> {
  const picture = sharp(await buffer(image.open()), { failOn: 'truncated' });
  const bytes = await picture.keepExif().keepIccProfile().png().toBuffer();
  return {
    ...image,
    mediaType: 'image/png',
    byteCount: bytes.length,
    hash: blake3(bytes).toString('hex'),
    open: async function* () {
      yield bytes;
    },
  };
}
