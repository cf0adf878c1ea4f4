import type { Row } from '../database/index.ts';
import type { LedgerPage } from './read-query.ts';
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
  const rows = await query
    .orderBy('id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return { data: rows.slice(0, page.limit), hasMore: rows.length > page.limit };
}
