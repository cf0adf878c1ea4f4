import { type Access, needs, requireCaller } from '../access/index.ts';
import { PictorError } from '../foundation/index.ts';
import type { HttpServer } from '../http/index.ts';
import type { Requests } from './open-requests.ts';
import type { RequestsPage } from './queries.ts';
import { readPage, toRequestId } from './read-page.ts';
import { toRequestList, toSummary } from './to-summary.ts';

/** The list of requests that the web app shows, newest first, scoped to the caller's project. */
export function addRequestRoutes(server: HttpServer, access: Access, requests: Requests): void {
  server.get<{ Querystring: Record<string, unknown> }>(
    '/api/requests',
    needs('read'),
    async (request, reply) => {
      const { projectId } = await requireCaller(access, request);
      const key = readKey(request.query.idempotency_key);
      const page =
        key === undefined
          ? await requests.list(projectId, readPage(request.query))
          : await listByKey(requests, projectId, key);
      return reply.header('cache-control', 'no-store').send(toRequestList(page));
    },
  );

  server.get<{ Params: { id: string } }>('/api/requests/:id', needs('read'), async (request, reply) => {
    const caller = await requireCaller(access, request);
    const found = await requests.findCall(caller.projectId, toRequestId(request.params.id));
    if (found === null) {
      throw new PictorError({
        code: 'not_found',
        message: 'There is no request with this id in your project.',
        param: 'id',
      });
    }
    return reply.header('cache-control', 'no-store').send(toSummary(found));
  });
}

/** The request that came first with an idempotency key, as a list of one or none: its caller may not know its id yet. */
async function listByKey(requests: Requests, projectId: string, key: string): Promise<RequestsPage> {
  const first = await requests.findFirst(projectId, key);
  const found = first === null ? null : await requests.find(projectId, first.requestId);
  return { data: found === null ? [] : [found], hasMore: false };
}

function readKey(text: unknown): string | undefined {
  if (text === undefined) return undefined;
  if (typeof text === 'string' && text !== '' && text.length <= 255) return text;
  throw new PictorError({
    code: 'invalid_value',
    message: 'The idempotency key must be one text of 1 to 255 characters.',
    param: 'idempotency_key',
  });
}
