import type { Endpoint } from '../models/index.ts';
import { modelOf } from './open-cells.ts';
import type { Table } from './open-table.ts';
import type { HealthView } from './target-health.ts';

const imageEndpoints: readonly Endpoint[] = ['images.generations', 'images.edits', 'images.variations'];

export type CellView = {
  readonly name: string;
  readonly provider: string;
  readonly title: string;
  readonly external: boolean;
  readonly models: readonly (HealthView & { readonly id: string })[];
};

/** Every upstream with its models and how they are. */
export function viewCells(table: Table): readonly CellView[] {
  return table.cells.map((cell) => {
    const { open, provider } = cell;
    const rows = table.catalogue.rows.filter((row) =>
      imageEndpoints.some(
        (endpoint) => row.endpoints.includes(endpoint) && modelOf(cell, row, endpoint) !== null,
      ),
    );
    return {
      name: open.name,
      provider: provider.id,
      title: provider.title,
      external: provider.external,
      models: rows.map(({ id }) => ({ id, ...table.healthOf(open.name, id).view() })),
    };
  });
}
