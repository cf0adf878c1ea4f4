import type { RequestQuery } from '@pictor/api';
import { askDatabase, type Database } from '../../database/index.ts';
import { type ListedRequest, withDetails } from '../queries.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { type FoundRow, type SearchPlan, selectPage } from './search-queries.ts';

type Reader = Pick<Database, 'sql'>;

export type SearchPage = {
  readonly data: readonly ListedRequest[];
  /** Null: there are no more. */
  readonly nextCursor: string | null;
};

/** One page of what is looked for. Throws `invalid_value` for a cursor of another list. */
export async function searchRequests(
  reader: Reader,
  projectId: string,
  wanted: RequestQuery & { readonly limit: number; readonly cursor?: string | undefined },
): Promise<SearchPage> {
  const { limit, cursor, ...query } = wanted;
  const sort = query.sort_by ?? 'created_at';
  const order = query.sort_order ?? 'desc';
  const place = cursor === undefined ? null : readCursor(cursor, { sort, order });
  const until = place === null ? new Date() : new Date(place.until);
  const plan: SearchPlan = { projectId, query, sort, order, place, until };
  const rows = await askDatabase(selectPage(reader, plan, limit + 1));
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    data: await askDatabase(withDetails(reader, projectId, shown)),
    nextCursor: last === undefined ? null : writeCursor(toPlace(plan, last)),
  };
}

function toPlace({ sort, order, until }: SearchPlan, row: FoundRow) {
  return { sort, order, value: row.place, id: row.id, until: until.toISOString() };
}

const exportPage = 200;

/** Everything that is looked for, read page by page as fast as it is taken. */
export async function* eachRequest(
  reader: Reader,
  projectId: string,
  query: RequestQuery,
): AsyncGenerator<ListedRequest> {
  let cursor: string | undefined;
  for (;;) {
    const page = await searchRequests(reader, projectId, { ...query, limit: exportPage, cursor });
    yield* page.data;
    if (page.nextCursor === null) return;
    cursor = page.nextCursor;
  }
}
