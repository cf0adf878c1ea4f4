import type { Caller } from '../../access/index.ts';
import type { DatasetRow } from '../../datasets/index.ts';
import { CellError, MissingInput } from '../cell-error.ts';
import type { ColumnParts } from '../columns/column-parts.ts';
import { runnerOf } from '../columns/list-runners.ts';
import { openReader, type Scope, type ScopeEntry } from '../references/open-reader.ts';
import type { RunPlan } from '../runs/open-runs.ts';
import type { RunColumn } from '../runs/run.ts';
import { type CellEstimate, estimateCell } from './estimate-cell.ts';

export type ColumnEstimate = {
  readonly column: RunColumn;
  readonly paidCells: number;
  /** Nano-USD of all its cells; null: nobody can tell. */
  readonly bounds: CellEstimate | null;
  readonly note: string | null;
};

/**
 * What the columns of a run would cost, from some of its rows. Rows differ in words and pictures, so the bounds are those
 * of the cheapest and the dearest of them, for every row.
 */
export async function estimateRun(
  parts: Pick<ColumnParts, 'calls' | 'pictures'>,
  caller: Caller,
  plan: RunPlan,
  rows: { readonly samples: readonly DatasetRow[]; readonly count: number },
): Promise<readonly ColumnEstimate[]> {
  const estimates: ColumnEstimate[] = [];
  for (const column of plan.columns) {
    if (!runnerOf(column.type).isPaid) {
      estimates.push({ column, paidCells: 0, bounds: { low: 0, high: 0 }, note: null });
      continue;
    }
    const bounds = await estimateColumn(parts, caller, column, toScopes(plan, rows.samples));
    estimates.push({
      column,
      paidCells: rows.count,
      bounds: bounds === null ? null : { low: bounds.low * rows.count, high: bounds.high * rows.count },
      note: bounds === null ? noteFor(column) : null,
    });
  }
  return estimates;
}

/** What columns give is not known beforehand. */
function toScopes(plan: RunPlan, samples: readonly DatasetRow[]): readonly Scope[] {
  return samples.map(({ values }) => {
    const scope = new Map<string, ScopeEntry>();
    for (const { name } of plan.columns) scope.set(name, { status: 'failed' });
    for (const { name } of plan.fields) scope.set(name, { status: 'known', value: values[name] ?? null });
    return scope;
  });
}

async function estimateColumn(
  parts: Pick<ColumnParts, 'calls' | 'pictures'>,
  caller: Caller,
  column: RunColumn,
  scopes: readonly Scope[],
): Promise<CellEstimate | null> {
  const context = {
    projectId: caller.projectId,
    keyId: caller.keyId,
    signal: AbortSignal.timeout(60_000),
    runId: '',
    rowId: '',
  };
  const found: CellEstimate[] = [];
  for (const scope of scopes) {
    const inputs = readInputs(column, scope);
    const estimate = inputs === null ? null : await estimateCell(parts, column, inputs.read, context);
    if (estimate === null) return null;
    found.push(estimate);
  }
  if (found.length === 0) return null;
  return {
    low: Math.min(...found.map(({ low }) => low)),
    high: Math.max(...found.map(({ high }) => high)),
  };
}

function readInputs(column: RunColumn, scope: Scope): { readonly read: unknown } | null {
  try {
    return { read: runnerOf(column.type).prepare(column, openReader(scope)).inputs };
  } catch (error) {
    if (error instanceof CellError || error instanceof MissingInput) return null;
    throw error;
  }
}

function noteFor(column: RunColumn): string {
  if (column.type !== 'prompt_template') return 'What a judge costs is known when it has answered.';
  return 'It is a conversation, reads what other columns make, or its model has no price.';
}
