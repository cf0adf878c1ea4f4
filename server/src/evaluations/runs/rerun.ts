import { askDatabase, type Database } from '../../database/index.ts';
import { PictorError } from '../../foundation/index.ts';
import type { Evaluation } from '../definitions/evaluation.ts';
import { deleteOtherCells, listCells, queueCells } from './cell-queries.ts';
import type { Runner } from './open-runner.ts';
import { overridesOf, type Runs, stillRuns } from './open-runs.ts';
import { deleteOtherRows, insertRunRows, listFields, listRowScores, listRunRows } from './row-queries.ts';
import type { Run } from './run.ts';
import { updateRun } from './run-queries.ts';
import { findStale } from './run-row.ts';

export type RerunWish = {
  readonly only: 'failed' | 'stale' | 'cells';
  readonly cells?: readonly { readonly row: string; readonly column: string }[] | undefined;
  readonly costCapNanoUsd?: number | undefined;
};

export type RerunParts = {
  readonly database: Pick<Database, 'sql'>;
  readonly runs: Pick<Runs, 'plan'>;
  readonly runner: Pick<Runner, 'wake'>;
};

const rowsAtOnce = 200;

/** Has cells of a run that is over done again. Throws `evaluation_run_active` and `invalid_value`. */
export async function rerun(
  parts: RerunParts,
  run: Run,
  evaluation: Evaluation,
  wish: RerunWish,
): Promise<Run> {
  if (run.status === 'queued' || run.status === 'running') throw stillRuns();
  const ready = wish.only === 'stale' ? await renew(parts, run, evaluation) : run;
  await queue(parts, ready, wish);
  const change = {
    status: 'queued' as const,
    reason: null,
    summary: null,
    finishedAt: null,
    ...(wish.costCapNanoUsd === undefined ? {} : { costCapNanoUsd: wish.costCapNanoUsd }),
  };
  const queued = await askDatabase(
    updateRun(parts.database.sql, run.id, change, ['waiting', 'completed', 'cancelled', 'failed']),
  );
  if (queued === null) throw stillRuns();
  parts.runner.wake(run.id);
  return queued;
}

async function queue({ database: { sql } }: RerunParts, run: Run, wish: RerunWish): Promise<void> {
  if (wish.only === 'failed') {
    await askDatabase(queueCells(sql, run.id, { statuses: ['failed', 'skipped'] }));
    return;
  }
  if (wish.only === 'stale') return await queueStale(sql, run);
  if (wish.cells === undefined) throw invalid('cells names the cells that are to run again.');
  for (const { column, row } of wish.cells) {
    const found = run.columns.find(({ id, name }) => id === column || name === column);
    if (found === undefined) throw invalid(`The run has no column '${column.slice(0, 100)}'.`);
    await askDatabase(queueCells(sql, run.id, { rowId: row, columnIds: [found.id] }));
  }
}

/** The run takes over what the evaluation and its dataset are now. */
async function renew(parts: RerunParts, run: Run, evaluation: Evaluation): Promise<Run> {
  const { columns, datasetVersion } = await parts.runs.plan(evaluation, { overrides: overridesOf(run) });
  return await askDatabase(
    parts.database.sql.transaction().execute(async (transaction) => {
      const renewed = await updateRun(transaction, run.id, {
        columns,
        datasetVersion,
        scorecard: evaluation.scorecard,
        isPrepared: true,
      });
      if (renewed === null) return run;
      await deleteOtherRows(transaction, renewed);
      await deleteOtherCells(
        transaction,
        run.id,
        columns.map(({ id }) => id),
      );
      const rowCount = await insertRunRows(transaction, renewed);
      return (await updateRun(transaction, run.id, { rowCount })) ?? renewed;
    }),
  );
}

/** What follows from a stale cell is found when its row runs. */
async function queueStale(sql: RerunParts['database']['sql'], run: Run): Promise<void> {
  const ids = (await askDatabase(listRowScores(sql, run.id))).map(({ id }) => id);
  const fields = await askDatabase(listFields(sql, run));
  for (let at = 0; at < ids.length; at += rowsAtOnce) {
    const some = ids.slice(at, at + rowsAtOnce);
    const page = { limit: rowsAtOnce, offset: 0, sort: 'position' as const };
    const rows = await askDatabase(listRunRows(sql, run, { rowIds: some }, page));
    const cells = await askDatabase(listCells(sql, run.id, some));
    for (const row of rows) {
      const own = cells.get(row.id) ?? new Map();
      const columnIds = findStale({ run, rowId: row.id, values: row.values, fields, cells: own });
      if (columnIds.length > 0) await askDatabase(queueCells(sql, run.id, { rowId: row.id, columnIds }));
    }
  }
}

function invalid(message: string): PictorError {
  return new PictorError({ code: 'invalid_value', message, param: 'cells' });
}
