import type { Resource } from './resource.ts';

/** The address of a route: of the resource, or, in the family of deployments, of one of them. */
export function toUrl(resource: Resource, path: string, deployment?: string): string {
  const { address, family, apiVersion } = resource;
  const base =
    family === 'v1'
      ? address.v1Path
      : `/openai${deployment === undefined ? '' : `/deployments/${encodeURIComponent(deployment)}`}`;
  const query = apiVersion === null ? '' : `?api-version=${encodeURIComponent(apiVersion)}`;
  return `${address.root}${base}${path}${query}`;
}
