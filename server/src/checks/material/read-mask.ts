import { grow } from '../pixels/label-components.ts';
import { isTranslucent, type Pixels, toLuma } from '../pixels/pixels.ts';

/**
 * 1 where an edit was allowed: transparent pixels, as in the Images API, or white ones where nothing is transparent.
 * The area grows by `margin` pixels, because its edge is soft.
 */
export function readMask(mask: Pixels, margin: number): Uint8Array {
  const { data, width, height } = mask;
  const luma = toLuma(mask);
  const byAlpha = isTranslucent(mask);
  const open = Uint8Array.from(luma, (light, at) =>
    (byAlpha ? (data[at * 4 + 3] ?? 255) < 128 : light >= 128) ? 1 : 0,
  );
  return grow(open, width, height, margin);
}
