import { openThread } from './open-thread.ts';
import type { SyncAnswer, SyncQuestion, SyncStart } from './sync-protocol.ts';

/**
 * When files reach the disk itself. `always`: before `put` resolves. `group`: a few tens of milliseconds later, many
 * files with one sync of each folder. `off`: whenever the system likes.
 */
export type FsyncMode = 'group' | 'always' | 'off';

export type FileSyncer = {
  /** Tells of a file that has just come to its final place. Resolves when the mode's promise is kept. */
  readonly keep: (path: string) => Promise<void>;
  /** Resolves when nothing waits any more. Rejects with the first failure since the last call. */
  readonly settled: () => Promise<void>;
  /** Settles, and ends the thread. */
  readonly close: () => Promise<void>;
};

const groupMs = 30;

/** `root` bounds how far up folders are synced: a new folder is an entry of the one above it. */
export function openSyncer(mode: FsyncMode, root: string): FileSyncer {
  switch (mode) {
    case 'off':
      return { keep: async () => {}, settled: async () => {}, close: async () => {} };
    case 'always': {
      const thread = openSyncThread(root);
      return { keep: (path) => thread.sync([path]), settled: async () => {}, close: thread.close };
    }
    case 'group':
      return openGroupSyncer(root);
  }
}

function openGroupSyncer(root: string): FileSyncer {
  const thread = openSyncThread(root);
  let waiting = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let failure: { readonly error: unknown } | undefined;

  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const group = [...waiting];
    waiting = new Set();
    running = running
      .then(() => (group.length === 0 ? undefined : thread.sync(group)))
      .catch((error: unknown) => {
        failure ??= { error };
      });
    return running;
  };
  const settled = async (): Promise<void> => {
    await flush();
    const failed = failure;
    failure = undefined;
    if (failed !== undefined) throw failed.error;
  };

  return {
    keep: async (path) => {
      waiting.add(path);
      timer ??= setTimeout(flush, groupMs);
    },
    settled,
    close: async () => {
      try {
        await settled();
      } finally {
        await thread.close();
      }
    },
  };
}

/** Waiting for the disk in the platform's own threads costs the main thread four messages for each file. */
function openSyncThread(root: string) {
  const thread = openThread<SyncQuestion, SyncAnswer>('sync-worker.ts', 'pictor-sync', {
    root,
  } satisfies SyncStart);
  let lastId = 0;
  return {
    sync: async (paths: readonly string[]): Promise<void> => {
      lastId += 1;
      const { failure } = await thread.ask({ id: lastId, paths });
      if (failure !== null) throw Object.assign(new Error(failure.message), failure);
    },
    close: thread.close,
  };
}
