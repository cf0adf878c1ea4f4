import { expect, test } from 'vitest';
import { openTurns } from './take-turns.ts';

/** Works that end when they are told to, and tell when they began. */
function openWorks(atOnce: number) {
  const turns = openTurns(atOnce);
  const begun: number[] = [];
  const ends: PromiseWithResolvers<number>[] = [];
  const start = (index: number): Promise<number> => {
    const end = Promise.withResolvers<number>();
    ends[index] = end;
    return turns(() => {
      begun.push(index);
      return end.promise;
    });
  };
  return { begun, ends, start };
}

test('no more than the number at once, and the others in the order in which they came', async () => {
  const { begun, ends, start } = openWorks(2);
  const done = [0, 1, 2, 3].map(start);
  await Promise.resolve();
  expect(begun).toEqual([0, 1]);

  ends[1]?.resolve(11);
  expect(await done[1]).toBe(11);
  await new Promise(setImmediate);
  expect(begun).toEqual([0, 1, 2]);

  ends[0]?.resolve(10);
  ends[2]?.resolve(12);
  ends[3]?.resolve(13);
  expect(await Promise.all(done)).toEqual([10, 11, 12, 13]);
  expect(begun).toEqual([0, 1, 2, 3]);
});

test('work that fails gives its place on', async () => {
  const { begun, ends, start } = openWorks(1);
  const failed = start(0);
  const next = start(1);
  ends[0]?.reject(new RangeError('damaged'));
  await expect(failed).rejects.toThrow('damaged');
  ends[1]?.resolve(7);
  expect(await next).toBe(7);
  expect(begun).toEqual([0, 1]);
});
