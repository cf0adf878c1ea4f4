import { createHash } from 'node:crypto';
import type { RunColumn } from './run.ts';

/** Equal for cells that do the same with the same inputs, whatever their column is called. */
export function hashCell(column: RunColumn, inputs: unknown): string {
  const text = JSON.stringify([column.type, sorted(column.config), sorted(inputs)]);
  return createHash('sha256').update(text).digest('hex');
}

/** Members in the order of their names: on the way through the database that order may change. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value ?? null;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    entries
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
}

/** One for every attempt of a cell at the same inputs, so that a crash does not pay twice and another attempt may. */
export function idempotencyKeyOf(cell: {
  readonly runId: string;
  readonly rowId: string;
  readonly columnId: string;
  readonly attempt: number;
  readonly inputHash: string;
}): string {
  const name = [cell.runId, cell.rowId, cell.columnId, cell.attempt, cell.inputHash].join('/');
  return `evaluation-${createHash('sha256').update(name).digest('hex')}`;
}
