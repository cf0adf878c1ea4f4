import { sql as raw } from 'kysely';
import type { Row, Statement } from '../../database/index.ts';
import type { EvaluationsSql } from '../tables.ts';
import type { Cell } from './cell.ts';
import { upsert } from './upsert-queries.ts';

export type RunCell = Cell & { readonly runId: string };

const written = [
  'status',
  'value',
  'passed',
  'score',
  'evidence',
  'images',
  'error_code',
  'error_message',
  'cost_nano_usd',
  'request_id',
  'duration_ms',
  'attempt',
  'input_hash',
  'updated_at',
] as const;

/** Writes cells, over what was there of them. */
export function cellStatements(cells: readonly RunCell[]): readonly Statement[] {
  // A statement may not write the same row twice: the last word counts.
  const last = new Map(cells.map((cell) => [`${cell.runId} ${cell.rowId} ${cell.columnId}`, cell]));
  if (last.size === 0) return [];
  const rows = [...last.values()].map(toRow);
  return [upsert('evaluation_cells', rows, { key: ['run_id', 'row_id', 'column_id'], change: written })];
}

/** Cells of rows, by row and column. */
export async function listCells(
  sql: EvaluationsSql,
  runId: string,
  rowIds: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, Cell>>> {
  const byRow = new Map<string, Map<string, Cell>>(rowIds.map((id) => [id, new Map()]));
  if (rowIds.length === 0) return byRow;
  const rows = await sql
    .selectFrom('evaluation_cells')
    .selectAll()
    .where('run_id', '=', runId)
    .where('row_id', 'in', [...rowIds])
    .execute();
  for (const row of rows) byRow.get(row.row_id)?.set(row.column_id, toCell(row));
  return byRow;
}

/** Every cell of some columns, for numbers over a whole run. */
export async function listColumnCells(
  sql: EvaluationsSql,
  runId: string,
  columnIds: readonly string[],
): Promise<readonly Cell[]> {
  if (columnIds.length === 0) return [];
  const rows = await sql
    .selectFrom('evaluation_cells')
    .selectAll()
    .where('run_id', '=', runId)
    .where('column_id', 'in', [...columnIds])
    .execute();
  return rows.map(toCell);
}

/** Asks for another attempt of cells: those of these statuses, or those that are named. */
export async function queueCells(
  sql: EvaluationsSql,
  runId: string,
  which:
    | { readonly statuses: readonly Cell['status'][] }
    | { readonly rowId: string; readonly columnIds: readonly string[] },
): Promise<number> {
  const update = sql
    .updateTable('evaluation_cells')
    .set((by) => ({
      status: 'queued' as const,
      attempt: by('attempt', '+', 1),
      error_code: null,
      error_message: null,
      updated_at: new Date(),
    }))
    .where('run_id', '=', runId);
  const chosen =
    'statuses' in which
      ? update.where('status', 'in', [...which.statuses])
      : update.where('row_id', '=', which.rowId).where('column_id', 'in', [...which.columnIds]);
  const result = await chosen.executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** Cells of columns that the run does not have any more. */
export async function deleteOtherCells(
  sql: EvaluationsSql,
  runId: string,
  columnIds: readonly string[],
): Promise<void> {
  await sql
    .deleteFrom('evaluation_cells')
    .where('run_id', '=', runId)
    .where('column_id', 'not in', [...columnIds, ''])
    .execute();
}

export type CellCounts = {
  readonly byStatus: Readonly<Record<Cell['status'], number>>;
  readonly costNanoUsd: number;
  readonly unknownCosts: number;
};

export async function countCells(sql: EvaluationsSql, runId: string): Promise<CellCounts> {
  const rows = await sql
    .selectFrom('evaluation_cells')
    .select((is) => [
      'status',
      is.fn.countAll<number>().as('count'),
      is.fn.coalesce(is.fn.sum<number>('cost_nano_usd'), raw<number>`0`).as('cost'),
      raw<number>`count(*) filter (where cost_nano_usd is null)`.as('unknown'),
    ])
    .where('run_id', '=', runId)
    .groupBy('status')
    .execute();
  const byStatus = { queued: 0, done: 0, failed: 0, skipped: 0, waiting: 0 };
  for (const { count, status } of rows) byStatus[status] = Number(count);
  return {
    byStatus,
    costNanoUsd: rows.reduce((sum, { cost }) => sum + Number(cost), 0),
    unknownCosts: rows.reduce((sum, { unknown }) => sum + Number(unknown), 0),
  };
}

function toRow(cell: RunCell) {
  return {
    run_id: cell.runId,
    row_id: cell.rowId,
    column_id: cell.columnId,
    status: cell.status,
    value: cell.value ?? null,
    passed: cell.passed,
    score: cell.score,
    evidence: cell.evidence ?? null,
    images: cell.images,
    error_code: cell.error?.code ?? null,
    error_message: cell.error?.message ?? null,
    cost_nano_usd: cell.costNanoUsd,
    request_id: cell.requestId,
    duration_ms: cell.durationMs,
    attempt: cell.attempt,
    input_hash: cell.inputHash,
    updated_at: new Date(),
  };
}

function toCell(row: Row<'evaluation_cells'>): Cell {
  return {
    rowId: row.row_id,
    columnId: row.column_id,
    status: row.status,
    value: row.value,
    passed: row.passed,
    score: row.score,
    evidence: row.evidence,
    images: row.images,
    error: row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? '' },
    costNanoUsd: row.cost_nano_usd,
    requestId: row.request_id,
    durationMs: row.duration_ms,
    attempt: row.attempt,
    inputHash: row.input_hash,
  };
}
