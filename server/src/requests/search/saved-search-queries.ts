import type { RequestQuery } from '@pictor/api';
import { cleanJson, cleanText, type Database, type Row } from '../../database/index.ts';

type Reader = Pick<Database, 'sql'>;

export type SavedSearchRow = Row<'saved_searches'>;

/** In the order of their names. */
export async function listSavedSearches(
  reader: Reader,
  projectId: string,
): Promise<readonly SavedSearchRow[]> {
  return await reader.sql
    .selectFrom('saved_searches')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('name')
    .execute();
}

export async function countSavedSearches(reader: Reader, projectId: string): Promise<number> {
  const row = await reader.sql
    .selectFrom('saved_searches')
    .where('project_id', '=', projectId)
    .select((is) => is.fn.countAll<number>().as('count'))
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** Null: there is none in that project. */
export async function findSavedSearch(
  reader: Reader,
  projectId: string,
  id: string,
): Promise<SavedSearchRow | null> {
  const row = await reader.sql
    .selectFrom('saved_searches')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

export type NewSearch = {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly query: RequestQuery;
  readonly now: Date;
};

/** Null: the name is taken. */
export async function insertSavedSearch(reader: Reader, search: NewSearch): Promise<SavedSearchRow | null> {
  const row = await reader.sql
    .insertInto('saved_searches')
    .values({
      id: search.id,
      project_id: search.projectId,
      name: cleanText(search.name),
      query: JSON.stringify(cleanJson(search.query)),
      created_at: search.now,
      updated_at: search.now,
    })
    .onConflict((conflict) => conflict.columns(['project_id', 'name']).doNothing())
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

/** `taken`: another search of the project has the name. Null: there is none with this id. */
export async function updateSavedSearch(
  reader: Reader,
  projectId: string,
  id: string,
  change: {
    readonly name?: string | undefined;
    readonly query?: RequestQuery | undefined;
    readonly now: Date;
  },
): Promise<SavedSearchRow | 'taken' | null> {
  const { name, query, now } = change;
  if (name !== undefined) {
    const other = await reader.sql
      .selectFrom('saved_searches')
      .where('project_id', '=', projectId)
      .where('name', '=', cleanText(name))
      .where('id', '<>', id)
      .select('id')
      .executeTakeFirst();
    if (other !== undefined) return 'taken';
  }
  const row = await reader.sql
    .updateTable('saved_searches')
    .set({
      updated_at: now,
      ...(name === undefined ? {} : { name: cleanText(name) }),
      ...(query === undefined ? {} : { query: JSON.stringify(cleanJson(query)) }),
    })
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

/** False: there was none. */
export async function deleteSavedSearch(reader: Reader, projectId: string, id: string): Promise<boolean> {
  const row = await reader.sql
    .deleteFrom('saved_searches')
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
