import type { DatasetField, Verdict } from '@pictor/api';
import { type Expression, sql as raw, type SqlBool } from 'kysely';
import type { Statement } from '../../database/index.ts';
import type { RowScore, StepScore } from '../scores/score.ts';
import type { EvaluationsSql } from '../tables.ts';
import type { Cell } from './cell.ts';
import type { Run } from './run.ts';
import { upsert } from './upsert-queries.ts';

/** A row of a run: what went in, and how it did. */
export type RunRow = {
  readonly id: string;
  readonly position: number;
  readonly values: Readonly<Record<string, unknown>>;
  readonly score: RowScore;
};

/** Writes a run's rows as they stand in its version of the dataset, without those that are there. Gives how many it has. */
export async function insertRunRows(
  sql: EvaluationsSql,
  run: Pick<Run, 'id' | 'datasetId' | 'datasetVersion' | 'rowLimit'>,
): Promise<number> {
  await raw`
    insert into evaluation_rows (run_id, row_id, position)
    select ${run.id}, row_id, (row_number() over (order by position, row_id) - 1)::integer
    from dataset_rows
    where dataset_id = ${run.datasetId} and since <= ${run.datasetVersion}
      and (until is null or until > ${run.datasetVersion})
    order by position, row_id
    limit ${run.rowLimit}
    on conflict (run_id, row_id) do update set position = excluded.position`.execute(sql);
  const { count } = await sql
    .selectFrom('evaluation_rows')
    .select((is) => is.fn.countAll<number>().as('count'))
    .where('run_id', '=', run.id)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Rows of another version of the dataset that this one lacks. */
export async function deleteOtherRows(
  sql: EvaluationsSql,
  run: Pick<Run, 'id' | 'datasetId' | 'datasetVersion'>,
): Promise<void> {
  for (const table of ['evaluation_cells', 'evaluation_rows'] as const) {
    await raw`
      delete from ${raw.table(table)} where run_id = ${run.id} and row_id not in (
        select row_id from dataset_rows where dataset_id = ${run.datasetId} and since <= ${run.datasetVersion}
          and (until is null or until > ${run.datasetVersion}))`.execute(sql);
  }
}

/** Fields of the dataset as the run sees it. */
export async function listFields(sql: EvaluationsSql, run: Run): Promise<readonly DatasetField[]> {
  const row = await sql
    .selectFrom('dataset_versions')
    .select('fields')
    .where('dataset_id', '=', run.datasetId)
    .where('version', '=', run.datasetVersion)
    .executeTakeFirst();
  return (row?.fields ?? []) as unknown as readonly DatasetField[];
}

export type RowSort = 'position' | 'worst' | 'best';

export type RowFilter = {
  readonly verdict?: Verdict | undefined;
  /** Rows with a cell of this status. */
  readonly status?: Cell['status'] | undefined;
  readonly rowIds?: readonly string[] | undefined;
};

export type RowPage = { readonly limit: number; readonly offset: number; readonly sort: RowSort };

/** A page of rows with their values. */
export async function listRunRows(
  sql: EvaluationsSql,
  run: Run,
  filter: RowFilter,
  page: RowPage,
): Promise<readonly RunRow[]> {
  const rows = await selectRows(sql, run, filter)
    .select(['evaluation_rows.row_id', 'evaluation_rows.position', 'score', 'verdict', 'steps', 'row_values'])
    .orderBy(orderOf(page.sort))
    .orderBy('evaluation_rows.position')
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  return rows.map((row) => ({
    id: row.row_id,
    position: row.position,
    values: row.row_values,
    score: {
      score: row.score,
      // Written by this room alone.
      verdict: row.verdict as Verdict | null,
      steps: (row.steps ?? []) as readonly StepScore[],
    },
  }));
}

export async function countRunRows(sql: EvaluationsSql, run: Run, filter: RowFilter): Promise<number> {
  const { count } = await selectRows(sql, run, filter)
    .select((is) => is.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Ids of the rows that have something left to do, in their order. */
export async function listOpenRows(sql: EvaluationsSql, run: Run): Promise<readonly string[]> {
  const rows = await sql
    .selectFrom('evaluation_rows')
    .select('row_id')
    .where('run_id', '=', run.id)
    .where((is) => {
      const ended = is
        .selectFrom('evaluation_cells')
        .select((count) => count.fn.countAll<number>().as('count'))
        .where('evaluation_cells.run_id', '=', run.id)
        .whereRef('evaluation_cells.row_id', '=', 'evaluation_rows.row_id')
        .where('evaluation_cells.status', 'in', ['done', 'failed', 'skipped']);
      // The verdict is written behind the cells, and a crash may have come between.
      return is.or([is('verdict', 'is', null), is(ended, '<', run.columns.length)]);
    })
    .orderBy('position')
    .execute();
  return rows.map((row) => row.row_id);
}

/** How all rows did, in their order. */
export async function listRowScores(
  sql: EvaluationsSql,
  runId: string,
): Promise<readonly (RowScore & { readonly id: string; readonly position: number })[]> {
  const rows = await sql
    .selectFrom('evaluation_rows')
    .selectAll()
    .where('run_id', '=', runId)
    .orderBy('position')
    .execute();
  return rows.map((row) => ({
    id: row.row_id,
    position: row.position,
    score: row.score,
    verdict: row.verdict as Verdict | null,
    steps: (row.steps ?? []) as readonly StepScore[],
  }));
}

export type ScoredRow = { readonly runId: string; readonly rowId: string; readonly score: RowScore };

/** Says how rows did. */
export function scoreStatements(rows: readonly ScoredRow[]): readonly Statement[] {
  const last = new Map(rows.map((row) => [`${row.runId} ${row.rowId}`, row]));
  if (last.size === 0) return [];
  const values = [...last.values()].map(({ rowId, runId, score }) => ({
    run_id: runId,
    row_id: rowId,
    position: 0,
    score: score.score,
    verdict: score.verdict,
    steps: score.steps,
  }));
  const change = ['score', 'verdict', 'steps'];
  return [upsert('evaluation_rows', values, { key: ['run_id', 'row_id'], change })];
}

function selectRows(sql: EvaluationsSql, run: Run, filter: RowFilter) {
  let query = sql
    .selectFrom('evaluation_rows')
    .innerJoin('dataset_rows', (join) =>
      join
        .onRef('dataset_rows.row_id', '=', 'evaluation_rows.row_id')
        .on('dataset_rows.dataset_id', '=', run.datasetId)
        .on('since', '<=', run.datasetVersion)
        .on((is) => is.or([is('until', 'is', null), is('until', '>', run.datasetVersion)])),
    )
    .where('evaluation_rows.run_id', '=', run.id);
  if (filter.verdict !== undefined) query = query.where('verdict', '=', filter.verdict);
  if (filter.rowIds !== undefined) query = query.where('evaluation_rows.row_id', 'in', [...filter.rowIds]);
  if (filter.status !== undefined) query = query.where(hasStatus(run, filter.status));
  return query;
}

/** A cell that is not there is queued. */
function hasStatus(run: Run, status: Cell['status']): Expression<SqlBool> {
  const cells = raw`select from evaluation_cells as cell where cell.run_id = ${run.id} and cell.row_id = evaluation_rows.row_id`;
  const named = raw<SqlBool>`exists (${cells} and cell.status = ${status})`;
  if (status !== 'queued') return named;
  return raw<SqlBool>`(${named} or (select count(*) from evaluation_cells as cell where cell.run_id = ${run.id}
    and cell.row_id = evaluation_rows.row_id) < ${run.columns.length})`;
}

/** What failed or could not be found out first, and within that the lowest score. */
function orderOf(sort: RowSort): Expression<unknown> {
  const rank = raw`case verdict when 'error' then 0 when 'fail' then 1 when 'skipped' then 2 when 'warn' then 3 when 'pass' then 4 else 5 end`;
  switch (sort) {
    case 'position':
      return raw`evaluation_rows.position`;
    case 'worst':
      return raw`${rank} * 10 + coalesce(score, 0)`;
    case 'best':
      return raw`-(${rank} * 10 + coalesce(score, 0))`;
  }
}
