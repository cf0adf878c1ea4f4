import type { Finding } from '../models/index.ts';
import type { Cell } from './open-cells.ts';

/** Longest that one upstream may take to be looked at. */
const checkMs = 20_000;

/** What a look at one upstream found. */
export type CheckedCell = {
  readonly name: string;
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
