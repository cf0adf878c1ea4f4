import { expect, test } from 'vitest';
import { openBufferPool, poolBufferBytes } from './buffer-pool.ts';

test('a buffer is free again when everybody who retained it has released it', async () => {
  const pool = openBufferPool(8 * poolBufferBytes);
  const taken = await Promise.all(Array.from({ length: 8 }, () => pool.take()));
  expect(new Set(taken.map((buffer) => buffer.byteOffset)).size).toBe(8);
  expect(taken.every((buffer) => buffer.length === poolBufferBytes && pool.owns(buffer))).toBe(true);
  const [first = Buffer.alloc(0)] = taken;
  const part = first.subarray(10, 20);
  pool.retain(part);
  let given: Buffer | null = null;
  const next = pool.take().then((buffer) => {
    given = buffer;
  });
  pool.release(first);
  await Promise.resolve();
  expect(given).toBeNull();
  pool.release(part);
  await next;
  expect(given).toMatchObject({ byteOffset: first.byteOffset });
});

test('whoever can do without leaves a quarter to those who cannot', () => {
  const pool = openBufferPool(8 * poolBufferBytes);
  const taken = Array.from({ length: 8 }, () => pool.tryTake());
  expect(taken.filter((buffer) => buffer !== null)).toHaveLength(6);
  expect(pool.isScarce()).toBe(true);
  for (const buffer of taken) if (buffer !== null) pool.release(buffer);
  expect(pool.isScarce()).toBe(false);
});

test('other memory is nobody’s business, and nothing is released twice', async () => {
  const pool = openBufferPool(0);
  const other = Buffer.alloc(10);
  pool.retain(other);
  pool.release(other);
  expect(pool.owns(other)).toBe(false);
  const buffer = await pool.take();
  pool.release(buffer);
  expect(() => pool.release(buffer)).toThrow('more often');
});
