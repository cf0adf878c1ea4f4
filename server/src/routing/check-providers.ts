import type { Config } from '../config/index.ts';
import { SettingsError } from '../foundation/index.ts';
import type { Finding, Provider } from '../models/index.ts';
import { partOf } from './locate-problem.ts';
import { type Cell, type CellParts, closeCells, openCells } from './open-cells.ts';

/** Longest that one upstream may take to be looked at. */
const checkMs = 20_000;

/** What a look at one upstream found. */
export type CheckedCell = {
  readonly name: string;
  /** Title of its provider. */
  readonly provider: string;
  readonly findings: readonly Finding[];
};

/** Looks at every upstream, side by side, without making a picture. */
export async function checkCells(cells: readonly Cell[]): Promise<readonly CheckedCell[]> {
  return await Promise.all(
    cells.map(async ({ provider, open }) => ({
      name: open.name,
      provider: provider.title,
      findings: await open.check(AbortSignal.timeout(checkMs)),
    })),
  );
}

/**
 * Opens and looks at every configured upstream while no server runs. One whose settings are wrong is told beside the
 * others instead of ending it all.
 */
export async function checkProviders(parts: CellParts, config: Config): Promise<readonly CheckedCell[]> {
  const checked = await Promise.all(
    parts.providers.map((provider) => checkProvider(parts, provider, config)),
  );
  return checked.flat();
}

async function checkProvider(
  parts: CellParts,
  provider: Provider,
  config: Config,
): Promise<readonly CheckedCell[]> {
  let cells: readonly Cell[];
  try {
    cells = await openCells({ ...parts, providers: [provider] }, config);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const finding = { part: partOf(error.message), status: 'fails', message: error.message } as const;
    return [{ name: provider.id, provider: provider.title, findings: [finding] }];
  }
  try {
    return await checkCells(cells);
  } finally {
    await closeCells(cells);
  }
}
