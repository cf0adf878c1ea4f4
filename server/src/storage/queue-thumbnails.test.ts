import { describe, expect, it } from 'vitest';
import { openThumbnailQueue } from './queue-thumbnails.ts';

/** A maker whose every making ends when the test says so. */
function openMaker() {
  const started: string[] = [];
  const ends = new Map<string, PromiseWithResolvers<void>>();
  return {
    started,
    make: async (hash: string): Promise<void> => {
      started.push(hash);
      const end = Promise.withResolvers<void>();
      ends.set(hash, end);
      await end.promise;
    },
    finish: async (hash: string, error?: Error): Promise<void> => {
      if (error === undefined) ends.get(hash)?.resolve();
      else ends.get(hash)?.reject(error);
      await new Promise(setImmediate);
    },
  };
}

describe('openThumbnailQueue', () => {
  it('makes one at a time, what is asked for before what can wait', async () => {
    const maker = openMaker();
    const queue = openThumbnailQueue(maker.make);
    for (const hash of ['a', 'b', 'c']) queue.makeLater(hash);
    const asked = queue.makeNow('c');
    expect(maker.started).toEqual(['a']);
    await maker.finish('a');
    expect(maker.started).toEqual(['a', 'c']);
    await maker.finish('c');
    await expect(asked).resolves.toBeUndefined();
    expect(maker.started).toEqual(['a', 'c', 'b']);
    await maker.finish('b');
  });

  it('shares one making among all who ask', async () => {
    const maker = openMaker();
    const queue = openThumbnailQueue(maker.make);
    const all = Promise.all([queue.makeNow('a'), queue.makeNow('a'), queue.makeNow('a')]);
    queue.makeLater('a');
    await maker.finish('a');
    await all;
    expect(maker.started).toEqual(['a']);
  });

  it('tells a failure to who asked, and goes on', async () => {
    const maker = openMaker();
    const queue = openThumbnailQueue(maker.make);
    const failing = expect(queue.makeNow('a')).rejects.toThrow('no');
    queue.makeLater('b');
    await maker.finish('a', new Error('no'));
    await failing;
    expect(maker.started).toEqual(['a', 'b']);
    await maker.finish('b', new Error('nobody waits for this one'));
    const again = queue.makeNow('a');
    await maker.finish('a');
    await expect(again).resolves.toBeUndefined();
  });

  it('ends with the running one and turns the others away', async () => {
    const maker = openMaker();
    const queue = openThumbnailQueue(maker.make);
    const running = queue.makeNow('a');
    const turnedAway = expect(queue.makeNow('b')).rejects.toMatchObject({ code: 'shutting_down' });
    queue.makeLater('c');
    const closed = queue.close();
    await maker.finish('a');
    await Promise.all([closed, running, turnedAway]);
    queue.makeLater('d');
    await expect(queue.makeNow('e')).rejects.toMatchObject({ code: 'shutting_down' });
    expect(maker.started).toEqual(['a']);
  });
});
