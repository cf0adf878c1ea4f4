import { mkdir, readdir, rename, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoreLayout } from './find-path.ts';
import { isMissing } from './is-missing.ts';

/** A folder that stands in `images/` once everything lies where it is looked for. */
const markerName = 'one-level';

const folderName = /^[0-9a-f]{2}$/;

/**
 * Stores of earlier versions have two levels of folders, `ab/cd/<hash>`: moves everything up to the first one. What was
 * cut off half-way goes on at the next start.
 */
export async function flattenFolders(layout: StoreLayout): Promise<void> {
  const marker = join(layout.root, markerName);
  if (await isThere(marker)) return;
  for (const top of [layout.root, layout.thumbnails]) {
    for (const name of await listFolders(top)) await flatten(join(top, name));
  }
  await mkdir(marker, { recursive: true, mode: 0o700 });
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

async function flatten(folder: string): Promise<void> {
  for (const name of await listFolders(folder)) {
    const below = join(folder, name);
    for (const file of await readdir(below)) await rename(join(below, file), join(folder, file));
    await rmdir(below);
  }
}

async function listFolders(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() && folderName.test(entry.name))
      .map(({ name }) => name);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
