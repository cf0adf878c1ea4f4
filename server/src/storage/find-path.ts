import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

/** Where things lie under the data folder. */
export type StoreLayout = {
  /** `images/`: above everything that the store keeps. */
  readonly root: string;
  /** `images/thumbnails/`. */
  readonly thumbnails: string;
  /** `images/tmp/`: files that are not complete yet, on the same file system as their final place. */
  readonly temporary: string;
  /** `images/ab/<hash>`. Throws a RangeError for anything that is not a hash. */
  readonly blob: (hash: string) => string;
  /** `images/thumbnails/ab/<hash>.webp`. Throws a RangeError for anything that is not a hash. */
  readonly thumbnail: (hash: string) => string;
  /** A path in `temporary` that nobody else uses. */
  readonly newTemporary: () => string;
};

export function layOut(dataDir: string): StoreLayout {
  const root = join(dataDir, 'images');
  const temporary = join(root, 'tmp');
  const thumbnails = join(root, 'thumbnails');
  return {
    root,
    temporary,
    thumbnails,
    blob: (hash) => join(root, folderOf(hash), hash),
    thumbnail: (hash) => join(thumbnails, folderOf(hash), `${hash}.webp`),
    newTemporary: () => join(temporary, randomUUID()),
  };
}

/**
 * 256 folders, which are all there after a thousand pictures. A new folder costs twenty times what a new file does, and a
 * second level of them would be made anew for nearly each of the first hundred thousand.
 */
function folderOf(hash: string): string {
  // A hash becomes part of a path: nothing but hex digits may ever reach one.
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new RangeError('A hash has 64 lower-case hex digits.');
  return hash.slice(0, 2);
}
