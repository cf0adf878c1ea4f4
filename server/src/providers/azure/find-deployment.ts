import type { ModelRow } from '../../models/index.ts';
import type { Deployment, Resource } from './resource.ts';

type Listed = Pick<Resource, 'deployments'>;

/** Generally available at Azure; taken where nobody says what a deployment is. */
const usualModel = 'gpt-image-2';

function draws({ model }: Deployment): boolean {
  return model === null || /^(gpt-image|dall-e)/.test(model);
}

/**
 * The deployment that draws for a model: the one that was said to be it, else one of which nothing was said, else, where
 * none are listed that could draw, the one that is named like the model. Null: there is none.
 */
export function findDeployment({ deployments }: Listed, row: ModelRow): Deployment | null {
  const said = deployments.find(({ model }) => model === row.id);
  if (said !== undefined) return said;
  // DALL·E is retired at Azure; only who deploys it still knows of it.
  if (row.family !== 'gpt-image') return null;
  if (!deployments.some(draws)) return { name: row.id, model: row.id, streaming: null };
  return deployments.find(({ model }) => model === null) ?? null;
}

/** The deployment that leads conversations as a text model. Null: there is none. */
export function findLeader({ deployments }: Listed, row: ModelRow): Deployment | null {
  if (deployments.length === 0) return { name: row.id, model: row.id, streaming: null };
  return deployments.find(({ model }) => model === row.id) ?? null;
}

/** The image deployment that draws in conversations where none is asked for. */
export function findPainter({ deployments }: Listed): { readonly name: string; readonly model: string } {
  const listed = deployments.find(draws);
  return { name: listed?.name ?? usualModel, model: listed?.model ?? usualModel };
}

/** Deployments whose names are names for their models. */
export function toAliases({ deployments }: Listed): Readonly<Record<string, string>> {
  const named = deployments.map(({ name, model }) => [name, model ?? usualModel] as const);
  return Object.fromEntries(named.filter(([name, model]) => name !== model));
}
