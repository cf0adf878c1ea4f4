import type { RequestChange } from '@pictor/api';
import { cleanJson, cleanText } from '../../database/index.ts';
import { addScore, noteOwn, type Sql } from './log-queries.ts';

/** Writes down what people note of a request. False: the project has none of this id. */
export async function changeNotes(
  sql: Sql,
  projectId: string,
  requestId: string,
  change: RequestChange,
): Promise<boolean> {
  const request = await sql
    .selectFrom('requests')
    .where('project_id', '=', projectId)
    .where('id', '=', requestId)
    .select(['api_key_id', 'created_at'])
    .executeTakeFirst();
  if (request === undefined) return false;
  const own = { requestId, responseId: null, keyId: request.api_key_id, startedAt: request.created_at };
  await sql.transaction().execute(async (transaction) => {
    const logId = await noteOwn(transaction, projectId, own, null);
    await changeScores(transaction, logId, change.scores ?? {});
    await changeMetadata(transaction, logId, change.metadata ?? {});
    const { group, tags } = change;
    if (group !== undefined) {
      await transaction
        .updateTable('request_logs')
        .set({ group_number: group })
        .where('id', '=', logId)
        .execute();
    }
    if (tags !== undefined) await replaceTags(transaction, { logId, requestId }, tags);
  });
  return true;
}

/** Tags that came with the call and those that were noted later are one list to people, so both give way to theirs. */
async function replaceTags(
  sql: Sql,
  { logId, requestId }: { readonly logId: string; readonly requestId: string },
  tags: readonly string[],
): Promise<void> {
  const written = JSON.stringify(cleanJson([...new Set(tags)]));
  await sql.updateTable('requests').set({ tags: written }).where('id', '=', requestId).execute();
  await sql.updateTable('request_logs').set({ tags: '[]' }).where('id', '=', logId).execute();
}

async function changeMetadata(
  sql: Sql,
  logId: string,
  change: NonNullable<RequestChange['metadata']>,
): Promise<void> {
  if (Object.keys(change).length === 0) return;
  const { metadata } = await sql
    .selectFrom('request_logs')
    .where('id', '=', logId)
    .select('metadata')
    .forUpdate()
    .executeTakeFirstOrThrow();
  const kept = Object.entries({ ...metadata, ...change }).filter(([, value]) => value !== null);
  await sql
    .updateTable('request_logs')
    .set({ metadata: JSON.stringify(cleanJson(Object.fromEntries(kept))) })
    .where('id', '=', logId)
    .execute();
}

async function changeScores(
  sql: Sql,
  logId: string,
  change: NonNullable<RequestChange['scores']>,
): Promise<void> {
  for (const [name, value] of Object.entries(change)) {
    if (value !== null) await addScore(sql, logId, { name, value });
    else
      await sql
        .deleteFrom('request_scores')
        .where('log_id', '=', logId)
        .where('name', '=', cleanText(name))
        .execute();
  }
}
