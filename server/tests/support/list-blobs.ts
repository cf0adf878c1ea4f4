import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The hashes of all bytes in the store of a data folder, sorted; thumbnails do not count. */
export async function listBlobs(dataDir: string): Promise<readonly string[]> {
  const names = await readdir(join(dataDir, 'images'), { recursive: true });
  return names
    .map((name) => name.split('/').at(-1) ?? '')
    .filter((name) => /^[0-9a-f]{64}$/.test(name))
    .sort();
}
