import { isTranslucent, layOn, type Pixels } from '../pixels/pixels.ts';
import type { Picture, PixelSize } from './open-picture.ts';

/** Two pictures of the same size in pixels, without transparency. */
export type Pair = { readonly image: Pixels; readonly reference: Pixels };

/** Where a picture is stretched more than this to lie on the other, they are not of the same shape. */
const maxStretch = 0.02;

/**
 * Both pictures at the size of the reference, shrunk to `maxSide`. Where one of them is transparent, once on white and
 * once on black: what has the colour of one ground shows on the other, and the worse result counts.
 */
export async function pairUp(
  image: Picture,
  reference: Picture,
  maxSide: number,
): Promise<{ readonly pairs: readonly Pair[]; readonly sameRatio: boolean }> {
  const wanted = await reference.pixels(maxSide);
  const seen = await image.pixelsAt(wanted);
  const grounds = isTranslucent(wanted) || isTranslucent(seen) ? [255, 0] : [255];
  return {
    pairs: grounds.map((grey) => ({ image: layOn(seen, grey), reference: layOn(wanted, grey) })),
    sameRatio: hasSameRatio(await image.header(), await reference.header()),
  };
}

export function hasSameRatio(one: PixelSize, other: PixelSize): boolean {
  return Math.abs((one.width * other.height) / (one.height * other.width) - 1) <= maxStretch;
}
