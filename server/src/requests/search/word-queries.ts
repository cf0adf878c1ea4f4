import type { RequestFilterGroup } from '@pictor/api';
import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import { filterSql } from './filter-queries.ts';

/** Up to so many, requests with the words are sorted by themselves. */
const few = 2_000;

export type Wanted = {
  readonly filter_group?: RequestFilterGroup | undefined;
  readonly q?: string | undefined;
};

/** A condition, and how rows that fulfil it come into their order. */
export type WordPlan = {
  readonly where: RawBuilder<boolean>;
  /** What to sort by for a column; as it is, an index may give the order. */
  readonly inOrder: (column: RawBuilder<unknown>, kind: 'time' | 'number') => RawBuilder<unknown>;
};

/**
 * Words that many requests have are met soon on the way through an index by time; words that few have must be looked
 * up. The planner of the database knows the common words only, and would look for the others through every row.
 */
export async function planWords(
  reader: Pick<Database, 'sql'>,
  projectId: string,
  wanted: Wanted,
): Promise<WordPlan> {
  const { q, filter_group: filterGroup } = wanted;
  if (q === undefined || q.trim() === '') return asItIs(filterSql(wanted));
  const { rows } = await sql<{ id: string }>`
    select id from requests
    where words @@ websearch_to_tsquery('english', ${q}::text) and project_id = ${projectId}
    limit ${few + 1}`.execute(reader.sql);
  if (rows.length > few) return asItIs(filterSql(wanted));
  const ids = JSON.stringify(rows.map((row) => row.id));
  return {
    where: sql`(requests.id in (select jsonb_array_elements_text(${ids}::text::jsonb))
      and ${filterSql({ filter_group: filterGroup })})`,
    // No index has these, so the rows are found first and sorted then.
    inOrder: (column, kind) => (kind === 'time' ? sql`(${column} + interval '0')` : sql`(${column} + 0)`),
  };
}

/** The condition as it is: an index may give the order. */
export function asItIs(where: RawBuilder<boolean>): WordPlan {
  return { where, inOrder: (column) => column };
}
