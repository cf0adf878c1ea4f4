import { askDatabase } from '../database/index.ts';
import { type Log, newId } from '../foundation/index.ts';
import type { ImageStore } from '../storage/index.ts';
import type { FileRecord, FilesPage, FilesQuery, Purpose } from './file-record.ts';
import { openRemovals } from './open-removals.ts';
import { deleteExpired, deleteFile, findFile, insertFile, isReferenced, listFiles } from './queries.ts';
import type { FilesDatabase } from './tables.ts';

export type FoundFile = Pick<
  FileRecord,
  'id' | 'hash' | 'byteCount' | 'mediaType' | 'filename' | 'purpose' | 'createdAt' | 'expiresAt'
>;

/** A file whose bytes are in the store already. */
export type NewFile = {
  readonly projectId: string;
  readonly purpose: Purpose;
  readonly filename: string;
  readonly byteCount: number;
  readonly mediaType: string;
  readonly hash: string;
  /** Seconds from its creation after which it is gone; null: never. */
  readonly lifetimeSeconds: number | null;
};

/** Uploaded files by id, each project's own. Everything throws `database_unavailable` while the database is. */
export type Files = {
  /** Null: there is none in that project, it was deleted, or it has expired. */
  readonly find: (projectId: string, fileId: string) => Promise<FoundFile | null>;
  readonly list: (projectId: string, wanted: FilesQuery) => Promise<FilesPage>;
  readonly add: (file: NewFile) => Promise<FoundFile>;
  /** False: there was none. Its bytes go as well, unless an image or another file is made of the same ones. */
  readonly remove: (projectId: string, fileId: string) => Promise<boolean>;
  /**
   * Runs work during which no bytes are removed: from storing or finding bytes to the row that refers to them.
   * Removals wait for it, so it must end.
   */
  readonly holdBytes: <T>(work: () => Promise<T>) => Promise<T>;
  /** Removes bytes that were stored and got no row, unless others need them. Never rejects. */
  readonly discard: (hash: string) => Promise<void>;
  /** Stops the sweep and waits for what runs. */
  readonly close: () => Promise<void>;
};

const sweepMs = 60 * 60_000;

/**
 * Opens the room, and begins to clear expired files away: now and every hour. Until a sweep comes by, an expired
 * file is hidden. `now` replaces the clock.
 */
export function openFiles(
  parts: FilesDatabase & {
    readonly store: Pick<ImageStore, 'remove'>;
    readonly log: Log;
    readonly now?: () => Date;
  },
): Files {
  const { database, store, log } = parts;
  const now = parts.now ?? (() => new Date());
  const removals = openRemovals({
    isReferenced: (hash) => isReferenced(database, hash),
    remove: store.remove,
    log,
  });
  const sweep = async (): Promise<void> => {
    try {
      for (const hash of await deleteExpired(database, now())) await removals.discard(hash);
    } catch (error) {
      log.warn({ err: error }, 'expired files could not be cleared away');
    }
  };
  let sweeping = sweep();
  const timer = setInterval(() => {
    sweeping = sweeping.then(sweep);
  }, sweepMs).unref();
  return {
    find: (projectId, fileId) => askDatabase(findFile(database, projectId, fileId, now())),
    list: (projectId, wanted) => askDatabase(listFiles(database, projectId, wanted, now())),
    add: async (file) => {
      const record = toRecord(file, now());
      await askDatabase(insertFile(database, record));
      return record;
    },
    remove: async (projectId, fileId) => {
      const hash = await askDatabase(deleteFile(database, projectId, fileId, now()));
      if (hash === null) return false;
      await removals.discard(hash);
      return true;
    },
    holdBytes: removals.holdDuring,
    discard: removals.discard,
    close: async () => {
      clearInterval(timer);
      await sweeping;
      await removals.settled();
    },
  };
}

function toRecord({ lifetimeSeconds, ...file }: NewFile, createdAt: Date): FileRecord {
  const createdSeconds = Math.floor(createdAt.getTime() / 1000);
  return {
    ...file,
    id: newId('file', createdAt.getTime()),
    createdAt,
    expiresAt: lifetimeSeconds === null ? null : new Date((createdSeconds + lifetimeSeconds) * 1000),
  };
}
