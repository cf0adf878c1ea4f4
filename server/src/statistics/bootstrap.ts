import { openRandom } from './random.ts';

export type Difference = {
  /** Mean of `after` less mean of `before`. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  /** True: the interval does not contain 0. */
  readonly isClear: boolean;
};

export type BootstrapOptions = {
  /** Share of intervals that contain the truth. Default 0.95. */
  readonly confidence?: number;
  /** How often the values are drawn again. Default 2,000. */
  readonly draws?: number;
  /** The same seed gives the same interval. Default 1. */
  readonly seed?: number;
};

/**
 * How far the mean of `after` lies from that of `before`, with its percentile bootstrap interval. `before[i]` and
 * `after[i]` are of the same row: rows are drawn, so that what makes a row hard for both does not widen the interval. Pass
 * rates are means of zeros and ones. Throws a RangeError where the lengths differ; null where both are empty.
 */
export function pairedDifference(
  before: readonly number[],
  after: readonly number[],
  options: BootstrapOptions = {},
): Difference | null {
  if (before.length !== after.length) throw new RangeError('Both sides need a value for each row.');
  if (before.length === 0) return null;
  const changes = after.map((value, row) => value - (before[row] ?? 0));
  return interval(changes, options);
}

function interval(
  changes: readonly number[],
  { confidence = 0.95, draws = 2000, seed = 1 }: BootstrapOptions,
): Difference {
  const random = openRandom(seed);
  const drawn = Float64Array.from({ length: draws }, () => drawMean(changes, random)).sort();
  const tail = (1 - confidence) / 2;
  const low = quantile(drawn, tail);
  const high = quantile(drawn, 1 - tail);
  return { difference: mean(changes), low, high, isClear: low > 0 || high < 0 };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The mean of as many values, drawn from them with repetition. */
function drawMean(values: readonly number[], random: () => number): number {
  let sum = 0;
  for (let count = 0; count < values.length; count += 1) {
    sum += values[Math.floor(random() * values.length)] ?? 0;
  }
  return sum / values.length;
}

/** Between the two values nearest to it. */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}
