import type { Database } from '../../database/index.ts';

export type StoredVerdict = {
  readonly value: unknown;
  readonly responseId: string;
};

/** Verdicts of a project that are still there, by key. */
export async function findVerdicts(
  sql: Database['sql'],
  projectId: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, StoredVerdict>> {
  if (keys.length === 0) return new Map();
  const rows = await sql
    .selectFrom('judge_verdicts')
    .select(['key', 'value', 'response_id'])
    .where('project_id', '=', projectId)
    .where('key', 'in', keys)
    .execute();
  return new Map(rows.map((row) => [row.key, { value: row.value, responseId: row.response_id }]));
}

/** Keeps verdicts; one that is there stays, so that what was shown does not change. */
export async function keepVerdicts(
  sql: Database['sql'],
  verdicts: readonly (StoredVerdict & {
    readonly projectId: string;
    readonly key: string;
    readonly model: string;
  })[],
): Promise<void> {
  await sql
    .insertInto('judge_verdicts')
    .values(
      verdicts.map(({ projectId, key, model, value, responseId }) => ({
        project_id: projectId,
        key,
        model,
        value: JSON.stringify(value),
        response_id: responseId,
        created_at: new Date(),
      })),
    )
    .onConflict((conflict) => conflict.columns(['project_id', 'key']).doNothing())
    .execute();
}
