import { onTestFinished } from 'vitest';
import type { z } from 'zod';
import type { Endpoint, ImageModel, ModelRow, OpenProvider } from '../../../models/index.ts';
import { provider } from '../provider.ts';
import { engines } from '../settings.ts';

export type EngineText = z.input<typeof engines>[number];

/** The cells of these engines, as pictor.yaml would name them. Closed when the test ends. */
export async function openEngines(...listed: readonly EngineText[]): Promise<readonly OpenProvider[]> {
  const cells = await openCells(listed);
  onTestFinished(async () => {
    await Promise.all(cells.map((cell) => cell.close()));
  });
  return cells;
}

/** The same, to be closed by whoever asked. */
export async function openCells(listed: readonly EngineText[]): Promise<readonly OpenProvider[]> {
  return await provider.open({
    variable: () => undefined,
    dataDir: '/nowhere',
    settings: engines.parse(listed),
  });
}

export type OpenedEngine = {
  readonly cell: OpenProvider;
  readonly row: ModelRow;
  readonly model: (endpoint?: Endpoint) => ImageModel;
};

/** One engine with the row of its first model. */
export async function openEngine(engine: EngineText): Promise<OpenedEngine> {
  const [cell] = await openEngines(engine);
  const row = cell?.models[0];
  if (cell === undefined || row === undefined) throw new Error('The engine has no model.');
  return {
    cell,
    row,
    model: (endpoint = 'images.generations') => {
      const model = cell.imageModel(row, endpoint);
      if (model === null) throw new Error(`${row.id} does not serve ${endpoint}.`);
      return model;
    },
  };
}
