import sharp from 'sharp';
import { type Pixels, toPixels } from '../effects/pixels.ts';
import { maxPicturePixels } from './picture-limits.ts';

/** A picture that came with the job cannot be decoded. */
export class InputPictureError extends Error {
  override readonly name = 'InputPictureError';
}

/** Decodes a picture upright, in sRGB with alpha, whatever it was stored as. Throws an InputPictureError. */
export async function openPicture(bytes: Uint8Array): Promise<Pixels> {
  try {
    return await toPixels(
      sharp(bytes, { limitInputPixels: maxPicturePixels }).autoOrient().toColourspace('srgb'),
    );
  } catch (cause) {
    throw new InputPictureError('The picture cannot be decoded.', { cause });
  }
}
