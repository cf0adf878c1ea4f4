import { z } from 'zod';
import { CheckFailure } from '../check-failure.ts';
import { kind } from './kind.ts';

const optionShape = z.strictObject({
  /** `16:9`, `1024x768` or `1.778`. */
  equals: z.string().optional(),
  /** How far the ratio may lie from it, as a share of it. */
  tolerance: z.number().min(0).max(1).default(0.01),
});

export const ratio = kind({
  name: 'ratio',
  title: 'Ratio',
  description: 'Width divided by height, as the picture is displayed, against a wanted ratio.',
  unit: 'ratio',
  better: null,
  requires: ['image'],
  accepts: ['expected'],
  options: optionShape,
  run: async ({ image, expected }, { equals, tolerance }) => {
    const { width, height } = await image.header();
    const value = width / height;
    const wanted = expected ?? equals;
    if (wanted === undefined) return { value, passed: null, evidence: { width, height } };
    const target = readRatio(wanted);
    const deviation = Math.abs(value / target - 1);
    return {
      value,
      passed: deviation <= tolerance,
      evidence: { width, height, wanted, deviation, tolerance },
    };
  },
});

function readRatio(text: string): number {
  const [, one, other = '1'] = /^\s*(\d+(?:\.\d+)?)(?:\s*[:/x×]\s*(\d+(?:\.\d+)?))?\s*$/.exec(text) ?? [];
  const value = Number(one) / Number(other);
  if (Number.isFinite(value) && value > 0) return value;
  throw new CheckFailure(
    'invalid_expected',
    `A ratio is expected here, such as 16:9; not “${text.slice(0, 40)}”.`,
  );
}
