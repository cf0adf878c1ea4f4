import type { Log } from '../foundation/index.ts';
import { writeLastUse } from './key-queries.ts';
import type { KeyTable } from './key-table.ts';
import type { AccessDatabase } from './tables.ts';

const onceMs = 60_000;

export type Uses = {
  /** Notes that a key was used. Returns at once, and never throws. */
  readonly note: (keyId: string) => void;
  /** Resolves when no note is being written. */
  readonly settled: () => Promise<void>;
};

/** Writes when keys were used last: once a minute for each at most, and never on the way of a request. */
export function openUses(database: AccessDatabase, table: KeyTable, log: Log): Uses {
  const notedMs = new Map<string, number>();
  const writing = new Set<Promise<void>>();
  const write = async (keyId: string, usedAt: Date): Promise<void> => {
    try {
      await writeLastUse(database, keyId, usedAt);
      const key = table.keyOfId(keyId);
      if (key !== null) table.setKey({ ...key, lastUsedAt: usedAt });
    } catch (error) {
      log.debug({ err: error, key: keyId }, 'the last use of a key was not noted');
    }
  };
  return {
    note: (keyId) => {
      const nowMs = Date.now();
      if (nowMs - (notedMs.get(keyId) ?? 0) < onceMs) return;
      notedMs.set(keyId, nowMs);
      setImmediate(() => {
        const written = write(keyId, new Date(nowMs)).finally(() => writing.delete(written));
        writing.add(written);
      });
    },
    settled: async () => {
      await Promise.all(writing);
    },
  };
}
