import { z } from 'zod';
import { layOn, type Pixels, toLuma } from '../pixels/pixels.ts';
import { kind } from './kind.ts';

/** Every picture is brought to this, so that the value does not depend on how many pixels a picture has. */
const maxSide = 512;

export const sharpness = kind({
  name: 'sharpness',
  title: 'Sharpness',
  description:
    'The variance of the Laplacian of brightness divided by the variance of brightness, times 1,000, at 512 pixels. Blur lowers it, contrast does not move it. A picture that is meant to be soft has little of it too.',
  unit: 'sharpness',
  better: 'higher',
  requires: ['image'],
  accepts: [],
  options: z.strictObject({
    /** Least value that passes. */
    min: z.number().min(0).default(10),
  }),
  run: async ({ image }, { min }) => {
    const pixels = layOn(await image.pixels(maxSide), 128);
    const value = measure(pixels);
    return { value, passed: value === null ? false : value >= min, evidence: { min } };
  },
});

/** Null: there is no contrast at all. */
function measure(pixels: Pixels): number | null {
  const luma = toLuma(pixels);
  const { width, height } = pixels;
  const edges: number[] = [];
  for (let y = 1; y + 1 < height; y += 1) {
    for (let x = 1; x + 1 < width; x += 1) {
      const at = y * width + x;
      const around =
        (luma[at - 1] ?? 0) + (luma[at + 1] ?? 0) + (luma[at - width] ?? 0) + (luma[at + width] ?? 0);
      edges.push(around - 4 * (luma[at] ?? 0));
    }
  }
  const contrast = variance(luma);
  return contrast < 1 ? null : (variance(edges) / contrast) * 1000;
}

function variance(values: ArrayLike<number>): number {
  let [sum, squares] = [0, 0];
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? 0;
    sum += value;
    squares += value * value;
  }
  return squares / values.length - (sum / values.length) ** 2;
}
