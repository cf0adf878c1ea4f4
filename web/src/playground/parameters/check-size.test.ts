import { expect, test } from 'vitest';
import { explainSize, type FreeSizes, nearestSize, readSize } from './check-size.ts';

const rule: FreeSizes = {
  kind: 'free',
  multipleOf: 16,
  minEdge: 16,
  maxEdge: 3840,
  maxRatio: 3,
  minPixels: 655_360,
  maxPixels: 8_294_400,
  common: ['1024x1024'],
  default: 'auto',
};

test.each([
  [1024, 1024, null],
  [3840, 2160, null],
  [1000, 1024, 'multiples of 16'],
  [3856, 1600, 'longer than 3840'],
  [3200, 1024, '3 times'],
  [512, 512, '262,144 pixels'],
  [3840, 3840, 'no more than 8,294,400'],
  [0, 1024, 'whole numbers'],
])('%d by %d is judged by the rule', (width, height, reason) => {
  const told = explainSize(rule, width, height);
  if (reason === null) expect(told).toBeNull();
  else expect(told).toContain(reason);
});

test('near every size there is one that the model makes', () => {
  for (const [width, height] of [
    [1, 1],
    [1000, 1000],
    [99_999, 1],
    [1, 99_999],
    [5000, 4000],
    [700, 500],
  ] as const) {
    const size = readSize(nearestSize(rule, width, height) ?? '');
    expect(size, `${width}x${height}`).not.toBeNull();
    if (size !== null) expect(explainSize(rule, size.width, size.height)).toBeNull();
  }
});
