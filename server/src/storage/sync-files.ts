import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isMissing } from './is-missing.ts';

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
};

const groupMs = 30;

/** `root` bounds how far up folders are synced: a new folder is an entry of the one above it. */
export function openSyncer(mode: FsyncMode, root: string): FileSyncer {
  switch (mode) {
    case 'off':
      return { keep: async () => {}, settled: async () => {} };
    case 'always':
      return { keep: (path) => syncAll([path], root), settled: async () => {} };
    case 'group':
      return openGroupSyncer(root);
  }
}

function openGroupSyncer(root: string): FileSyncer {
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
      .then(() => syncAll(group, root))
      .catch((error: unknown) => {
        failure ??= { error };
      });
    return running;
  };

  return {
    keep: async (path) => {
      waiting.add(path);
      timer ??= setTimeout(flush, groupMs);
    },
    settled: async () => {
      await flush();
      const failed = failure;
      failure = undefined;
      if (failed !== undefined) throw failed.error;
    },
  };
}

/** Files first: a folder must never name a file whose bytes could still be lost. */
async function syncAll(paths: readonly string[], root: string): Promise<void> {
  const folders = new Set<string>();
  for (const path of paths) {
    await syncOne(path);
    for (let folder = dirname(path); folder.startsWith(root); folder = dirname(folder)) folders.add(folder);
  }
  for (const folder of folders) await syncOne(folder);
}

async function syncOne(path: string): Promise<void> {
  try {
    await using handle = await open(path, 'r');
    await handle.sync();
  } catch (error) {
    // Removed since: nothing is left that could be lost.
    if (!isMissing(error)) throw error;
  }
}
