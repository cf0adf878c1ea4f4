import type { RequestChange } from '@pictor/api';
import { cleanJson, cleanText } from '../../database/index.ts';
import { addScore, findLogId, noteOwn, type Sql } from './log-queries.ts';
import { findOwnCall } from './own-queries.ts';

/** Writes down what people note of a call: a request, a response, or one that a client told of. False: there is none. */
export async function changeNotes(
  sql: Sql,
  projectId: string,
  callId: string,
  change: RequestChange,
): Promise<boolean> {
  return await sql.transaction().execute(async (transaction) => {
    const logId = await findOrWriteLog(transaction, projectId, callId);
    if (logId === null) return false;
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
    if (tags !== undefined) await replaceTags(transaction, { logId, callId }, tags);
    return true;
  });
}

async function findOrWriteLog(sql: Sql, projectId: string, callId: string): Promise<string | null> {
  if (callId.startsWith('resp_')) {
    const own = await findOwnCall(sql, projectId, callId);
    return own === null ? null : await noteOwn(sql, projectId, own, null);
  }
  const request = await sql
    .selectFrom('requests')
    .where('project_id', '=', projectId)
    .where('id', '=', callId)
    .select(['api_key_id', 'created_at'])
    .executeTakeFirst();
  if (request === undefined) return await findLogId(sql, projectId, callId);
  // A request that a response made has notes of its own, as it has a row of its own.
  const own = {
    requestId: callId,
    responseId: null,
    keyId: request.api_key_id,
    startedAt: request.created_at,
  };
  return await noteOwn(sql, projectId, own, null);
}

/** Tags that came with the call and those that were noted later are one list to people, so both give way to theirs. */
async function replaceTags(
  sql: Sql,
  { logId, callId }: { readonly logId: string; readonly callId: string },
  tags: readonly string[],
): Promise<void> {
  const written = JSON.stringify(cleanJson([...new Set(tags)]));
  const { numUpdatedRows } = await sql
    .updateTable('requests')
    .set({ tags: written })
    .where('id', '=', callId)
    .executeTakeFirst();
  const noted = numUpdatedRows > 0 ? '[]' : written;
  await sql.updateTable('request_logs').set({ tags: noted }).where('id', '=', logId).execute();
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
