import type { Catalogue } from '../catalogue/index.ts';
import type { Config } from '../config/index.ts';
import type { Log } from '../foundation/index.ts';
import type { Endpoint, ModelRow, PlacedMainline, Provider } from '../models/index.ts';
import { type CheckedCell, checkCells } from './check-providers.ts';
import { type Engine, openTable, type Table, type TableParts } from './open-table.ts';
import type { Route } from './route.ts';
import { type CellView, viewCells } from './view-cells.ts';

/** A job that was planned a moment ago may not have begun when the configuration changes. */
const graceMs = 30_000;

export type RoutingParts = Omit<TableParts, 'random'> & {
  readonly config: Config;
  readonly log: Log;
  /** Default: Math.random. */
  readonly random?: () => number;
};

export type Routing = {
  /** Throws `model_not_found`, or `invalid_value` where the model exists but does not serve the route. */
  readonly plan: (name: string, endpoint: Endpoint) => Route;
  /** Who would serve a row on a route now; null: nobody. */
  readonly engineOf: (row: ModelRow, endpoint: Endpoint) => Engine | null;
  /** Who leads conversations under a name; null: no upstream does. */
  readonly mainline: (name: string) => PlacedMainline | null;
  /** Models and prices of the configuration in use, found under every name that leads to them. */
  readonly catalogue: Catalogue;
  /** Routes and aliases of the configuration in use. */
  readonly ownNames: () => readonly string[];
  /** True while no external provider is configured and sketch stands in for all models. */
  readonly standIn: boolean;
  readonly cells: () => readonly CellView[];
  /** Looks at every upstream without making a picture. */
  readonly check: () => Promise<readonly CheckedCell[]>;
  readonly providers: readonly Provider[];
  /** Puts another configuration in use. Running jobs end on the upstreams they began with. Throws a SettingsError. */
  readonly apply: (config: Config) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Opens every configured upstream. Throws a SettingsError when one is configured wrongly. */
export async function openRouting(parts: RoutingParts): Promise<Routing> {
  const tableParts = { ...parts, random: parts.random ?? Math.random };
  let table = await openTable(tableParts, parts.config);
  const retired = new Set<Table>();

  function retire(old: Table): void {
    retired.add(old);
    setTimeout(() => {
      old
        .idle()
        .then(() => (retired.delete(old) ? old.close() : undefined))
        .catch((error: unknown) => parts.log.error({ err: error }, 'upstreams could not be closed'));
    }, graceMs).unref();
  }

  return {
    plan: (name, endpoint) => table.plan(name, endpoint),
    mainline: (name) => table.mainline(name),
    engineOf: (row, endpoint) => table.engineOf(row, endpoint),
    catalogue: followCatalogue(() => table),
    ownNames: () => table.ownNames,
    get standIn() {
      return table.standIn;
    },
    cells: () => viewCells(table),
    check: () => checkCells(table.cells),
    providers: parts.providers,
    apply: async (config) => {
      const next = await openTable(tableParts, config);
      const old = table;
      table = next;
      retire(old);
    },
    close: async () => {
      const all = [table, ...retired];
      retired.clear();
      await Promise.all(all.map((each) => each.close()));
    },
  };
}

/** The catalogue of the configuration in use, which also knows the names that are not the catalogue's own. */
function followCatalogue(current: () => Table): Catalogue {
  return {
    get rows() {
      return current().catalogue.rows;
    },
    get prices() {
      return current().catalogue.prices;
    },
    find: (name) => current().find(name),
    lifecycleWarnings: (row, today) => current().catalogue.lifecycleWarnings(row, today),
    priceOf: (row, provider, when) => current().catalogue.priceOf(row, provider, when),
  };
}
