import { basename, dirname, extname } from 'node:path/posix';
import { PictorError } from '../../foundation/index.ts';
import type { RowValues } from '../dataset.ts';
import type { ReceivedPicture } from './receive-files.ts';

export type NamedPicture = Pick<ReceivedPicture, 'path'> & { readonly id: string };

/**
 * Rows of tables, with ids where they name a picture that came with them. Throws `invalid_value` where a picture is
 * named by no row, since it would be lost.
 */
export function joinTables(
  rows: readonly RowValues[],
  pictures: readonly NamedPicture[],
): readonly RowValues[] {
  const byName = new Map(pictures.map((picture) => [basename(picture.path), picture]));
  const byPath = new Map(pictures.map((picture) => [picture.path, picture]));
  const used = new Set<string>();
  const toId = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(toId);
    if (typeof value !== 'string') return value;
    const path = value.replace(/^\.\//, '');
    const picture = byPath.get(path) ?? byName.get(path);
    if (picture === undefined) return value;
    used.add(picture.id);
    return picture.id;
  };
  const joined = rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, toId(value)])),
  );
  const lost = pictures.filter(({ id }) => !used.has(id));
  if (lost.length === 0) return joined;
  throw new PictorError({
    code: 'invalid_value',
    message: `No row names ${lost.length === 1 ? 'the picture' : `${lost.length} pictures, such as`} '${lost[0]?.path.slice(0, 100)}'. Rows name pictures of the same import by their file names.`,
    param: 'file',
  });
}

/**
 * Pictures without a table: a row for each, in the order of their names. Pictures in several folders are fields named
 * like the folders, and files of the same name make one row: `photo/1.png` and `mask/1.png`.
 */
export function rowsOfPictures(pictures: readonly NamedPicture[], imageField: string): readonly RowValues[] {
  const folders = new Set(pictures.map(({ path }) => basename(dirname(path))));
  const rows = new Map<string, Record<string, unknown>>();
  for (const { id, path } of pictures.toSorted((left, right) => (left.path < right.path ? -1 : 1))) {
    const stem = basename(path, extname(path));
    const field = folders.size > 1 ? toField(basename(dirname(path)), imageField) : imageField;
    const key = folders.size > 1 ? stem : path;
    rows.set(key, { name: stem, ...rows.get(key), [field]: id });
  }
  return [...rows.values()];
}

function toField(folder: string, imageField: string): string {
  const name = folder
    .replace(/[^\p{L}\p{N}_-]+/gu, ' ')
    .trim()
    .slice(0, 64);
  return name === '' ? imageField : name;
}
