import { onTestFinished } from 'vitest';
import {
  type AzureUpstream,
  azureKey,
  openAzureUpstream,
} from '../../../../tests/upstreams/azure-upstream.ts';
import { builtInRows } from '../../../catalogue/built-in-rows.ts';
import type { ImageModel, ModelRow, OpenProvider } from '../../../models/index.ts';
import { provider } from '../provider.ts';

type Variables = Readonly<Record<string, string>>;

/** A row of the catalogue by its id. */
export function rowOf(id: string): ModelRow {
  const row = builtInRows.find((each) => each.id === id);
  if (row === undefined) throw new Error(`There is no row ${id}.`);
  return row;
}

/** The provider's cells with these variables and these settings of pictor.yaml. */
export async function openCells(variables: Variables, settings?: unknown): Promise<readonly OpenProvider[]> {
  const cells = await provider.open({
    variable: (name) => variables[name],
    dataDir: '/nowhere',
    settings,
  });
  for (const cell of cells) onTestFinished(cell.close);
  return cells;
}

/** A model of the first cell, for pictures from words. */
export function modelOf(cell: OpenProvider | undefined, id = 'gpt-image-2'): ImageModel {
  const model = cell?.imageModel(rowOf(id), 'images.generations') ?? null;
  if (model === null) throw new Error(`The provider does not serve ${id}.`);
  return model;
}

export const deployments = { 'my-img': 'gpt-image-2', 'gpt-image-1.5': 'gpt-image-1.5' };

/**
 * The provider with a key before an upstream of its own. `path` stands behind the upstream's origin in the endpoint:
 * `/openai/v1`, unless another is given.
 */
export async function openSubject(
  path = '/openai/v1',
  variables: Variables = {},
): Promise<{ readonly upstream: AzureUpstream; readonly cell: OpenProvider; readonly model: ImageModel }> {
  const upstream = await openAzureUpstream({ deployments });
  onTestFinished(upstream.close);
  const [cell] = await openCells({
    AZURE_OPENAI_ENDPOINT: `${upstream.origin}${path}`,
    AZURE_OPENAI_API_KEY: azureKey,
    AZURE_OPENAI_DEPLOYMENTS: 'my-img=gpt-image-2,gpt-image-1.5',
    ...variables,
  });
  if (cell === undefined) throw new Error('The provider is not configured.');
  return { upstream, cell, model: modelOf(cell) };
}
