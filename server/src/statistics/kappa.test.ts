import { describe, expect, test } from 'vitest';
import { cohensKappa } from './kappa.ts';
import { openRandom } from './random.ts';

type Pair = readonly [number, number];

function randomPairs(random: () => number, count: number, agreement: number): Pair[] {
  return Array.from({ length: count }, () => {
    const one = Math.floor(random() * 5) + 1;
    return [one, random() < agreement ? one : Math.floor(random() * 5) + 1];
  });
}

const scores = [1, 2, 3, 4, 5];

describe('agreement beyond chance', () => {
  test('as in the literature', () => {
    // 20 × yes/yes, 5 × yes/no, 10 × no/yes, 15 × no/no: 0.7 observed, 0.5 by chance.
    const pairs = [
      ...Array.from({ length: 20 }, () => [true, true] as const),
      ...Array.from({ length: 5 }, () => [true, false] as const),
      ...Array.from({ length: 10 }, () => [false, true] as const),
      ...Array.from({ length: 15 }, () => [false, false] as const),
    ];
    const found = cohensKappa(pairs);
    expect(found?.kappa).toBeCloseTo(0.4, 12);
    expect(found?.observed).toBeCloseTo(0.7, 12);
    expect(found?.pairs).toBe(50);
  });

  test('between -1 and 1, the same for both raters, for any order of rows, and 1 only where all agree', () => {
    const random = openRandom(21);
    for (let round = 0; round < 60; round += 1) {
      const pairs = randomPairs(random, 30, random());
      for (const weights of ['none', 'linear', 'quadratic'] as const) {
        const kappa = cohensKappa(pairs, scores, weights)?.kappa ?? 0;
        expect(kappa).toBeGreaterThanOrEqual(-1.000001);
        expect(kappa).toBeLessThanOrEqual(1.000001);
        const turned = pairs.map(([one, other]): Pair => [other, one]).reverse();
        expect(cohensKappa(turned, scores, weights)?.kappa).toBeCloseTo(kappa, 9);
        if (pairs.some(([one, other]) => one !== other)) expect(kappa).toBeLessThan(1);
        const same = pairs.map(([one]): Pair => [one, one]);
        expect(cohensKappa(same, scores, weights)?.kappa).toBeCloseTo(1, 9);
      }
    }
  });

  test('near 0 for answers that know nothing of each other', () => {
    const random = openRandom(5);
    const pairs = randomPairs(random, 5_000, 0);
    for (const weights of ['none', 'linear', 'quadratic'] as const) {
      expect(Math.abs(cohensKappa(pairs, scores, weights)?.kappa ?? 1)).toBeLessThan(0.05);
    }
  });

  test('with weights a near miss counts less than a far one', () => {
    const near: Pair[] = [
      [1, 2],
      [2, 2],
      [3, 3],
      [4, 4],
      [5, 5],
    ];
    const far: Pair[] = [
      [1, 5],
      [2, 2],
      [3, 3],
      [4, 4],
      [5, 5],
    ];
    const kappaOf = (pairs: readonly Pair[]) => cohensKappa(pairs, scores, 'quadratic')?.kappa ?? 0;
    expect(kappaOf(near)).toBeGreaterThan(kappaOf(far));
  });

  test('what cannot be told is not told', () => {
    expect(cohensKappa([])).toBeNull();
    expect(cohensKappa([[true, true]])).toMatchObject({ kappa: null, observed: 1 });
    expect(() => cohensKappa([[1, 9]], scores)).toThrow(RangeError);
  });
});
