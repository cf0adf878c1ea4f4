import type { EvaluationColumn, Scorecard } from '@pictor/api';
import { cleanJson, type Row, takeNumber } from '../../database/index.ts';
import type { RunSummary } from '../scores/score.ts';
import type { EvaluationsSql } from '../tables.ts';
import type { Run, RunColumn, RunStatus } from './run.ts';

export type NewRun = Omit<
  Run,
  'number' | 'status' | 'reason' | 'rowCount' | 'summary' | 'startedAt' | 'finishedAt'
>;

export async function insertRun(sql: EvaluationsSql, run: NewRun): Promise<Run> {
  const row = await sql
    .insertInto('evaluation_runs')
    .values({
      id: run.id,
      number: await takeNumber(sql, run.projectId, 'evaluation'),
      evaluation_id: run.evaluationId,
      project_id: run.projectId,
      api_key_id: run.keyId,
      name: run.name,
      status: 'queued',
      reason: null,
      trigger: run.trigger,
      dataset_id: run.datasetId,
      dataset_version: run.datasetVersion,
      row_limit: run.rowLimit,
      columns: JSON.stringify(cleanJson(run.columns)),
      scorecard: run.scorecard === null ? null : JSON.stringify(cleanJson(run.scorecard)),
      concurrency: run.concurrency,
      cost_cap_nano_usd: run.costCapNanoUsd,
      prompt_id: run.promptId,
      prompt_version: run.promptVersion,
      prepared: run.isPrepared,
      score: null,
      verdict: null,
      created_at: run.createdAt,
      started_at: null,
      finished_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return toRun(row);
}

/** By id or number. Null: the project has none. */
export async function findRun(
  sql: EvaluationsSql,
  projectId: string,
  name: string | number,
): Promise<Run | null> {
  const own = sql.selectFrom('evaluation_runs').selectAll().where('project_id', '=', projectId);
  const row = await (typeof name === 'number'
    ? own.where('number', '=', name)
    : own.where('id', '=', name)
  ).executeTakeFirst();
  return row === undefined ? null : toRun(row);
}

/** Whoever's it is. Null: it is gone. */
export async function loadRun(sql: EvaluationsSql, id: string): Promise<Run | null> {
  const row = await sql.selectFrom('evaluation_runs').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : toRun(row);
}

/** Newest first. `after` is the id of a run; ids sort by time. */
export async function listRuns(
  sql: EvaluationsSql,
  evaluationId: string,
  page: { readonly limit: number; readonly after?: string | undefined },
): Promise<readonly Run[]> {
  let query = sql
    .selectFrom('evaluation_runs')
    .selectAll()
    .where('evaluation_id', '=', evaluationId)
    .orderBy('id', 'desc')
    .limit(page.limit);
  if (page.after !== undefined) query = query.where('id', '<', page.after);
  return (await query.execute()).map(toRun);
}

/** The newest run of each evaluation. */
export async function listLastRuns(
  sql: EvaluationsSql,
  evaluationIds: readonly string[],
): Promise<ReadonlyMap<string, Run>> {
  if (evaluationIds.length === 0) return new Map();
  const rows = await sql
    .selectFrom('evaluation_runs')
    .selectAll()
    .distinctOn('evaluation_id')
    .where('evaluation_id', 'in', [...evaluationIds])
    .orderBy('evaluation_id')
    .orderBy('id', 'desc')
    .execute();
  return new Map(rows.map((row) => [row.evaluation_id, toRun(row)]));
}

/** Runs that are to go on, of all projects. */
export async function listOpenRuns(sql: EvaluationsSql): Promise<readonly string[]> {
  const rows = await sql
    .selectFrom('evaluation_runs')
    .select('id')
    .where('status', 'in', ['queued', 'running'])
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

export type RunChange = {
  readonly status?: RunStatus;
  readonly reason?: string | null;
  readonly columns?: readonly EvaluationColumn[];
  readonly scorecard?: Scorecard | null;
  readonly datasetVersion?: number;
  readonly rowCount?: number;
  readonly isPrepared?: boolean;
  readonly costCapNanoUsd?: number | null;
  readonly summary?: RunSummary | null;
  readonly startedAt?: Date;
  readonly finishedAt?: Date | null;
};

/** Changes a run, where it still has one of the statuses. Null: it has not. */
export async function updateRun(
  sql: EvaluationsSql,
  id: string,
  change: RunChange,
  from?: readonly RunStatus[],
): Promise<Run | null> {
  const { columns, scorecard, summary } = change;
  let query = sql
    .updateTable('evaluation_runs')
    .set({
      ...(change.status === undefined ? {} : { status: change.status }),
      ...(change.reason === undefined ? {} : { reason: change.reason }),
      ...(columns === undefined ? {} : { columns: JSON.stringify(cleanJson(columns)) }),
      ...(scorecard === undefined
        ? {}
        : { scorecard: scorecard === null ? null : JSON.stringify(cleanJson(scorecard)) }),
      ...(change.datasetVersion === undefined ? {} : { dataset_version: change.datasetVersion }),
      ...(change.rowCount === undefined ? {} : { row_count: change.rowCount }),
      ...(change.isPrepared === undefined ? {} : { prepared: change.isPrepared }),
      ...(change.costCapNanoUsd === undefined ? {} : { cost_cap_nano_usd: change.costCapNanoUsd }),
      ...(summary === undefined
        ? {}
        : {
            summary: summary === null ? null : JSON.stringify(cleanJson(summary)),
            score: summary?.score ?? null,
            verdict: summary?.verdict ?? null,
          }),
      ...(change.startedAt === undefined ? {} : { started_at: change.startedAt }),
      ...(change.finishedAt === undefined ? {} : { finished_at: change.finishedAt }),
    })
    .where('id', '=', id);
  if (from !== undefined) query = query.where('status', 'in', [...from]);
  const row = await query.returningAll().executeTakeFirst();
  return row === undefined ? null : toRun(row);
}

/** Has a run that came to its end go on, since something of it changed. */
export async function requeueRun(sql: EvaluationsSql, id: string): Promise<void> {
  const change = { status: 'queued' as const, summary: null, finishedAt: null };
  await updateRun(sql, id, change, ['waiting', 'completed']);
}

export async function deleteRun(sql: EvaluationsSql, id: string): Promise<void> {
  await sql.deleteFrom('evaluation_runs').where('id', '=', id).execute();
}

function toRun(row: Row<'evaluation_runs'>): Run {
  return {
    id: row.id,
    number: row.number,
    evaluationId: row.evaluation_id,
    projectId: row.project_id,
    keyId: row.api_key_id,
    name: row.name,
    status: row.status,
    reason: row.reason,
    trigger: row.trigger,
    datasetId: row.dataset_id,
    datasetVersion: row.dataset_version,
    rowLimit: row.row_limit,
    // Written by this room alone, from what its schemas read.
    columns: row.columns as unknown as readonly RunColumn[],
    scorecard: row.scorecard as unknown as Scorecard | null,
    concurrency: row.concurrency,
    costCapNanoUsd: row.cost_cap_nano_usd,
    promptId: row.prompt_id,
    promptVersion: row.prompt_version,
    rowCount: row.row_count,
    isPrepared: row.prepared,
    summary: row.summary as unknown as RunSummary | null,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
}
