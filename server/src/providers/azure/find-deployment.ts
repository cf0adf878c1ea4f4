import type { ModelRow } from '../../models/index.ts';
import type { Deployment, Resource } from './resource.ts';

/**
 * The deployment that serves a model: the one that was said to be it, else one of which nothing was said, else, where
 * none are listed at all, the one that is named like the model. Null: there is none.
 */
export function findDeployment(
  { deployments }: Pick<Resource, 'deployments'>,
  row: ModelRow,
): Deployment | null {
  const said = deployments.find(({ model }) => model === row.id);
  if (said !== undefined) return said;
  // DALL·E is retired at Azure; only who deploys it still knows of it.
  if (row.family !== 'gpt-image') return null;
  if (deployments.length === 0) return { name: row.id, model: row.id, streaming: true };
  return deployments.find(({ model }) => model === null) ?? null;
}

/** Deployments whose names are names for their models. */
export function toAliases({ deployments }: Pick<Resource, 'deployments'>): Readonly<Record<string, string>> {
  const known = deployments.filter(({ name, model }) => model !== null && model !== name);
  return Object.fromEntries(known.flatMap(({ name, model }) => (model === null ? [] : [[name, model]])));
}
