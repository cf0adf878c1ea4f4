import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { StoreLayout } from './find-path.ts';
import { isMissing } from './is-missing.ts';
import type { FileSyncer } from './sync-files.ts';

/** Moves a complete temporary file to the place of its hash, or drops it where the same bytes lie already. */
export async function keepBlob(
  layout: StoreLayout,
  syncer: FileSyncer,
  temporary: string,
  blob: { readonly hash: string; readonly byteCount: number },
): Promise<void> {
  const target = layout.blob(blob.hash);
  try {
    // Of another size: the machine stopped before those bytes were written. The new file heals it.
    if ((await sizeOf(target)) === blob.byteCount) await rm(temporary, { force: true });
    else await moveFile(temporary, target);
    await syncer.keep(target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Renames, and makes the folders that are missing. Both paths are on one file system. */
export async function moveFile(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (!isMissing(error)) throw error;
    await mkdir(dirname(to), { recursive: true, mode: 0o700 });
    await rename(from, to);
  }
}

/** Bytes of a file; null where there is none. */
export async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
