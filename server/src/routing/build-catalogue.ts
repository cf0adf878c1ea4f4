import { type Catalogue, openCatalogue } from '../catalogue/index.ts';
import { type Config, type ConfigProblem, toModelRow } from '../config/index.ts';
import { SettingsError } from '../foundation/index.ts';
import type { ModelRow, Provider } from '../models/index.ts';
import type { Cell } from './open-cells.ts';

/** Built-in rows, those of providers and upstreams, and those of pictor.yaml, which come last and count. */
export function buildCatalogue(
  providers: readonly Provider[],
  cells: readonly Cell[],
  config: Config,
): Catalogue {
  const models = [
    ...providers.flatMap((provider) => provider.models),
    ...cells.flatMap(({ open }) => open.models),
  ];
  const prices = [
    ...providers.flatMap((provider) => provider.prices),
    ...cells.flatMap(({ open }) => open.prices),
  ];
  const prefixes = [
    ...providers.flatMap((provider) => provider.prefixes),
    ...cells.map(({ open }) => open.name),
  ];
  const known = openCatalogue(models, [], prefixes);
  const own = joinOwnModels(config, known);
  const catalogue = openCatalogue([...models, ...own], prices, prefixes, config.prices);
  const unpriced = config.prices.flatMap((price, index): ConfigProblem[] =>
    catalogue.rows.some(({ id }) => id === price.model)
      ? []
      : [{ path: ['prices', index, 'model'], message: `there is no model '${price.model}'` }],
  );
  if (unpriced.length > 0) throw config.refuse(unpriced);
  checkAliases(cells, catalogue);
  return catalogue;
}

/** A row may begin with any row above it. */
function joinOwnModels(config: Config, known: Catalogue): readonly ModelRow[] {
  const rows = new Map(known.rows.map((row) => [row.id, row]));
  const problems: ConfigProblem[] = [];
  const own = config.models.map((model, index) => {
    const like = model.like === undefined ? undefined : rows.get(model.like);
    if (model.like !== undefined && like === undefined) {
      problems.push({ path: ['models', index, 'like'], message: `there is no model '${model.like}'` });
    }
    const row = toModelRow(model, like);
    rows.set(row.id, row);
    return row;
  });
  if (problems.length > 0) throw config.refuse(problems);
  return own;
}

function checkAliases(cells: readonly Cell[], catalogue: Catalogue): void {
  for (const { open } of cells) {
    for (const [alias, id] of Object.entries(open.aliases)) {
      if (catalogue.rows.some((row) => row.id === id)) continue;
      throw new SettingsError(
        `The upstream "${open.name}" calls a model "${alias}" that would be '${id}', and there is no such model.`,
      );
    }
  }
}
