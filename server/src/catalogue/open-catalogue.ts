import { SettingsError } from '../foundation/index.ts';
import type { ModelRow, PriceRow } from '../models/index.ts';
import { builtInPrices, builtInRows } from './built-in-rows.ts';
import { findPrice } from './find-price.ts';
import { lifecycleWarnings } from './tell-lifecycle.ts';

/** A name that the catalogue knows. */
export type FoundModel = {
  readonly row: ModelRow;
  /** The name as it was asked for, prefix included. */
  readonly asked: string;
  /** The prefix that stood in front, where there was one: `azure` in `azure/gpt-image-2`. */
  readonly provider?: string;
  /** True when the name is another name of the row, not its id. A prefix alone makes no alias. */
  readonly viaAlias: boolean;
};

/** Models and prices as data. Read-only, and the same for the life of the process. */
export type Catalogue = {
  readonly rows: readonly ModelRow[];
  readonly prices: readonly PriceRow[];
  /** Case-sensitive. Null: no row has this name, with or without a registered prefix. */
  readonly find: (name: string) => FoundModel | null;
  /** Sentences about the end of a model, with date and replacement; empty while there is nothing to tell. */
  readonly lifecycleWarnings: (row: ModelRow, today: Date) => string[];
  /**
   * The price on a day; null: none is known. One of the operator's counts before all others, and a provider's own row
   * before one for every provider (`*`).
   */
  readonly priceOf: (row: ModelRow, provider: string, when: Date) => PriceRow | null;
};

/**
 * Joins the built-in rows with those that providers and the operator bring.
 *
 * A brought row replaces a built-in one of the same id; of two prices for the same model, provider and day, the
 * one brought last counts. `prefixes` are the words that may stand before a model's name, as in
 * `openai/gpt-image-2`. `ownPrices` are the operator's, which count before all others. Throws a SettingsError when one
 * name would mean two models.
 */
export function openCatalogue(
  extraModels: readonly ModelRow[],
  extraPrices: readonly PriceRow[],
  prefixes: readonly string[] = [],
  ownPrices: readonly PriceRow[] = [],
): Catalogue {
  const byId = new Map([...builtInRows, ...extraModels].map((row) => [row.id, row]));
  const rows = [...byId.values()];
  const shippedPrices = [...builtInPrices, ...extraPrices];
  const prices = [...shippedPrices, ...ownPrices];
  const byAlias = indexAliases(rows, byId);
  const registered = new Set(prefixes);

  function findPlain(name: string): { row: ModelRow; viaAlias: boolean } | null {
    const row = byId.get(name);
    if (row) return { row, viaAlias: false };
    const aliased = byAlias.get(name);
    return aliased ? { row: aliased, viaAlias: true } : null;
  }

  function find(name: string): FoundModel | null {
    const plain = findPlain(name);
    if (plain) return { ...plain, asked: name };
    const slash = name.indexOf('/');
    const provider = name.slice(0, Math.max(slash, 0));
    if (!registered.has(provider)) return null;
    const behind = findPlain(name.slice(slash + 1));
    return behind && { ...behind, asked: name, provider };
  }

  return {
    rows,
    prices,
    find,
    lifecycleWarnings,
    priceOf: (row, provider, when) =>
      findPrice(ownPrices, row.id, provider, when) ?? findPrice(shippedPrices, row.id, provider, when),
  };
}

function indexAliases(rows: readonly ModelRow[], byId: ReadonlyMap<string, ModelRow>): Map<string, ModelRow> {
  const byAlias = new Map<string, ModelRow>();
  for (const row of rows) {
    for (const alias of row.aliases) {
      const other = byId.get(alias) ?? byAlias.get(alias);
      if (other) {
        throw new SettingsError(
          `The model name "${alias}" of ${row.id} is taken by ${other.id}. Give one of them another alias.`,
        );
      }
      byAlias.set(alias, row);
    }
  }
  return byAlias;
}
