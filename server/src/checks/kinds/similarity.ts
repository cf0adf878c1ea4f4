import { z } from 'zod';
import { pairUp } from '../material/compare-on.ts';
import { need } from '../material/open-material.ts';
import { type Pixels, toLuma } from '../pixels/pixels.ts';
import { structuralSimilarity } from '../pixels/structural-similarity.ts';
import { kind } from './kind.ts';

/** As its authors advise: at a size at which one sees the whole picture at once. */
const maxSide = 384;

export const similarity = kind({
  name: 'similarity',
  title: 'Similarity to the reference',
  description:
    'Structural similarity (mean SSIM of brightness, window 11 × 11, Gaussian 1.5) at 384 pixels: 1 is the same, 0 has nothing in common. For pictures that should stay in place, such as edits and renderings; another pose or crop counts as different.',
  unit: 'similarity',
  better: 'higher',
  requires: ['image', 'reference'],
  accepts: [],
  options: z.strictObject({
    /** Least similarity that passes. */
    min: z.number().min(-1).max(1).default(0.95),
  }),
  run: async ({ image, reference }, { min }) => {
    const { pairs, sameRatio } = await pairUp(image, need(reference, 'reference'), maxSide);
    const values = pairs.map((pair) => structuralSimilarity(toGrey(pair.image), toGrey(pair.reference)));
    const value = Math.min(...values);
    return { value, passed: value >= min, evidence: { min, same_ratio: sameRatio } };
  },
});

function toGrey(pixels: Pixels) {
  return { width: pixels.width, height: pixels.height, values: toLuma(pixels) };
}
