import { closeSync, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { workerData } from 'node:worker_threads';
import { isMissing } from './is-missing.ts';
import { serveThread } from './serve-thread.ts';
import type { SyncAnswer, SyncQuestion, SyncStart } from './sync-protocol.ts';

/** The third thread of the store: it waits for the disk, which nobody else should. */
function runWorker(): void {
  const { root } = workerData as SyncStart;
  /** Folders whose own entries in the folder above are on the disk. They are never removed. */
  const known = new Set<string>();
  serveThread<SyncQuestion, SyncAnswer>(({ id, paths }) => ({ id, failure: sync(paths, root, known) }));
}

function sync(paths: readonly string[], root: string, known: Set<string>): SyncAnswer['failure'] {
  try {
    syncAll(paths, root, known);
    return null;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    return { message: String(error), ...(code === undefined ? {} : { code }) };
  }
}

/** Files first: a folder must never name a file whose bytes could still be lost. */
function syncAll(paths: readonly string[], root: string, known: Set<string>): void {
  const folders = new Set<string>();
  const entered: string[] = [];
  for (const path of paths) {
    syncOne(path);
    let folder = dirname(path);
    folders.add(folder);
    for (; folder !== root && folder.startsWith(root) && !known.has(folder); folder = dirname(folder)) {
      entered.push(folder);
      folders.add(dirname(folder));
    }
  }
  for (const folder of folders) syncOne(folder);
  for (const folder of entered) known.add(folder);
}

function syncOne(path: string): void {
  try {
    const descriptor = openSync(path, 'r');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    // Removed since: nothing is left that could be lost.
    if (!isMissing(error)) throw error;
  }
}

runWorker();
