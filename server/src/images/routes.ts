import type { Catalogue } from '../catalogue/index.ts';
import type { HttpReply, HttpRequest, HttpServer } from '../http/index.ts';
import type { JobKind } from '../models/index.ts';
import type { Routing } from '../routing/index.ts';
import type { Runs } from './open-runs.ts';
import { planJob } from './plan-job.ts';
import { type AskedParts, readAsked } from './read-asked.ts';
import { readExtensions } from './read-headers.ts';
import { type JobParts, startJob } from './run-job.ts';
import { addSavedRoutes } from './saved-routes.ts';
import { type AnswerParts, sendEvents, sendOutcome } from './send-answer.ts';

export type ImagesParts = JobParts &
  AskedParts &
  AnswerParts & {
    readonly routing: Routing;
    readonly catalogue: Catalogue;
    readonly runs: Runs;
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
  // Read before anything is started: a wrong header must not cost a picture.
  readExtensions(request.headers);
  const planned = planJob(parts, await readAsked(parts, request, kind));
  const run = await startJob(parts, planned);
  parts.runs.add(planned.asked.caller.projectId, run);
  reply.header('x-pictor-engine', planned.route.engine);
  if (planned.fitted.stream) return sendEvents(parts, request, reply, run, planned.asked.kind);
  return sendOutcome(parts, request, reply, await run.done);
}
