import sharp from 'sharp';
import { type ImageInput, type ImageJob, ProviderError } from '../../models/index.ts';
import type { Commission } from './commission.ts';
import { maxPictureEdge, maxPicturePixels } from './edit/picture-limits.ts';
import { unavailable } from './studio.ts';

/**
 * The pictures of a job as far as its drawing needs them: a mask concerns the first alone, and several are shown small
 * in one scene. A whole set would be hundreds of megabytes, so each is made small before the next is read. Throws a
 * ProviderError when the store cannot be read; a picture that cannot be decoded stays as it is, for the worker to tell.
 */
export async function readInputs(job: ImageJob): Promise<Pick<Commission, 'images' | 'mask'>> {
  if (job.mask !== undefined) {
    const [first] = job.images;
    return { images: first === undefined ? [] : [await readAll(first)], mask: await readAll(job.mask) };
  }
  const [only, ...others] = job.images;
  if (only === undefined) return { images: [], mask: null };
  if (others.length === 0) return { images: [await readAll(only)], mask: null };
  // One buffer for all: new ones would pile up until they are collected.
  const buffer = new Uint8Array(Math.max(...job.images.map((image) => image.byteCount)));
  const images: Uint8Array[] = [];
  for (const image of job.images) images.push(await shrink(await readAll(image, buffer)));
  return { images, mask: null };
}

/** The bytes, at the beginning of the buffer. Without one they get their own, which can be given away. */
async function readAll(
  image: ImageInput,
  buffer: Uint8Array = new Uint8Array(image.byteCount),
): Promise<Uint8Array> {
  let at = 0;
  try {
    for await (const part of image.open()) {
      buffer.set(part, at);
      at += part.byteLength;
    }
  } catch (cause) {
    if (cause instanceof ProviderError) throw cause;
    throw unavailable('A picture that was sent could not be read from the store.', cause);
  }
  return buffer.subarray(0, at);
}

/** Twice the size at which it will be shown, so that nothing is seen of having been made small twice. */
async function shrink(bytes: Uint8Array): Promise<Uint8Array> {
  const edge = 2 * maxPictureEdge;
  try {
    const small = await sharp(bytes, { limitInputPixels: maxPicturePixels, sequentialRead: true })
      .autoOrient()
      .resize(edge, edge, { fit: 'inside', withoutEnlargement: true })
      .png({ compressionLevel: 1 })
      .toBuffer();
    return new Uint8Array(small);
  } catch {
    return bytes.slice();
  }
}
