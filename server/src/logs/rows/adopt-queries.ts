import { sql as raw } from 'kysely';
import { newId } from '../../foundation/index.ts';
import type { Sql } from './log-queries.ts';

const chunk = 2_000;

/** A row's time is taken before it is committed: rows of so long ago are looked at again. */
const overlapMs = 10 * 60_000;

/** Gives a log to every call of the gateway that has none yet, in the order in which they were made. */
export async function adoptOwnCalls(sql: Sql, projectId: string): Promise<void> {
  for (;;) {
    const newest = await sql
      .selectFrom('request_logs')
      .where('project_id', '=', projectId)
      .where('source', '=', 'gateway')
      .select((by) => by.fn.max('started_at').as('at'))
      .executeTakeFirst();
    const since =
      newest?.at === undefined || newest.at === null
        ? new Date(0)
        : new Date(newest.at.getTime() - overlapMs);
    const calls = await listWithoutLog(sql, projectId, since);
    if (calls.length > 0) await insertAll(sql, projectId, calls);
    if (calls.length < chunk) return;
  }
}

type Unlogged = {
  readonly request_id: string | null;
  readonly response_id: string | null;
  readonly api_key_id: string | null;
  readonly created_at: Date;
};

async function listWithoutLog(sql: Sql, projectId: string, since: Date): Promise<readonly Unlogged[]> {
  return await sql
    .selectFrom('requests')
    .where('project_id', '=', projectId)
    .where('parent_id', 'is', null)
    .where('created_at', '>=', since)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('request_logs').whereRef('request_id', '=', 'requests.id').select('request_logs.id'),
        ),
      ),
    )
    .select([
      raw<string | null>`requests.id`.as('request_id'),
      raw<string | null>`null::text`.as('response_id'),
      'api_key_id',
      'created_at',
    ])
    .unionAll((by) =>
      by
        .selectFrom('responses')
        .where('project_id', '=', projectId)
        .where('created_at', '>=', since)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('request_logs')
                .whereRef('response_id', '=', 'responses.id')
                .select('request_logs.id'),
            ),
          ),
        )
        .select([
          raw<string | null>`null::text`.as('request_id'),
          raw<string | null>`responses.id`.as('response_id'),
          'api_key_id',
          'created_at',
        ]),
    )
    .orderBy('created_at')
    .limit(chunk)
    .execute();
}

async function insertAll(sql: Sql, projectId: string, calls: readonly Unlogged[]): Promise<void> {
  await sql.transaction().execute(async (transaction) => {
    const { value } = await transaction
      .insertInto('project_counters')
      .values({ project_id: projectId, noun: 'log', value: calls.length })
      .onConflict((conflict) =>
        conflict
          .columns(['project_id', 'noun'])
          .doUpdateSet((by) => ({ value: by('project_counters.value', '+', calls.length) })),
      )
      .returning('value')
      .executeTakeFirstOrThrow();
    const first = value - calls.length + 1;
    await transaction
      .insertInto('request_logs')
      .values(
        calls.map((call, index) => ({
          id: newId('log'),
          number: first + index,
          project_id: projectId,
          api_key_id: call.api_key_id,
          source: 'gateway' as const,
          request_id: call.request_id,
          response_id: call.response_id,
          started_at: call.created_at,
          created_at: new Date(),
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
}
