import { type RawBuilder, sql } from 'kysely';
import type { Row } from '../database/index.ts';
import type { EntryFilter, LedgerPage } from './read-query.ts';
import type { LedgerDatabase } from './tables.ts';

export type EntryRow = Row<'ledger_entries'>;

/** Newest first. Ids sort as their requests do, so the id of the last entry is the cursor. */
export async function listEntries(
  database: LedgerDatabase,
  projectId: string,
  page: LedgerPage,
): Promise<{ readonly data: readonly EntryRow[]; readonly hasMore: boolean }> {
  let query = database.sql.selectFrom('ledger_entries').selectAll().where('project_id', '=', projectId);
  if (page.after !== undefined) query = query.where('id', '<', page.after);
  if (page.requestId !== undefined) query = query.where('request_id', '=', page.requestId);
  if (page.from !== undefined) query = query.where('created_at', '>=', page.from);
  if (page.to !== undefined) query = query.where('created_at', '<', page.to);
  for (const condition of conditionsOf(page.where)) query = query.where(condition);
  const rows = await query
    .orderBy('id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return { data: rows.slice(0, page.limit), hasMore: rows.length > page.limit };
}

function conditionsOf({ model, provider, key, prompt, tag }: EntryFilter): readonly RawBuilder<boolean>[] {
  const named = [
    ['model_id', model],
    ['provider', provider],
    ['api_key_id', key],
    ['prompt_name', prompt],
  ] as const;
  const conditions = named.flatMap(([column, value]) =>
    value === undefined ? [] : [sql<boolean>`${sql.ref(column)} is not distinct from ${value}::text`],
  );
  if (tag === undefined) return conditions;
  return [...conditions, tag === null ? sql`tags = '[]'::jsonb` : sql`jsonb_exists(tags, ${tag}::text)`];
}
