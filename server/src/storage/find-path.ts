import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

/** Where things lie under the data folder. */
export type StoreLayout = {
  /** `images/`: above everything that the store keeps. */
  readonly root: string;
  /** `images/tmp/`: files that are not complete yet, on the same file system as their final place. */
  readonly temporary: string;
  /** `images/ab/cd/<hash>`. Throws a RangeError for anything that is not a hash. */
  readonly blob: (hash: string) => string;
  /** `images/thumbnails/ab/cd/<hash>.webp`. Throws a RangeError for anything that is not a hash. */
  readonly thumbnail: (hash: string) => string;
  /** A path in `temporary` that nobody else uses. */
  readonly newTemporary: () => string;
};

export function layOut(dataDir: string): StoreLayout {
  const root = join(dataDir, 'images');
  const temporary = join(root, 'tmp');
  return {
    root,
    temporary,
    blob: (hash) => join(root, ...foldersOf(hash), hash),
    thumbnail: (hash) => join(root, 'thumbnails', ...foldersOf(hash), `${hash}.webp`),
    newTemporary: () => join(temporary, randomUUID()),
  };
}

/** Two levels of 256 folders, so that no folder grows past what file systems list quickly. */
function foldersOf(hash: string): [string, string] {
  // A hash becomes part of a path: nothing but hex digits may ever reach one.
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new RangeError('A hash has 64 lower-case hex digits.');
  return [hash.slice(0, 2), hash.slice(2, 4)];
}
