import { rm } from 'node:fs/promises';
import { PictorError } from '../foundation/index.ts';
import type { StoreLayout } from './find-path.ts';
import { inspectImage, openImage } from './inspect-image.ts';
import { isMissing } from './is-missing.ts';
import { moveFile, sizeOf } from './keep-blob.ts';

/** Longest side of a thumbnail in pixels. */
const longestSide = 512;

/** Decoding more than this for a small picture is not worth it; bombs end here as well. */
const maxPixels = 100_000_000;

/** A picture that takes longer than this to make small will not become small. */
const maxSeconds = 30;

/**
 * Makes the thumbnail of a stored image unless it is there: WebP, upright, at most 512 pixels on its longest side,
 * never enlarged, the first frame of an animation. Throws a PictorError `not_found` where none can be made.
 */
export async function storeThumbnail(layout: StoreLayout, hash: string): Promise<void> {
  const target = layout.thumbnail(hash);
  if (await sizeOf(target)) return;
  const temporary = layout.newTemporary();
  try {
    await writeThumbnail(layout.blob(hash), temporary);
    await moveFile(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw isMissing(error) ? noThumbnail(error) : error;
  }
}

/** The answer for bytes that are no image, or are not there. */
export function noThumbnail(cause?: unknown): PictorError {
  return new PictorError({ code: 'not_found', message: 'There is no thumbnail of this image.', cause });
}

async function writeThumbnail(source: string, target: string): Promise<void> {
  const facts = await inspectImage(source);
  if (facts === null) throw noThumbnail();
  // A picture that breaks off shows what there is, as viewers do.
  const options = { limitInputPixels: maxPixels, failOn: 'none', sequentialRead: true } as const;
  const image = await openImage(source, facts.mediaType, options);
  if (image === null) throw noThumbnail();
  try {
    await image
      .autoOrient()
      .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true })
      .timeout({ seconds: maxSeconds })
      .webp({ quality: 80 })
      .toFile(target);
  } catch (error) {
    throw noThumbnail(error);
  }
}
