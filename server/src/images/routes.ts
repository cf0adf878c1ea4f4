import type { Catalogue } from '../catalogue/index.ts';
import { PictorError } from '../foundation/index.ts';
import type { HttpReply, HttpRequest, HttpServer } from '../http/index.ts';
import type { JobKind } from '../models/index.ts';
import type { Routing } from '../routing/index.ts';
import { type Delivered, deliver } from './deliver.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { JobRun } from './job-run.ts';
import type { Runs } from './open-runs.ts';
import type { Twins } from './open-twins.ts';
import { type Asked, type PlannedJob, planJob } from './plan-job.ts';
import { type AskedParts, readAsked } from './read-asked.ts';
import { readExtensions, readKeepAlive, readTwins } from './read-headers.ts';
import { replay } from './replay.ts';
import { type JobParts, startJob } from './run-job.ts';
import { addSavedRoutes } from './saved-routes.ts';
import type { AnswerParts } from './send-answer.ts';
import { watchDelivery } from './watch-delivery.ts';

export type ImagesParts = JobParts &
  AskedParts &
  AnswerParts & {
    readonly routing: Routing;
    readonly catalogue: Catalogue;
    readonly runs: Runs;
    readonly twins: Twins;
    readonly defaultModel: string | undefined;
  };

/** `/v1/images` is the short address of generations that some of OpenAI's own examples use. */
const routes: readonly { readonly path: string; readonly kind: JobKind }[] = [
  { path: '/v1/images/generations', kind: 'generate' },
  { path: '/v1/images', kind: 'generate' },
  { path: '/v1/images/edits', kind: 'edit' },
  { path: '/v1/images/variations', kind: 'vary' },
];

/** The Images API: understand, plan, run, and render in the form that was asked for. */
export function addImageRoutes(server: HttpServer, parts: ImagesParts): void {
  for (const { path, kind } of routes) {
    server.post(path, async (request, reply) => await answer(parts, request, reply, kind));
  }
  addSavedRoutes(server, parts);
}

async function answer(
  parts: ImagesParts,
  request: HttpRequest,
  reply: HttpReply,
  kind: JobKind,
): Promise<HttpReply> {
  checkHeaders(request.headers);
  const planned = planJob(parts, await readAsked(parts, request, kind));
  const { asked } = planned;
  const twin = await takeTwin(parts, asked, request);
  const form = formOf(planned, twin !== null);
  if (twin === null) refuseAbsent(reply);
  const run = twin ?? (await startJob(parts, planned));
  if (!('updates' in run)) return await replay(parts, request, reply, { asked, first: run, form });
  if (twin === null) parts.runs.add(asked.caller.projectId, run);
  else reply.header('x-request-id', twin.requestId);
  watchDelivery(reply.raw, {
    delivered: () => parts.requests.delivered(run.requestId),
    left: () => parts.twins.leave(asked.caller, fingerprintOf(asked), run),
  });
  reply.header('x-pictor-engine', planned.route.engine);
  return await deliver(parts, request, reply, run, form);
}

/** Read before anything is started: a wrong header must not cost a picture. */
function checkHeaders(headers: HttpRequest['headers']): void {
  readExtensions(headers);
  readKeepAlive(headers);
  readTwins(headers);
}

function formOf(planned: PlannedJob, twin: boolean): Delivered {
  return { kind: planned.asked.kind, twin, fresh: !twin, stream: planned.fitted.stream };
}

/** A caller with an idempotency key has its own way to find the first request. */
async function takeTwin(parts: ImagesParts, asked: Asked, request: HttpRequest): Promise<JobRun | null> {
  if (asked.idempotencyKey !== null || !readTwins(request.headers)) return null;
  return await parts.twins.take(asked.caller, fingerprintOf(asked));
}

/** Nobody is there any more, and nothing was begun: the caller's retry begins it. */
function refuseAbsent(reply: HttpReply): void {
  if (!reply.raw.destroyed) return;
  throw new PictorError({
    code: 'request_cancelled',
    message: 'The connection was closed before the request was begun. Nothing was sent to an engine.',
  });
}
