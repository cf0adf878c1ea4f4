import type { ModelRow, PlacedMainline } from '../models/index.ts';
import type { NamedModel } from './find-names.ts';
import { type Cell, hasPrefix } from './open-cells.ts';

/** Who leads conversations, of the models that a name means: the first that an upstream serves. Null: nobody. */
export function findMainline(cells: readonly Cell[], named: readonly NamedModel[]): PlacedMainline | null {
  for (const { row, prefix, cell: only } of named) {
    for (const cell of cells) {
      const isAsked =
        (only === undefined || cell === only) && (prefix === undefined || hasPrefix(cell, prefix));
      const model = isAsked && leads(cell, row) ? (cell.open.mainline?.(row) ?? null) : null;
      if (model !== null) return { row, model, provider: cell.provider.id, engine: cell.open.name };
    }
  }
  return null;
}

function leads({ open, provider }: Cell, row: ModelRow): boolean {
  return provider.vendors.includes(row.vendor) || open.models.some(({ id }) => id === row.id);
}
