import type { DatasetField } from '@pictor/api';
import { CellError, MissingInput } from '../cell-error.ts';
import type { CellContext, CellResult } from '../columns/column-runner.ts';
import { type Prepared, runnerOf } from '../columns/list-runners.ts';
import { openReader, type Scope, type ScopeEntry } from '../references/open-reader.ts';
import type { Cell } from './cell.ts';
import { hashCell, idempotencyKeyOf } from './hash-cell.ts';
import type { Run, RunColumn } from './run.ts';

/** A row, what is known of its cells, and what the row may read. */
export type RowWork = {
  readonly run: Pick<Run, 'id' | 'projectId' | 'keyId' | 'columns'>;
  readonly rowId: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly fields: readonly DatasetField[];
  readonly cells: ReadonlyMap<string, Cell>;
};

export type RowParts = {
  /** Does what a column prepared. Null: it must not begin, for the reason given by an error. */
  readonly perform: (
    column: RunColumn,
    prepared: Prepared,
    context: CellContext,
  ) => Promise<CellResult | 'waiting'>;
  /** True: nothing more is to begin. */
  readonly isStopped: () => boolean;
  readonly signal: AbortSignal;
  /** A cell begins; the function given is called when it ended, however. */
  readonly begin: (rowId: string, columnId: string) => () => void;
};

/**
 * Does a row from left to right, and gives its cells as they then are. What was done with the same inputs before is kept.
 * Where the run is stopped, what was not begun is not among them.
 */
export async function runRow(
  work: RowWork,
  parts: RowParts,
  onCell: (cell: Cell) => void,
): Promise<ReadonlyMap<string, Cell>> {
  const scope = openScope(work);
  const cells = new Map<string, Cell>();
  for (const column of work.run.columns) {
    const before = work.cells.get(column.id) ?? null;
    const cell = await runCell(work, column, before, scope, parts);
    if (cell === null) return cells;
    if (cell !== before) onCell(cell);
    cells.set(column.id, cell);
    scope.set(column.name, toEntry(cell));
  }
  return cells;
}

/** The columns whose cells of a row are out of date, beginning with the first on the left. */
export function findStale(work: RowWork): readonly string[] {
  const scope = openScope(work);
  const stale: string[] = [];
  for (const column of work.run.columns) {
    const cell = work.cells.get(column.id);
    if (cell !== undefined && cell.status !== 'queued') {
      const planned = plan(column, scope);
      if ('hash' in planned && cell.inputHash !== null && planned.hash !== cell.inputHash)
        stale.push(column.id);
    }
    scope.set(column.name, cell === undefined ? { status: 'failed' } : toEntry(cell));
  }
  return stale;
}

function openScope({ fields, values }: RowWork): Map<string, ScopeEntry> {
  return new Map(fields.map(({ name }) => [name, { status: 'known', value: values[name] ?? null }]));
}

function toEntry(cell: Cell): ScopeEntry {
  if (cell.status === 'done') return { status: 'known', value: cell.value };
  return { status: cell.status === 'waiting' ? 'waiting' : 'failed' };
}

type Planned =
  | { readonly prepared: Prepared; readonly hash: string }
  | { readonly problem: CellError | MissingInput };

function plan(column: RunColumn, scope: Scope): Planned {
  try {
    const prepared = runnerOf(column.type).prepare(column, openReader(scope));
    return { prepared, hash: hashCell(column, prepared.inputs) };
  } catch (error) {
    if (error instanceof CellError || error instanceof MissingInput) return { problem: error };
    throw error;
  }
}

/** The cell as it is afterwards; the one before, where nothing was to do. Null: it did not begin. */
async function runCell(
  work: RowWork,
  column: RunColumn,
  before: Cell | null,
  scope: Scope,
  parts: RowParts,
): Promise<Cell | null> {
  const planned = plan(column, scope);
  if ('problem' in planned) return withProblem(work, column, before, planned.problem);
  const { hash, prepared } = planned;
  if (before !== null && before.inputHash === hash && before.status !== 'queued' && !isBlocked(before)) {
    return before;
  }
  if (parts.isStopped()) return null;
  const attempt = attemptOf(before, hash);
  const context: CellContext = {
    projectId: work.run.projectId,
    keyId: work.run.keyId,
    runId: work.run.id,
    rowId: work.rowId,
    columnId: column.id,
    idempotencyKey: idempotencyKeyOf({
      runId: work.run.id,
      rowId: work.rowId,
      columnId: column.id,
      attempt,
      inputHash: hash,
    }),
    signal: parts.signal,
  };
  const end = parts.begin(work.rowId, column.id);
  const startedMs = performance.now();
  const facts = { ...empty(work, column, before), attempt, inputHash: hash };
  try {
    const result = await parts.perform(column, prepared, context);
    // People are shown what the cell is about.
    if (result === 'waiting') return { ...facts, status: 'waiting', evidence: prepared.inputs };
    return { ...facts, ...toDone(result, before), durationMs: Math.round(performance.now() - startedMs) };
  } catch (error) {
    if (parts.signal.aborted) return null;
    return { ...facts, ...toFailed(error, before), durationMs: Math.round(performance.now() - startedMs) };
  } finally {
    end();
  }
}

/** It could not be done for want of an input, which may have come since. */
function isBlocked(cell: Cell): boolean {
  return cell.error?.code === 'input_failed' || (cell.status === 'waiting' && cell.inputHash === null);
}

/** What is asked for again is another attempt, and so is the same cell with other inputs. */
function attemptOf(before: Cell | null, hash: string): number {
  if (before === null) return 1;
  if (before.status === 'queued' || before.inputHash === null || before.inputHash === hash)
    return before.attempt;
  return before.attempt + 1;
}

function withProblem(
  work: RowWork,
  column: RunColumn,
  before: Cell | null,
  problem: CellError | MissingInput,
): Cell {
  const facts = { ...empty(work, column, before), attempt: before?.attempt ?? 1, inputHash: null };
  if (problem instanceof CellError) {
    return keep(before, {
      ...facts,
      status: 'failed',
      error: { code: problem.code, message: problem.message },
    });
  }
  if (problem.why === 'waiting') return keep(before, { ...facts, status: 'waiting' });
  const message = `The column '${problem.column}' has no value.`;
  return keep(before, { ...facts, status: 'skipped', error: { code: 'input_failed', message } });
}

/** Nothing needs to be written where nothing changed. */
function keep(before: Cell | null, after: Cell): Cell {
  const isSame =
    before !== null &&
    before.status === after.status &&
    before.inputHash === after.inputHash &&
    before.error?.code === after.error?.code;
  return isSame ? before : after;
}

function empty(work: RowWork, column: RunColumn, before: Cell | null): Cell {
  return {
    rowId: work.rowId,
    columnId: column.id,
    status: 'queued',
    value: null,
    passed: null,
    score: null,
    evidence: null,
    images: [],
    error: null,
    costNanoUsd: before === null ? 0 : before.costNanoUsd,
    requestId: null,
    durationMs: null,
    attempt: 1,
    inputHash: null,
  };
}

function toDone(result: CellResult, before: Cell | null): Partial<Cell> {
  const passed = result.passed ?? null;
  return {
    status: 'done',
    value: result.value ?? null,
    passed,
    score: result.score ?? scoreOf(passed, result.value),
    evidence: result.evidence ?? null,
    images: result.images ?? [],
    requestId: result.requestId ?? null,
    costNanoUsd: sum(before, result.costNanoUsd === undefined ? 0 : result.costNanoUsd),
  };
}

function scoreOf(passed: boolean | null, value: unknown): number | null {
  if (passed !== null) return passed ? 1 : 0;
  return typeof value === 'number' && value >= 0 && value <= 1 ? value : null;
}

function toFailed(error: unknown, before: Cell | null): Partial<Cell> {
  if (!(error instanceof CellError)) throw error;
  return {
    status: error.code === 'cost_cap' ? 'skipped' : 'failed',
    error: { code: error.code, message: error.message },
    requestId: error.requestId,
    costNanoUsd: sum(before, error.costNanoUsd),
  };
}

/** All attempts of a cell count. */
function sum(before: Cell | null, cost: number | null): number | null {
  const earlier = before === null ? 0 : before.costNanoUsd;
  return earlier === null || cost === null ? null : earlier + cost;
}
