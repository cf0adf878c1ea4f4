import { askDatabase, type Batch, type Database } from '../../database/index.ts';
import type { Log } from '../../foundation/index.ts';
import type { ColumnParts } from '../columns/column-parts.ts';
import { planScore, type ScorePlan, scoreRow } from '../scores/score-row.ts';
import { scoreRun } from '../scores/score-run.ts';
import { countCells, listCells, type RunCell } from './cell-queries.ts';
import type { Activity } from './open-activity.ts';
import { openCap } from './open-cap.ts';
import { performCell } from './perform-cell.ts';
import {
  listFields,
  listOpenRows,
  listRowScores,
  listRunRows,
  type RunRow,
  type ScoredRow,
} from './row-queries.ts';
import type { Run } from './run.ts';
import { loadRun, updateRun } from './run-queries.ts';
import { type RowParts, runRow } from './run-row.ts';

export type RunAllParts = {
  readonly database: Pick<Database, 'sql'>;
  readonly columns: ColumnParts;
  readonly cells: Batch<RunCell>;
  readonly rowScores: Batch<ScoredRow>;
  /** Makes a run ready that only says what is wanted: versions of prompts, and rows. */
  readonly prepare: (run: Run) => Promise<Run>;
  readonly log: Log;
};

export type RunControl = {
  readonly activity: Activity;
  /** Aborted when nothing more is to begin, because the run was cancelled. */
  readonly cancelled: AbortSignal;
  /** True: something changed since it began, so that it is not over yet. */
  readonly isWoken: () => boolean;
  /** Aborted when the server stops. */
  readonly stopping: AbortSignal;
};

const rowsAtOnce = 100;

/** Does everything that is left of a run, and says at the end how it went. Nothing happens to a run that is over. */
export async function runAll(parts: RunAllParts, runId: string, control: RunControl): Promise<void> {
  const { sql } = parts.database;
  const found = await askDatabase(loadRun(sql, runId));
  if (found === null || (found.status !== 'queued' && found.status !== 'running')) return;
  const prepared = found.isPrepared ? found : await parts.prepare(found);
  const run = await askDatabase(
    updateRun(
      sql,
      runId,
      {
        status: 'running',
        reason: null,
        finishedAt: null,
        ...(found.startedAt === null ? { startedAt: new Date() } : {}),
      },
      ['queued', 'running'],
    ),
  );
  if (run === null) return;
  const plan = planScore(run.columns, run.scorecard);
  await runRows(parts, prepared.isPrepared ? run : prepared, plan, control);
  if (control.stopping.aborted || control.isWoken()) return;
  await finish(parts, run, plan);
}

async function runRows(parts: RunAllParts, run: Run, plan: ScorePlan, control: RunControl): Promise<void> {
  const { sql } = parts.database;
  const fields = await askDatabase(listFields(sql, run));
  const { costNanoUsd } = await askDatabase(countCells(sql, run.id));
  const cap = openCap(run.costCapNanoUsd, costNanoUsd);
  const performParts = { ...parts, cap, isCapped: run.costCapNanoUsd !== null };
  const rowParts: RowParts = {
    perform: (column, prepared, context) => performCell(performParts, column, prepared, context),
    isStopped: () => control.cancelled.aborted || control.stopping.aborted,
    signal: control.stopping,
    begin: control.activity.begin,
  };
  const doRow = async (row: RunRow, cells: ReadonlyMap<string, RunCell>): Promise<void> => {
    const writes: Promise<void>[] = [];
    const work = { run, rowId: row.id, values: row.values, fields, cells };
    const after = await runRow(work, rowParts, (cell) => {
      writes.push(parts.cells.add({ ...cell, runId: run.id }));
    });
    await Promise.all(writes);
    if (after.size === 0) return;
    await parts.rowScores.add({ runId: run.id, rowId: row.id, score: scoreRow(plan, after) });
  };
  const open = await askDatabase(listOpenRows(sql, run));
  await eachAtOnce(loadRows(parts, run, open), run.concurrency, rowParts.isStopped, doRow);
}

/** Rows with their cells, page by page as they are needed. */
async function* loadRows(
  { database: { sql } }: RunAllParts,
  run: Run,
  ids: readonly string[],
): AsyncGenerator<readonly [RunRow, ReadonlyMap<string, RunCell>]> {
  for (let at = 0; at < ids.length; at += rowsAtOnce) {
    const some = ids.slice(at, at + rowsAtOnce);
    const rows = await askDatabase(
      listRunRows(sql, run, { rowIds: some }, { limit: rowsAtOnce, offset: 0, sort: 'position' }),
    );
    const cells = await askDatabase(listCells(sql, run.id, some));
    for (const row of rows) {
      const own = [...(cells.get(row.id) ?? [])];
      yield [row, new Map(own.map(([id, cell]) => [id, { ...cell, runId: run.id }]))];
    }
  }
}

/** So many at a time, each taken when there is room. The first failure ends it, once what runs has ended. */
async function eachAtOnce<A, B>(
  items: AsyncGenerator<readonly [A, B]>,
  atOnce: number,
  isStopped: () => boolean,
  work: (first: A, second: B) => Promise<void>,
): Promise<void> {
  let failure: { readonly error: unknown } | null = null;
  const worker = async (): Promise<void> => {
    while (failure === null && !isStopped()) {
      const next = await items.next();
      if (next.done === true) return;
      await work(...next.value);
    }
  };
  const guarded = () =>
    worker().catch((error: unknown) => {
      failure ??= { error };
    });
  await Promise.all(Array.from({ length: atOnce }, guarded));
  const failed = failure as { readonly error: unknown } | null;
  if (failed !== null) throw failed.error;
}

/** Writes the end of a run: its numbers, and whether people are still to answer. */
export async function finish(
  { database: { sql } }: Pick<RunAllParts, 'database'>,
  run: Run,
  plan: ScorePlan,
): Promise<void> {
  const { byStatus } = await askDatabase(countCells(sql, run.id));
  const summary = scoreRun(plan, await askDatabase(listRowScores(sql, run.id)));
  const status = byStatus.waiting > 0 ? 'waiting' : 'completed';
  const ended = await askDatabase(
    updateRun(sql, run.id, { status, summary, finishedAt: new Date() }, ['running', 'waiting']),
  );
  // A run that was cancelled has its numbers too.
  if (ended === null) await askDatabase(updateRun(sql, run.id, { summary }, ['cancelled']));
}
