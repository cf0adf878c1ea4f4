import { sql } from 'kysely';
import type { Database, Row } from '../database/index.ts';

/** What people and clients noted of a request. */
export type Note = Pick<
  Row<'request_logs'>,
  'number' | 'source' | 'tags' | 'metadata' | 'group_number' | 'span_id' | 'input' | 'output'
> & {
  /** By name, 0 to 100. */
  readonly scores: Readonly<Record<string, number>>;
};

/** What a note is of; an index has these. */
const callId = sql<string>`coalesce(request_logs.request_id, request_logs.response_id, request_logs.id)`;

/** Notes by the id of their request; most requests have none. */
export async function findNotes(
  reader: Pick<Database, 'sql'>,
  projectId: string,
  requestIds: readonly string[],
): Promise<ReadonlyMap<string, Note>> {
  const logs = await reader.sql
    .selectFrom('request_logs')
    .where('project_id', '=', projectId)
    .where(callId, 'in', requestIds)
    .select([
      'id',
      callId.as('call_id'),
      'number',
      'source',
      'tags',
      'metadata',
      'group_number',
      'span_id',
      'input',
      'output',
    ])
    .execute();
  if (logs.length === 0) return new Map();
  const scores = await reader.sql
    .selectFrom('request_scores')
    .where(
      'log_id',
      'in',
      logs.map((log) => log.id),
    )
    .select(['log_id', 'name', 'value'])
    .orderBy('name')
    .execute();
  return new Map(
    logs.map(({ id, call_id: callId, ...note }) => {
      const own = scores.filter((score) => score.log_id === id).map(({ name, value }) => [name, value]);
      return [callId, { ...note, scores: Object.fromEntries(own) }];
    }),
  );
}

/** Requests that others were sent again as, by the id of the first one; the oldest 500. */
export async function findReplays(
  reader: Pick<Database, 'sql'>,
  projectId: string,
  requestIds: readonly string[],
): Promise<readonly { readonly id: string; readonly replay_of: string | null }[]> {
  return await reader.sql
    .selectFrom('requests')
    .where('project_id', '=', projectId)
    .where('replay_of', 'in', requestIds)
    .select(['id', 'replay_of'])
    .orderBy('id')
    .limit(500)
    .execute();
}
