import { expect, test } from 'vitest';
import { openLog } from '../foundation/index.ts';
import { openRemovals } from './open-removals.ts';

const log = openLog('silent');

function latch(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

test('removes what nobody refers to, and keeps the rest', async () => {
  const removed: string[] = [];
  const removals = openRemovals({
    isReferenced: async (hash) => hash === 'needed',
    remove: async (hash) => void removed.push(hash),
    log,
  });
  await removals.discard('needed');
  await removals.discard('free');
  expect(removed).toEqual(['free']);
});

test('waits until nothing holds, and asks then whether a row has come', async () => {
  const referenced = new Set<string>();
  const removed: string[] = [];
  const removals = openRemovals({
    isReferenced: async (hash) => referenced.has(hash),
    remove: async (hash) => void removed.push(hash),
    log,
  });
  const first = latch();
  const second = latch();
  const uploads = [
    removals.holdDuring(async () => {
      await first.opened;
      referenced.add('again');
    }),
    removals.holdDuring(() => second.opened),
  ];
  await removals.discard('again');
  await removals.discard('gone');
  first.open();
  await uploads[0];
  expect(removed).toEqual([]);
  second.open();
  await Promise.all(uploads);
  await removals.settled();
  expect(removed).toEqual(['gone']);
});

test('work that would hold waits for a removal under way', async () => {
  const order: string[] = [];
  const removal = latch();
  const removals = openRemovals({
    isReferenced: async () => false,
    remove: async () => {
      await removal.opened;
      order.push('removed');
    },
    log,
  });
  const discarding = removals.discard('a');
  const holding = removals.holdDuring(async () => void order.push('held'));
  removal.open();
  await Promise.all([discarding, holding]);
  expect(order).toEqual(['removed', 'held']);
});

test('a removal that fails is no failure of who asked for it, nor of the next one', async () => {
  const removed: string[] = [];
  const removals = openRemovals({
    isReferenced: async (hash) => {
      if (hash === 'broken') throw new Error('no database');
      return false;
    },
    remove: async (hash) => void removed.push(hash),
    log,
  });
  await removals.discard('broken');
  await removals.discard('fine');
  expect(removed).toEqual(['fine']);
});

test('work that fails lets go', async () => {
  const removed: string[] = [];
  const removals = openRemovals({
    isReferenced: async () => false,
    remove: async (hash) => void removed.push(hash),
    log,
  });
  const work = removals.holdDuring(async () => {
    await removals.discard('refused');
    throw new Error('refused');
  });
  await expect(work).rejects.toThrow('refused');
  await removals.settled();
  expect(removed).toEqual(['refused']);
});

test('a database that does not answer holds nobody up, and is asked again', async () => {
  const removed: string[] = [];
  let away = true;
  const removals = openRemovals({
    isReferenced: async () => (away ? await new Promise<boolean>(() => undefined) : false),
    remove: async (hash) => void removed.push(hash),
    log,
  });
  await removals.discard('a');
  expect(await removals.holdDuring(async () => 'held')).toBe('held');
  await removals.settled();
  expect(removed).toEqual([]);
  away = false;
  await removals.discard('b');
  await removals.settled();
  expect(removed.toSorted()).toEqual(['a', 'b']);
});
