import { askDatabase, type Database } from '../../database/index.ts';
import type { Datasets } from '../../datasets/index.ts';
import { PictorError } from '../../foundation/index.ts';
import type { Evaluation } from '../definitions/evaluation.ts';
import type { RunSummary } from '../scores/score.ts';
import { planScore } from '../scores/score-row.ts';
import { scoreRun } from '../scores/score-run.ts';
import type { RowFacts, RunState } from '../to-views.ts';
import { countCells, listCells } from './cell-queries.ts';
import { hashCell } from './hash-cell.ts';
import type { Runner } from './open-runner.ts';
import {
  countRunRows,
  listFields,
  listRowScores,
  listRunRows,
  type RowFilter,
  type RowPage,
  type RunRow,
} from './row-queries.ts';
import type { Run } from './run.ts';
import { findStale } from './run-row.ts';

export type GridRow = { readonly row: RunRow; readonly facts: RowFacts };

/** Runs as people look at them, while they go on and afterwards. */
export type Grid = {
  readonly state: (run: Run, evaluation: Evaluation) => Promise<RunState>;
  readonly rows: (
    run: Run,
    filter: RowFilter,
    page: RowPage,
  ) => Promise<{ readonly rows: readonly GridRow[]; readonly total: number }>;
  /** One row with everything in full. Throws `not_found`. */
  readonly row: (run: Run, rowId: string) => Promise<GridRow>;
};

/** Up to so many rows the numbers of a run that goes on are added up whenever somebody looks. */
const liveRows = 2_000;

export function openGrid(parts: {
  readonly database: Pick<Database, 'sql'>;
  readonly datasets: Pick<Datasets, 'find'>;
  readonly runner: Pick<Runner, 'activity'>;
}): Grid {
  const { sql } = parts.database;
  const read = async (run: Run, filter: RowFilter, page: RowPage, isLight: boolean) => {
    const fields = await askDatabase(listFields(sql, run));
    const rows = await askDatabase(listRunRows(sql, run, filter, page));
    const ids = rows.map(({ id }) => id);
    const cells = await askDatabase(listCells(sql, run.id, ids));
    const activity = parts.runner.activity(run.id);
    return rows.map((row) => {
      const own = cells.get(row.id) ?? new Map();
      const stale = findStale({ run, rowId: row.id, values: row.values, fields, cells: own });
      return { row, facts: { fields, cells: own, stale, activity, isLight } };
    });
  };
  return {
    state: async (run, evaluation) => ({
      counts: await askDatabase(countCells(sql, run.id)),
      summary: run.summary ?? (await readSummary(sql, run)),
      activity: parts.runner.activity(run.id),
      stale: {
        columns: changedColumns(run, evaluation),
        dataset: await hasNewerRows(parts.datasets, run, evaluation),
      },
    }),
    rows: async (run, filter, page) => ({
      rows: await read(run, filter, page, true),
      total: await askDatabase(countRunRows(sql, run, filter)),
    }),
    row: async (run, rowId) => {
      const page = { limit: 1, offset: 0, sort: 'position' as const };
      const [found] = await read(run, { rowIds: [rowId] }, page, false);
      if (found !== undefined) return found;
      throw new PictorError({
        code: 'not_found',
        message: 'The run has no row with this id.',
        param: 'row',
      });
    },
  };
}

async function readSummary(sql: Database['sql'], run: Run): Promise<RunSummary> {
  const rows = run.rowCount <= liveRows ? await askDatabase(listRowScores(sql, run.id)) : [];
  return scoreRun(planScore(run.columns, run.scorecard), rows);
}

/** Names of columns that are defined otherwise now, or were not there. */
function changedColumns(run: Run, evaluation: Evaluation): readonly string[] {
  const before = new Map(run.columns.map((column) => [column.id, column]));
  return evaluation.columns.flatMap((column) => {
    const old = before.get(column.id);
    if (old === undefined) return [column.name];
    if (old.type !== column.type) return [column.name];
    // A run has filled in which version it runs and what its variables read.
    const filled =
      column.type === 'prompt_template' && old.type === 'prompt_template'
        ? {
            ...column,
            config: {
              ...column.config,
              prompt: old.config.prompt,
              version: column.config.version ?? old.config.version,
              variables: column.config.variables ?? old.config.variables,
            },
          }
        : column;
    return hashCell(filled, null) === hashCell(old, null) ? [] : [column.name];
  });
}

async function hasNewerRows(
  datasets: Pick<Datasets, 'find'>,
  run: Run,
  evaluation: Evaluation,
): Promise<boolean> {
  const { latestVersion } = await datasets.find(run.projectId, evaluation.datasetId);
  return run.datasetVersion !== (evaluation.datasetVersion ?? latestVersion);
}
