/** What a comparison of two pictures found. */
export type Difference = {
  /** Share of the pixels that differ at all, 0 to 1. */
  readonly changed: number;
  /** Mean of the channels, 0 to 255. */
  readonly mean: number;
};

/**
 * Writes the absolute difference of two pictures of one size into `target`, channel by channel, opaque. `gain` makes
 * small differences visible; what is told is without it.
 */
export function writeDifference(
  one: Uint8ClampedArray,
  other: Uint8ClampedArray,
  target: Uint8ClampedArray,
  gain: number,
): Difference {
  let changed = 0;
  let sum = 0;
  for (let at = 0; at < one.length; at += 4) {
    let own = 0;
    for (let channel = 0; channel < 3; channel += 1) {
      const step = Math.abs((one[at + channel] ?? 0) - (other[at + channel] ?? 0));
      own += step;
      target[at + channel] = step * gain;
    }
    // What is transparent in one only differs too, whatever colour lies below.
    own += Math.abs((one[at + 3] ?? 0) - (other[at + 3] ?? 0));
    target[at + 3] = 255;
    if (own > 0) changed += 1;
    sum += own;
  }
  const pixels = one.length / 4;
  return pixels === 0 ? { changed: 0, mean: 0 } : { changed: changed / pixels, mean: sum / (pixels * 4) };
}
