import { sql } from 'kysely';
import type { Database, Row } from '../database/index.ts';
import { type ListedRequest, withDetails } from './queries.ts';
import { otherCalls, requestColumns } from './tables.ts';

/** A response, or a call that a client told of. Null: the project has none of this id. */
export async function findOtherCall(
  reader: Pick<Database, 'sql'>,
  projectId: string,
  id: string,
): Promise<ListedRequest | null> {
  const [told, responses] = otherCalls;
  const source = sql.table(id.startsWith('resp_') ? responses : told);
  const rows = await reader.sql
    .selectFrom(sql<Row<'requests'>>`${source}`.as('requests'))
    .select(requestColumns)
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .execute();
  const [found] = await withDetails(reader, projectId, rows);
  return found ?? null;
}
