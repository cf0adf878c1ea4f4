import { askDatabase } from '../database/index.ts';
import { readCursor, writeCursor } from '../requests/index.ts';
import { type ImageQuery, type ListedImageRow, type Reader, selectImages } from './queries.ts';

export type ImagePage = {
  readonly data: readonly ListedImageRow[];
  /** Null: there are no more. */
  readonly nextCursor: string | null;
};

/** One page by time. Throws `invalid_value` for a cursor of another list. */
export async function searchImages(
  reader: Reader,
  projectId: string,
  query: ImageQuery,
  page: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<ImagePage> {
  const order = query.sort_order ?? 'desc';
  const wanted = { sort: 'images', order } as const;
  const place = page.cursor === undefined ? null : readCursor(page.cursor, wanted);
  const rows = await askDatabase(selectImages(reader, projectId, query, { limit: page.limit + 1, place }));
  const shown = rows.slice(0, page.limit);
  const last = rows.length > page.limit ? shown.at(-1) : undefined;
  const until = new Date().toISOString();
  return {
    data: shown,
    nextCursor: last === undefined ? null : writeCursor({ ...wanted, value: last.place, id: last.id, until }),
  };
}

const mostFound = 5_000;
const pageSize = 500;

/** Everything that is found, 5000 at most. */
export async function findAll(
  reader: Reader,
  projectId: string,
  query: ImageQuery,
): Promise<readonly ListedImageRow[]> {
  const found: ListedImageRow[] = [];
  let cursor: string | undefined;
  do {
    const page = await searchImages(reader, projectId, query, { limit: pageSize, cursor });
    found.push(...page.data);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && found.length < mostFound);
  return found.slice(0, mostFound);
}
