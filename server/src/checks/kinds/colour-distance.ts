import { z } from 'zod';
import { type Pair, pairUp } from '../material/compare-on.ts';
import { need } from '../material/open-material.ts';
import { deltaE2000, labAt, toLabs } from '../pixels/lab.ts';
import { kind } from './kind.ts';

const maxSide = 256;

export const colourDistance = kind({
  name: 'colour_distance',
  title: 'Colour distance to the reference',
  description:
    'The mean difference of colour (CIEDE2000) between the pixels of picture and reference, at 256 pixels. 1 is just visible, 100 is black on white. Tells a shift of colour that similarity of structure does not see.',
  unit: 'ΔE2000',
  better: 'lower',
  requires: ['image', 'reference'],
  accepts: [],
  options: z.strictObject({
    /** Largest mean distance that passes. */
    max: z.number().min(0).default(5),
  }),
  run: async ({ image, reference }, { max }) => {
    const { pairs, sameRatio } = await pairUp(image, need(reference, 'reference'), maxSide);
    const [worst] = pairs.map(measure).sort((one, other) => other.mean - one.mean);
    const { mean, p95 } = worst ?? { mean: 0, p95: 0 };
    return { value: mean, passed: mean <= max, evidence: { max, p95, same_ratio: sameRatio } };
  },
});

function measure({ image, reference }: Pair): { mean: number; p95: number } {
  const [own, wanted] = [toLabs(image), toLabs(reference)];
  const distances = Float64Array.from({ length: own.length / 3 }, (_, at) =>
    deltaE2000(labAt(own, at), labAt(wanted, at)),
  ).sort();
  const mean = distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
  return { mean, p95: distances[Math.floor(distances.length * 0.95)] ?? 0 };
}
