import { needs } from '../access/index.ts';
import type { HttpReply, HttpRequest, HttpServer } from '../http/index.ts';
import type { JobKind } from '../models/index.ts';
import { type BeginParts, beginJob, type ReadAsked } from './begin-job.ts';
import { deliver } from './deliver.ts';
import { addEstimateRoute } from './estimate-routes.ts';
import { fingerprintOf } from './fingerprint.ts';
import { readAsked } from './read-asked.ts';
import { readExtensions, readKeepAlive, readTwins } from './read-headers.ts';
import { readReplay } from './read-replay.ts';
import { replay } from './replay.ts';
import { addSavedRoutes } from './saved-routes.ts';
import type { AnswerParts } from './send-answer.ts';
import { watchDelivery } from './watch-delivery.ts';

export type ImagesParts = BeginParts & AnswerParts;

type ById = { Params: { id: string } };

/** `/v1/images` is the short address of generations that some of OpenAI's own examples use. */
const routes: readonly { readonly path: string; readonly kind: JobKind }[] = [
  { path: '/v1/images/generations', kind: 'generate' },
  { path: '/v1/images', kind: 'generate' },
  { path: '/v1/images/edits', kind: 'edit' },
  { path: '/v1/images/variations', kind: 'vary' },
];

/** The Images API: begin the job, and render it in the form that was asked for. */
export function addImageRoutes(server: HttpServer, parts: ImagesParts): void {
  for (const { path, kind } of routes) {
    server.post(
      path,
      needs('generate'),
      async (request, reply) =>
        await answer(parts, request, reply, (reading) => readAsked(reading, request, kind)),
    );
  }
  server.post<ById>('/api/requests/:id/replay', needs('generate'), async (request, reply) => {
    return await answer(parts, request, reply, (reading) =>
      readReplay({ ...parts, ...reading }, request, request.params.id),
    );
  });
  addEstimateRoute(server, parts);
  addSavedRoutes(server, parts);
}

async function answer(
  parts: ImagesParts,
  request: HttpRequest,
  reply: HttpReply,
  read: ReadAsked,
): Promise<HttpReply> {
  checkHeaders(request.headers);
  const { planned, result, twin } = await beginJob(parts, request, read, () => reply.raw.destroyed);
  const { asked } = planned;
  const form = { kind: asked.kind, twin, fresh: !twin, stream: planned.fitted.stream };
  if (!('updates' in result)) return await replay(parts, request, reply, { asked, first: result, form });
  if (twin) reply.header('x-request-id', result.requestId);
  const attached = parts.twins.attach(asked.caller, fingerprintOf(asked), result);
  watchDelivery(reply.raw, {
    delivered: () => {
      attached.delivered();
      parts.requests.delivered(result.requestId);
    },
    left: attached.left,
  });
  reply.header('x-pictor-engine', planned.route.engine);
  return await deliver(parts, request, reply, result, form);
}

/** Read before anything is started: a wrong header must not cost a picture. */
function checkHeaders(headers: HttpRequest['headers']): void {
  readExtensions(headers);
  readKeepAlive(headers);
  readTwins(headers);
}
