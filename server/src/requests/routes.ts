import { type Access, requireCaller } from '../access/index.ts';
import { PictorError } from '../foundation/index.ts';
import type { HttpServer } from '../http/index.ts';
import type { Requests } from './open-requests.ts';
import { toSummary } from './to-summary.ts';

const defaultLimit = 50;
const maxLimit = 200;

/** The list of requests that the web app shows, newest first, scoped to the caller's project. */
export function addRequestRoutes(server: HttpServer, access: Access, requests: Requests): void {
  server.get<{ Querystring: Record<string, unknown> }>('/api/requests', async (request, reply) => {
    const caller = await requireCaller(access, request);
    const after = readAfter(request.query.after);
    const page = await requests.list(caller.projectId, {
      limit: readLimit(request.query.limit),
      ...(after === undefined ? {} : { after }),
    });
    const data = page.data.map(toSummary);
    return reply.header('cache-control', 'no-store').send({
      object: 'list',
      data,
      has_more: page.hasMore,
      first_id: data.at(0)?.id ?? null,
      last_id: data.at(-1)?.id ?? null,
    });
  });

  server.get<{ Params: { id: string } }>('/api/requests/:id', async (request, reply) => {
    const caller = await requireCaller(access, request);
    const found = await requests.find(caller.projectId, request.params.id);
    if (found === null)
      throw new PictorError({
        code: 'not_found',
        message: 'There is no request with this id in your project.',
        param: 'id',
      });
    return reply.header('cache-control', 'no-store').send(toSummary(found));
  });
}

function readLimit(text: unknown): number {
  if (text === undefined) return defaultLimit;
  const limit = typeof text === 'string' && /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (limit >= 1 && limit <= maxLimit) return limit;
  throw new PictorError({
    code: 'invalid_value',
    message: `limit must be a whole number from 1 to ${maxLimit}.`,
    param: 'limit',
  });
}

function readAfter(text: unknown): string | undefined {
  if (text === undefined || text === '') return undefined;
  if (typeof text === 'string' && /^req_[0-9a-f]{32}$/.test(text)) return text;
  throw new PictorError({
    code: 'invalid_value',
    message: 'after must be the id of a request: the last_id of the page before.',
    param: 'after',
  });
}
