import { expect, test } from 'vitest';
import { writeDifference } from './difference.ts';

test('the difference is absolute by channel, opaque, and told without the gain', () => {
  const one = Uint8ClampedArray.from([10, 20, 30, 255, 0, 0, 0, 255, 5, 5, 5, 255]);
  const other = Uint8ClampedArray.from([20, 20, 10, 255, 0, 0, 0, 0, 5, 5, 5, 255]);
  const target = new Uint8ClampedArray(12);
  const told = writeDifference(one, other, target, 10);
  expect([...target]).toEqual([100, 0, 200, 255, 0, 0, 0, 255, 0, 0, 0, 255]);
  expect(told.changed).toBeCloseTo(2 / 3);
  expect(told.mean).toBeCloseTo((10 + 20 + 255) / 12);
  expect(writeDifference(new Uint8ClampedArray(), new Uint8ClampedArray(), target, 1).changed).toBe(0);
});
