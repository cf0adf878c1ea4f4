import { z } from 'zod';
import { isTranslucent, layOn, type Pixels } from '../pixels/pixels.ts';
import { kind } from './kind.ts';

/** Small enough that the grain of a lossy coding is gone, large enough that a line stays. */
const maxSide = 256;
/** Of 255, summed over three channels. */
const visibleStep = 24;

export const blank = kind({
  name: 'blank',
  title: 'Not blank',
  description:
    'How much there is to see: the share of pixels that differ visibly from their neighbour, at 256 pixels. Blank and nearly blank pictures, plain gradients and pictures that are transparent everywhere have almost none.',
  unit: 'share',
  better: 'higher',
  requires: ['image'],
  accepts: [],
  options: z.strictObject({
    /** Least share that passes. */
    min: z.number().min(0).max(1).default(0.004),
  }),
  run: async ({ image }, { min }) => {
    const pixels = await image.pixels(maxSide);
    // What has the colour of one ground is seen on the other.
    const value = isTranslucent(pixels)
      ? Math.max(detail(layOn(pixels, 255)), detail(layOn(pixels, 0)))
      : detail(pixels);
    return { value, passed: value >= min, evidence: { min } };
  },
});

function detail({ data, width, height }: Pixels): number {
  let count = 0;
  for (let y = 0; y + 1 < height; y += 1) {
    for (let x = 0; x + 1 < width; x += 1) {
      const at = (y * width + x) * 4;
      if (step(data, at, at + 4) >= visibleStep || step(data, at, at + width * 4) >= visibleStep) count += 1;
    }
  }
  return count / (width * height);
}

function step(data: Uint8Array, one: number, other: number): number {
  let sum = 0;
  for (let channel = 0; channel < 3; channel += 1) {
    sum += Math.abs((data[one + channel] ?? 0) - (data[other + channel] ?? 0));
  }
  return sum;
}
