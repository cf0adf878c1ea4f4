import { z } from 'zod';
import { kind } from './kind.ts';

const maxSide = 1024;

export const transparency = kind({
  name: 'transparency',
  title: 'Real transparency',
  description:
    'The share of pixels that let the ground shine through, counted in the pixels: an alpha channel that is opaque everywhere counts nothing, nor does a painted chequerboard.',
  unit: 'share',
  better: null,
  requires: ['image'],
  accepts: [],
  options: z.strictObject({
    /** Least share that passes. */
    min: z.number().min(0).max(1).default(0.02),
    /** Largest share that passes; below 1, because a picture that is transparent everywhere shows nothing. */
    max: z.number().min(0).max(1).default(0.98),
    /** A pixel counts up to this alpha, 0 (nothing is seen of it) to 255. */
    max_alpha: z.int().min(0).max(254).default(25),
  }),
  run: async ({ image }, { min, max, max_alpha }) => {
    const header = await image.header();
    const { data, width, height } = await image.pixels(maxSide);
    let [clear, partly] = [0, 0];
    for (let at = 3; at < data.length; at += 4) {
      const alpha = data[at] ?? 255;
      if (alpha <= max_alpha) clear += 1;
      else if (alpha < 255) partly += 1;
    }
    const value = clear / (width * height);
    const evidence = {
      has_alpha_channel: header.hasAlpha,
      partly_transparent: partly / (width * height),
      min,
      max,
    };
    return { value, passed: value >= min && value <= max, evidence };
  },
});
