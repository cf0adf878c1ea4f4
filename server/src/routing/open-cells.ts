import { openCatalogue } from '../catalogue/index.ts';
import type { Config } from '../config/index.ts';
import { SettingsError } from '../foundation/index.ts';
import type { Endpoint, ModelRow, OpenProvider, Provider, ProviderEnvironment } from '../models/index.ts';
import { locateProblem } from './locate-problem.ts';

/** An upstream, with the provider it belongs to. */
export type Cell = { readonly provider: Provider; readonly open: OpenProvider };

export type CellParts = {
  readonly providers: readonly Provider[];
  readonly environment: Omit<ProviderEnvironment, 'settings' | 'isKnownModel'>;
};

/** Opens every configured upstream, in the order in which they are asked. Throws a SettingsError; then none is open. */
export async function openCells(parts: CellParts, config: Config): Promise<readonly Cell[]> {
  const cells: Cell[] = [];
  const known = new Set(config.models.map(({ id }) => id));
  const builtIn = openCatalogue(
    parts.providers.flatMap((provider) => provider.models),
    [],
  );
  const isKnownModel = (id: string): boolean => known.has(id) || builtIn.rows.some((row) => row.id === id);
  try {
    for (const provider of parts.providers) {
      const settings = config.providers[provider.id];
      const environment = { ...parts.environment, settings, isKnownModel };
      const opened = await provider.open(environment).catch((error: unknown) => {
        throw locateProblem(error, provider, config);
      });
      cells.push(...opened.map((open) => ({ provider, open })));
    }
    checkNames(cells, parts.providers);
    return cells;
  } catch (error) {
    await closeCells(cells);
    throw error;
  }
}

export async function closeCells(cells: readonly Cell[]): Promise<void> {
  await Promise.all(cells.map(({ open }) => open.close()));
}

/** A name in front of a model must pick one thing. */
function checkNames(cells: readonly Cell[], providers: readonly Provider[]): void {
  const seen = new Map<string, Cell>();
  for (const cell of cells) {
    const { name } = cell.open;
    const other = seen.get(name);
    if (other !== undefined) {
      throw new SettingsError(
        `Two upstreams are called "${name}", of ${other.provider.title} and of ${cell.provider.title}. Give one of them another name.`,
      );
    }
    seen.set(name, cell);
    const owner = providers.find(
      (provider) => provider !== cell.provider && [provider.id, ...provider.prefixes].includes(name),
    );
    if (owner !== undefined) {
      throw new SettingsError(
        `An upstream of ${cell.provider.title} is called "${name}", which means ${owner.title}. Give it another name.`,
      );
    }
  }
}

/** Does the word in front of a model mean this upstream? */
export function hasPrefix({ open, provider }: Cell, prefix: string): boolean {
  return open.name === prefix || provider.prefixes.includes(prefix);
}

/** The image model of a row at an upstream; null: it does not serve the row on that route. */
export function modelOf({ open, provider }: Cell, row: ModelRow, endpoint: Endpoint) {
  const isOwn = open.models.some(({ id }) => id === row.id);
  return isOwn || provider.vendors.includes(row.vendor) ? open.imageModel(row, endpoint) : null;
}
