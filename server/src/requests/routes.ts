import { type Access, needs, requireCaller } from '../access/index.ts';
import { PictorError } from '../foundation/index.ts';
import type { HttpServer } from '../http/index.ts';
import type { Requests } from './open-requests.ts';
import { readPage, toRequestId } from './read-page.ts';
import { toRequestList, toSummary } from './to-summary.ts';

/** The list of requests that the web app shows, newest first, scoped to the caller's project. */
export function addRequestRoutes(server: HttpServer, access: Access, requests: Requests): void {
  server.get<{ Querystring: Record<string, unknown> }>(
    '/api/requests',
    needs('read'),
    async (request, reply) => {
      const caller = await requireCaller(access, request);
      const page = await requests.list(caller.projectId, readPage(request.query));
      return reply.header('cache-control', 'no-store').send(toRequestList(page));
    },
  );

  server.get<{ Params: { id: string } }>('/api/requests/:id', needs('read'), async (request, reply) => {
    const caller = await requireCaller(access, request);
    const found = await requests.find(caller.projectId, toRequestId(request.params.id));
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
