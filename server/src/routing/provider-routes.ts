import { type Access, needs, requireCaller } from '../access/index.ts';
import type { HttpServer } from '../http/index.ts';
import type { CheckedCell } from './check-providers.ts';
import type { Routing } from './open-routing.ts';
import type { HealthView } from './target-health.ts';
import type { CellView } from './view-cells.ts';

/**
 * The upstreams and how they are, for operators: what failed last may have been any project's. Sentences of errors
 * hold no secrets; settings are not shown.
 */
export function addProviderRoutes(server: HttpServer, access: Access, routing: Routing): void {
  server.get('/api/providers', needs('root'), async (request, reply) => {
    await requireCaller(access, request);
    const cells = routing.cells();
    const missing = routing.providers.filter(({ id }) => !cells.some((cell) => cell.provider === id));
    return reply.header('cache-control', 'no-store').send({
      object: 'list',
      data: cells.map(toProvider),
      not_configured: missing.map(({ id, title, variables }) => ({
        provider: id,
        title,
        variables: variables.map(({ name, purpose }) => ({ name, purpose })),
      })),
    });
  });

  server.post('/api/providers/check', needs('root'), async (request) => {
    await requireCaller(access, request);
    return { object: 'list', data: (await routing.check()).map(toChecked) };
  });
}

function toProvider({ name, provider, title, external, models }: CellView) {
  const resting = models.filter(({ status }) => status === 'resting');
  const failing = models.some(({ status }) => status !== 'ready');
  const isDown = models.length > 0 && resting.length === models.length;
  return {
    object: 'provider',
    name,
    provider,
    title,
    external,
    status: isDown ? 'resting' : failing ? 'failing' : 'ready',
    models: models.map(toModelHealth),
  };
}

function toModelHealth({ id, status, restUntil, failuresInARow, lastError }: CellView['models'][number]) {
  return {
    id,
    status,
    rest_until: toSeconds(restUntil),
    failures_in_a_row: failuresInARow,
    last_error: toLastError(lastError),
  };
}

function toLastError(error: HealthView['lastError']) {
  return error === null ? null : { kind: error.kind, message: error.message, at: toSeconds(error.at) };
}

function toSeconds(date: Date | null): number | null {
  return date === null ? null : Math.floor(date.getTime() / 1000);
}

function toChecked({ name, provider, findings }: CheckedCell) {
  const fails = findings.some(({ status }) => status === 'fails');
  return { object: 'provider.check', name, provider, status: fails ? 'fails' : 'works', findings };
}
