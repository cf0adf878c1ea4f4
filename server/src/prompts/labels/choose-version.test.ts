import { describe, expect, test } from 'vitest';
import { chooseVersion } from './choose-version.ts';
import type { Label, Split } from './label.ts';

const draws = 10_000;

function labelOf(split: Split | null): Label {
  return {
    id: 'plbl_1',
    number: 1,
    promptId: 'pmpt_1',
    name: 'live',
    version: 1,
    isProtected: false,
    split,
    createdAt: new Date(0),
  };
}

/** A generator that gives the same numbers in every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Four standard deviations: a fair draw leaves them once in 16,000 tries. */
function isWithin(count: number, percent: number): boolean {
  const share = percent / 100;
  return Math.abs(count - draws * share) <= 4 * Math.sqrt(draws * share * (1 - share));
}

const shares = [
  { version: 1, percent: 70 },
  { version: 2, percent: 25 },
  { version: 3, percent: 5 },
];

describe('10,000 draws', () => {
  test.each([
    ['at random', null],
    ['by a sticky key, each value once', 'user'],
  ])('keep to the percentages: %s', (_, stickyBy) => {
    const label = labelOf({ shares, segments: [], stickyBy });
    const random = seeded(42);
    const counts = new Map<number, number>();
    for (let draw = 0; draw < draws; draw += 1) {
      const version = chooseVersion(label, { user: `user ${draw}` }, random);
      counts.set(version, (counts.get(version) ?? 0) + 1);
    }
    for (const { version, percent } of shares) {
      const count = counts.get(version) ?? 0;
      expect(isWithin(count, percent), `version ${version} came ${count} times`).toBe(true);
    }
    expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(draws);
  });

  test('of the same value of a sticky key are the same', () => {
    const label = labelOf({ shares, segments: [], stickyBy: 'user' });
    const random = seeded(7);
    const chosen = Array.from({ length: 100 }, () => chooseVersion(label, { user: 'ann' }, random));
    expect(new Set(chosen).size).toBe(1);
  });

  test('of a segment keep to its own percentages, and of nobody at 0 percent come none', () => {
    const segments = [
      {
        metadata: { plan: ['free'] },
        shares: [
          { version: 1, percent: 0 },
          { version: 2, percent: 100 },
        ],
      },
    ];
    const label = labelOf({ shares, segments, stickyBy: null });
    const random = seeded(9);
    const chosen = Array.from({ length: draws }, () => chooseVersion(label, { plan: 'free' }, random));
    expect(new Set(chosen)).toEqual(new Set([2]));
  });
});
