import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { holdBytes, readAll } from './hold-bytes.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pictor-held-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function* pieces(sizes: readonly number[]) {
  for (const [index, size] of sizes.entries()) yield Buffer.alloc(size, index + 1);
}

const megabyte = 1024 * 1024;

test.each([
  ['nothing', []],
  ['a few bytes at a time', [1, 1, 1, 20]],
  ['megabytes', [10, 3 * megabyte, 2 * megabyte, 5]],
])('holds %s, to be read again and again', async (_, sizes) => {
  const whole = await readAll(pieces(sizes));
  const held = await holdBytes(pieces(sizes), folder);
  expect(held.byteCount).toBe(whole.length);
  expect(Buffer.from(held.head)).toEqual(whole.subarray(0, 16));
  for (let time = 0; time < 2; time += 1) expect((await readAll(held.open())).equals(whole)).toBe(true);
  await held.release();
  expect(await readdir(folder)).toEqual([]);
});

test('keeps everything in memory where there can be no file', async () => {
  const held = await holdBytes(pieces([5 * megabyte, megabyte]), '/dev/null/nowhere');
  expect((await readAll(held.open())).length).toBe(6 * megabyte);
  await held.release();
  await held.release();
});

test('leaves no file behind when the bytes break off', async () => {
  const breaking = async function* () {
    yield* pieces([5 * megabyte, megabyte]);
    throw new Error('cut');
  };
  await expect(holdBytes(breaking(), folder)).rejects.toThrow('cut');
  expect(await readdir(folder)).toEqual([]);
});
