import { type Log, PictorError } from '../../foundation/index.ts';
import { CellError } from '../cell-error.ts';
import type { ColumnParts } from '../columns/column-parts.ts';
import type { CellContext, CellResult } from '../columns/column-runner.ts';
import { type Prepared, runnerOf } from '../columns/list-runners.ts';
import { estimateCell } from '../estimates/estimate-cell.ts';
import type { Cap } from './open-cap.ts';
import type { RunColumn } from './run.ts';

export type PerformParts = {
  readonly columns: ColumnParts;
  readonly cap: Cap;
  /** True: what a cell may cost is asked for before it begins. */
  readonly isCapped: boolean;
  readonly log: Log;
};

/** Does a cell within the cap. Throws a CellError, or what ends the whole run: a database that is away, or the server's stop. */
export async function performCell(
  parts: PerformParts,
  column: RunColumn,
  prepared: Prepared,
  context: CellContext,
): Promise<CellResult | 'waiting'> {
  try {
    if (!runnerOf(column.type).isPaid) return await prepared.run(parts.columns, context);
    return await performPaid(parts, column, prepared, context);
  } catch (error) {
    throw toCellError(error, parts.log, context);
  }
}

async function performPaid(
  parts: PerformParts,
  column: RunColumn,
  prepared: Prepared,
  context: CellContext,
): Promise<CellResult | 'waiting'> {
  const estimate = parts.isCapped
    ? ((await estimateCell(parts.columns, column, prepared.inputs, context))?.high ?? null)
    : null;
  const settle = parts.cap.reserve(column.id, estimate);
  if (settle === null) {
    throw new CellError(
      'cost_cap',
      'The run could cost more than its cap with this cell, so it was not begun.',
    );
  }
  try {
    const result = await prepared.run(parts.columns, context);
    settle(result === 'waiting' || result.costNanoUsd === undefined ? 0 : result.costNanoUsd);
    return result;
  } catch (error) {
    settle(error instanceof CellError ? error.costNanoUsd : 0);
    throw error;
  }
}

function toCellError(error: unknown, log: Log, context: CellContext): unknown {
  if (error instanceof CellError || context.signal.aborted) return error;
  if (error instanceof PictorError) {
    return error.code === 'database_unavailable' ? error : new CellError(error.code, error.message);
  }
  log.error({ err: error, run: context.runId, row: context.rowId }, 'a cell of an evaluation failed');
  return new CellError('internal_error', 'Pictor failed at this cell; its log says more.');
}
