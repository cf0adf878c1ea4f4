import { describe, expect, test } from 'vitest';
import { pairedDifference } from './bootstrap.ts';
import { openRandom } from './random.ts';

/** Samples of a shifted uniform distribution. */
function draw(random: () => number, count: number, shift: number): number[] {
  return Array.from({ length: count }, () => random() + shift);
}

describe('differences with their intervals', () => {
  test('the same seed gives the same interval, another seed another one', () => {
    const random = openRandom(7);
    const [before, after] = [draw(random, 40, 0), draw(random, 40, 0.2)];
    const first = pairedDifference(before, after, { seed: 5 });
    expect(pairedDifference(before, after, { seed: 5 })).toEqual(first);
    expect(pairedDifference(before, after, { seed: 6 })?.low).not.toBe(first?.low);
  });

  test('the interval holds the difference, widens with confidence, and turns with the sides', () => {
    const random = openRandom(11);
    for (let round = 0; round < 30; round += 1) {
      const [before, after] = [draw(random, 25, 0), draw(random, 25, random() - 0.5)];
      const narrow = pairedDifference(before, after, { confidence: 0.8, draws: 400 });
      const wide = pairedDifference(before, after, { confidence: 0.99, draws: 400 });
      if (narrow === null || wide === null) throw new Error('There is a difference of these.');
      expect(narrow.low).toBeLessThanOrEqual(narrow.difference);
      expect(narrow.high).toBeGreaterThanOrEqual(narrow.difference);
      expect(wide.low).toBeLessThanOrEqual(narrow.low);
      expect(wide.high).toBeGreaterThanOrEqual(narrow.high);
      expect(pairedDifference(after, before)?.difference).toBeCloseTo(-narrow.difference, 12);
    }
  });

  test('of intervals at 95 % about so many hold the truth', () => {
    const random = openRandom(3);
    let held = 0;
    const rounds = 300;
    for (let round = 0; round < rounds; round += 1) {
      const found = pairedDifference(draw(random, 40, 0), draw(random, 40, 0.3), {
        draws: 300,
        seed: round,
      });
      if (found !== null && found.low <= 0.3 && found.high >= 0.3) held += 1;
    }
    expect(held / rounds).toBeGreaterThan(0.9);
    expect(held / rounds).toBeLessThan(0.99);
  });

  test('rows that are hard for both do not widen the interval', () => {
    const random = openRandom(9);
    const before = Array.from({ length: 40 }, (_, row) => row + random() * 0.1);
    const after = before.map((value) => value + 0.5 + random() * 0.1);
    const found = pairedDifference(before, after);
    expect(found?.isClear).toBe(true);
    expect((found?.high ?? 1) - (found?.low ?? 0)).toBeLessThan(0.1);
  });

  test('pass rates are means of zeros and ones', () => {
    const rate = (passed: number, all: number) =>
      Array.from({ length: all }, (_, at) => (at < passed ? 1 : 0));
    expect(pairedDifference(rate(10, 100), rate(40, 100))).toMatchObject({ isClear: true });
    expect(pairedDifference(rate(10, 20), rate(11, 20))).toMatchObject({ isClear: false });
    expect(pairedDifference(rate(5, 5), rate(5, 5))).toMatchObject({ difference: 0, low: 0, high: 0 });
  });

  test('of nothing there is none, and rows need both sides', () => {
    expect(pairedDifference([], [])).toBeNull();
    expect(() => pairedDifference([1], [1, 2])).toThrow(RangeError);
  });
});
