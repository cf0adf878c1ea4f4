import { type RequestChange, requestChange } from '@pictor/api';
import { type Access, needs, requireCaller } from '../access/index.ts';
import { PictorError } from '../foundation/index.ts';
import { type HttpServer, toParameterError } from '../http/index.ts';
import { type Requests, toRequestId, toSummary } from '../requests/index.ts';
import type { Logs } from './open-logs.ts';

type LogRouteParts = {
  readonly access: Access;
  readonly logs: Pick<Logs, 'changeNotes' | 'newGroup'>;
  readonly requests: Pick<Requests, 'findCall'>;
};

/** What people note of requests: tags, metadata, scores, groups. */
export function addLogRoutes(server: HttpServer, { access, logs, requests }: LogRouteParts): void {
  server.patch<{ Params: { id: string }; Body: unknown }>(
    '/api/requests/:id',
    needs('manage'),
    async (request) => {
      const { projectId } = await requireCaller(access, request);
      const id = toRequestId(request.params.id);
      const change = readChange(request.body ?? {});
      const isThere = await logs.changeNotes(projectId, id, change);
      const found = isThere ? await requests.findCall(projectId, id) : null;
      if (found !== null) return toSummary(found);
      throw new PictorError({
        code: 'not_found',
        message: 'There is no request with this id in your project.',
        param: 'id',
      });
    },
  );

  server.post('/api/request-groups', needs('manage'), async (request, reply) => {
    const { projectId } = await requireCaller(access, request);
    reply.code(201);
    return { object: 'request.group', id: await logs.newGroup(projectId) };
  });
}

/** A null takes something away here, so it is no absence. */
function readChange(body: unknown): RequestChange {
  const read = requestChange.safeParse(body);
  if (read.success) return read.data;
  throw toParameterError(read.error.issues[0], '');
}
