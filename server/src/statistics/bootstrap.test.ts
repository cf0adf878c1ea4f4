import { describe, expect, test } from 'vitest';
import { meanWithInterval, pairedDifference, unpairedDifference } from './bootstrap.ts';
import { openRandom } from './random.ts';

/** Samples of a shifted uniform distribution. */
function draw(random: () => number, count: number, shift: number): number[] {
  return Array.from({ length: count }, () => random() + shift);
}

describe('differences with their intervals', () => {
  test('the same seed gives the same interval, another seed another one', () => {
    const random = openRandom(7);
    const [before, after] = [draw(random, 40, 0), draw(random, 40, 0.2)];
    const first = unpairedDifference(before, after, { seed: 5 });
    expect(unpairedDifference(before, after, { seed: 5 })).toEqual(first);
    expect(unpairedDifference(before, after, { seed: 6 })?.low).not.toBe(first?.low);
  });

  test('the interval holds the difference, widens with confidence, and turns with the sides', () => {
    const random = openRandom(11);
    for (let round = 0; round < 30; round += 1) {
      const [before, after] = [draw(random, 25, 0), draw(random, 30, random() - 0.5)];
      const narrow = unpairedDifference(before, after, { confidence: 0.8, draws: 400 });
      const wide = unpairedDifference(before, after, { confidence: 0.99, draws: 400 });
      if (narrow === null || wide === null) throw new Error('There is a difference of these.');
      expect(narrow.low).toBeLessThanOrEqual(narrow.difference);
      expect(narrow.high).toBeGreaterThanOrEqual(narrow.difference);
      expect(wide.low).toBeLessThanOrEqual(narrow.low);
      expect(wide.high).toBeGreaterThanOrEqual(narrow.high);
      expect(unpairedDifference(after, before)?.difference).toBeCloseTo(-narrow.difference, 12);
    }
  });

  test('of intervals at 95 % about so many hold the truth', () => {
    const random = openRandom(3);
    let held = 0;
    const rounds = 300;
    for (let round = 0; round < rounds; round += 1) {
      const found = unpairedDifference(draw(random, 40, 0), draw(random, 40, 0.3), {
        draws: 300,
        seed: round,
      });
      if (found !== null && found.low <= 0.3 && found.high >= 0.3) held += 1;
    }
    expect(held / rounds).toBeGreaterThan(0.9);
    expect(held / rounds).toBeLessThan(0.99);
  });

  test('rows that are hard for both do not widen a paired interval', () => {
    const random = openRandom(9);
    const before = Array.from({ length: 40 }, (_, row) => row + random() * 0.1);
    const after = before.map((value) => value + 0.5 + random() * 0.1);
    expect(pairedDifference(before, after)).toMatchObject({ isClear: true });
    expect(unpairedDifference(before, after)).toMatchObject({ isClear: false });
    expect(() => pairedDifference([1], [1, 2])).toThrow(RangeError);
  });

  test('pass rates are means of zeros and ones', () => {
    const rate = (passed: number, all: number) =>
      Array.from({ length: all }, (_, at) => (at < passed ? 1 : 0));
    expect(unpairedDifference(rate(10, 100), rate(40, 100))).toMatchObject({ isClear: true });
    expect(unpairedDifference(rate(10, 20), rate(11, 20))).toMatchObject({ isClear: false });
    expect(meanWithInterval(rate(5, 5))).toEqual({ mean: 1, low: 1, high: 1 });
  });

  test('of nothing there is none', () => {
    expect(unpairedDifference([], [1])).toBeNull();
    expect(pairedDifference([], [])).toBeNull();
    expect(meanWithInterval([])).toBeNull();
  });
});
