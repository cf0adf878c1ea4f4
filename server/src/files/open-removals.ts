import { type Log, withinMs } from '../foundation/index.ts';

/** How long the database may think about one of them. */
const answerWithinMs = 1_000;

export type Removals = {
  /** Runs work that brings bytes in and writes a row for them afterwards: meanwhile nothing is removed. */
  readonly holdDuring: <T>(work: () => Promise<T>) => Promise<T>;
  /**
   * Removes bytes that nobody needs any more. Resolves when that is done, or at once while something holds: then it
   * happens as soon as nothing does. Never rejects.
   */
  readonly discard: (hash: string) => Promise<void>;
  /** Resolves when no removal runs. */
  readonly settled: () => Promise<void>;
};

/**
 * Bytes are shared by their hash, so between the question whether a row needs them and their removal no new row may
 * come. One process owns the store, which makes a gate in memory enough.
 */
export function openRemovals(parts: {
  readonly isReferenced: (hash: string) => Promise<boolean>;
  readonly remove: (hash: string) => Promise<void>;
  readonly log: Log;
}): Removals {
  const waiting = new Set<string>();
  let holders = 0;
  let removing: Promise<void> | null = null;

  const removeWaiting = async (): Promise<void> => {
    for (const hash of waiting) {
      waiting.delete(hash);
      try {
        const referenced = await withinMs(parts.isReferenced(hash), answerWithinMs);
        if (referenced === null) {
          // The next removal asks again; meanwhile nobody who brings pictures is held up.
          waiting.add(hash);
          break;
        }
        if (!referenced) await parts.remove(hash);
      } catch (error) {
        parts.log.warn({ err: error, hash }, 'bytes of a deleted file could not be removed');
      }
    }
    removing = null;
  };
  const start = async (): Promise<void> => {
    if (holders === 0 && waiting.size > 0) removing ??= removeWaiting();
    await removing;
  };
  return {
    holdDuring: async (work) => {
      while (removing !== null) await removing;
      holders += 1;
      try {
        return await work();
      } finally {
        holders -= 1;
        void start();
      }
    },
    discard: async (hash) => {
      waiting.add(hash);
      await start();
    },
    settled: async () => {
      while (removing !== null) await removing;
    },
  };
}
