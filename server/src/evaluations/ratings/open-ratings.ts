import { askDatabase, type Batch, type Database } from '../../database/index.ts';
import { PictorError } from '../../foundation/index.ts';
import type { Cell } from '../runs/cell.ts';
import { countCells, listCells, listColumnCells, type RunCell } from '../runs/cell-queries.ts';
import type { Runner } from '../runs/open-runner.ts';
import { listRowScores, type ScoredRow } from '../runs/row-queries.ts';
import type { Run } from '../runs/run.ts';
import { finish } from '../runs/run-all.ts';
import { loadRun, requeueRun } from '../runs/run-queries.ts';
import { planScore, scoreRow } from '../scores/score-row.ts';
import { type HumanColumn, optionsFor, type RatingOption, rangeOf, withRatings } from './rate-cell.ts';
import type { Rating } from './rating.ts';
import { listRatings, upsertRating } from './rating-queries.ts';

export type RatingTask = {
  readonly rowId: string;
  readonly column: HumanColumn;
  readonly options: readonly RatingOption[];
};

export type RatingWish = {
  readonly row: string;
  readonly column: string;
  readonly value: boolean | number | string;
  readonly rater: string;
  readonly note: string | null;
};

/** What people say. */
export type Ratings = {
  /** What a rater has left, in the order of the rows; `column` is an id or a name. */
  readonly tasks: (
    run: Run,
    wanted: { readonly rater: string; readonly column: string | undefined; readonly limit: number },
  ) => Promise<{ readonly tasks: readonly RatingTask[]; readonly left: number; readonly total: number }>;
  /** Throws `not_found` and `invalid_value`. */
  readonly rate: (run: Run, wish: RatingWish) => Promise<Rating>;
  readonly list: (run: Run) => Promise<readonly Rating[]>;
};

export function openRatings(parts: {
  readonly database: Pick<Database, 'sql'>;
  readonly cells: Batch<RunCell>;
  readonly rowScores: Batch<ScoredRow>;
  readonly runner: Pick<Runner, 'wake'>;
}): Ratings {
  const { sql } = parts.database;
  return {
    list: (run) => askDatabase(listRatings(sql, run.id)),
    tasks: async (run, { column: wanted, limit, rater }) => {
      const columns = humansOf(run, wanted);
      const ids = columns.map(({ id }) => id);
      const cells = await askDatabase(listColumnCells(sql, run.id, ids));
      const ratings = await askDatabase(listRatings(sql, run.id));
      const rated = new Set(
        ratings
          .filter((rating) => rating.rater === rater && ids.includes(rating.columnId))
          .map(({ columnId, rowId }) => `${rowId} ${columnId}`),
      );
      const positions = new Map(
        (await askDatabase(listRowScores(sql, run.id))).map(({ id, position }) => [id, position]),
      );
      const open = cells
        .filter((cell) => cell.status === 'waiting' && cell.inputHash !== null)
        .filter((cell) => !rated.has(`${cell.rowId} ${cell.columnId}`))
        .toSorted((left, right) => (positions.get(left.rowId) ?? 0) - (positions.get(right.rowId) ?? 0));
      const tasks = open.slice(0, limit).flatMap((cell) => {
        const column = columns.find(({ id }) => id === cell.columnId);
        return column === undefined
          ? []
          : { rowId: cell.rowId, column, options: optionsFor(column, cell, rater) };
      });
      return { tasks, left: open.length, total: open.length + rated.size };
    },
    rate: async (run, wish) => {
      const [column] = humansOf(run, wish.column);
      const cells = await askDatabase(listCells(sql, run.id, [wish.row]));
      const cell = column === undefined ? undefined : cells.get(wish.row)?.get(column.id);
      if (column === undefined || cell === undefined || cell.inputHash === null || !isRateable(cell)) {
        throw notRateable();
      }
      const rating: Rating = {
        rowId: wish.row,
        columnId: column.id,
        rater: wish.rater,
        value: readValue(column, cell, wish),
        note: wish.note,
        createdAt: new Date(),
      };
      await askDatabase(upsertRating(sql, run.id, rating));
      const ratings = await askDatabase(listRatings(sql, run.id, { rowId: wish.row, columnId: column.id }));
      const rated = withRatings(column, cell, ratings);
      if (rated !== cell) await settle(parts, run, rated, cells.get(wish.row) ?? new Map());
      return rating;
    },
  };
}

function isRateable(cell: Cell): boolean {
  return cell.status === 'waiting' || cell.status === 'done';
}

/** Writes the cell, and what follows from it: the row's score, columns that waited for it, the end of the run. */
async function settle(
  parts: Parameters<typeof openRatings>[0],
  run: Run,
  rated: Cell,
  cells: ReadonlyMap<string, Cell>,
): Promise<void> {
  const { sql } = parts.database;
  const plan = planScore(run.columns, run.scorecard);
  const after = new Map([...cells, [rated.columnId, rated]]);
  await parts.cells.add({ ...rated, runId: run.id });
  await parts.rowScores.add({ runId: run.id, rowId: rated.rowId, score: scoreRow(plan, after) });
  const waits = [...after.values()].some((cell) => cell.status === 'waiting' && cell.inputHash === null);
  const now = (await askDatabase(loadRun(sql, run.id)))?.status;
  if (waits || now === 'queued' || now === 'running') {
    // A run that goes on may have passed this row already, and looks again.
    parts.runner.wake(run.id);
    await askDatabase(requeueRun(sql, run.id));
    return;
  }
  const { byStatus } = await askDatabase(countCells(sql, run.id));
  if (byStatus.waiting === 0 || now === 'completed') await finish(parts, run, plan);
}

/** Throws `not_found` where the run has no such human column. */
function humansOf(run: Run, wanted: string | undefined): readonly HumanColumn[] {
  const humans = run.columns.filter((column): column is HumanColumn => column.type === 'human');
  if (wanted === undefined) return humans;
  const found = humans.filter(({ id, name }) => id === wanted || name === wanted);
  if (found.length > 0) return found;
  throw new PictorError({
    code: 'not_found',
    message: 'The run has no column of this name that people answer.',
    param: 'column',
  });
}

/** What a rater names by its place is kept by its name. */
function readValue(column: HumanColumn, cell: Cell, { rater, value }: RatingWish): Rating['value'] {
  switch (column.config.rating) {
    case 'thumbs':
      if (typeof value === 'boolean') return value;
      throw wrongValue('true or false');
    case 'score': {
      const { max, min } = rangeOf(column);
      if (typeof value === 'number' && value >= min && value <= max) return value;
      throw wrongValue(`a number from ${min} to ${max}`);
    }
    case 'preference': {
      if (value === 'tie') return 'tie';
      const option = optionsFor(column, cell, rater).find(({ id }) => id === value);
      if (option !== undefined) return option.source;
      throw wrongValue('the id of an option, or tie');
    }
  }
}

function wrongValue(wanted: string): PictorError {
  return new PictorError({
    code: 'invalid_value',
    message: `The value of this rating must be ${wanted}.`,
    param: 'value',
  });
}

function notRateable(): PictorError {
  return new PictorError({
    code: 'not_found',
    message: 'The run has no cell there that people are asked about.',
    param: 'row',
  });
}
