import { type Access, requireCaller } from '../access/index.ts';
import { PictorError } from '../foundation/index.ts';
import type { HttpReply, HttpRequest, HttpServer } from '../http/index.ts';
import type { JobKind } from '../models/index.ts';
import {
  type ListedRequest,
  type Requests,
  readPage,
  toRequestId,
  toRequestList,
} from '../requests/index.ts';
import type { JobRun } from './job-run.ts';
import type { Runs } from './open-runs.ts';
import { savedRun } from './saved-run.ts';
import { type AnswerParts, sendEvents, sendOutcome } from './send-answer.ts';

export type SavedParts = AnswerParts & {
  readonly access: Access;
  readonly requests: Requests;
  readonly runs: Runs;
};

const routes: readonly { readonly path: string; readonly kind: JobKind }[] = [
  { path: '/v1/images/generations', kind: 'generate' },
  { path: '/v1/images/edits', kind: 'edit' },
  { path: '/v1/images/variations', kind: 'vary' },
];

/** Every answer can be had again: by the request's id, in the shape it had, as JSON or as events. */
export function addSavedRoutes(server: HttpServer, parts: SavedParts): void {
  for (const { path, kind } of routes) {
    server.get<{ Querystring: Record<string, unknown> }>(path, async (request) => {
      const caller = await requireCaller(parts.access, request);
      return toRequestList(await parts.requests.list(caller.projectId, { ...readPage(request.query), kind }));
    });
    server.get<{ Params: { id: string } }>(
      `${path}/:id`,
      async (request, reply) => await sendSaved(parts, request, reply, kind),
    );
  }
}

async function sendSaved(
  parts: SavedParts,
  request: HttpRequest<{ Params: { id: string } }>,
  reply: HttpReply,
  kind: JobKind,
): Promise<HttpReply> {
  const caller = await requireCaller(parts.access, request);
  const id = toRequestId(request.params.id);
  const row = await parts.requests.find(caller.projectId, id);
  if (row === null || row.kind !== kind) throw notFound(kind);
  reply.header('cache-control', 'no-store');
  const run = parts.runs.find(caller.projectId, id) ?? savedRun(row);
  if (run === null) return sendRunning(reply, row);
  if (request.headers.accept?.includes('text/event-stream'))
    return sendEvents(parts, request, reply, run, kind);
  const outcome = row.status === 'running' ? await withinMs(run, readWaitMs(request)) : await run.done;
  return outcome === null ? sendRunning(reply, row) : sendOutcome(parts, request, reply, outcome);
}

/** 202 and when to ask again: the picture is still being made. */
function sendRunning(reply: HttpReply, row: ListedRequest): HttpReply {
  return reply
    .code(202)
    .header('retry-after', '2')
    .send({
      id: row.id,
      object: 'image.request',
      status: 'running',
      created: Math.floor(row.created_at.getTime() / 1000),
      model: row.model,
    });
}

/** `Prefer: wait=N`, in seconds up to ten minutes; 0 where it is not asked. */
function readWaitMs(request: HttpRequest): number {
  const preference = String(request.headers.prefer ?? '');
  const seconds = Number(/(?:^|[,;\s])wait=(\d{1,4})/.exec(preference)?.[1] ?? 0);
  return Math.min(seconds, 600) * 1000;
}

async function withinMs(run: JobRun, waitMs: number) {
  const timer = Promise.withResolvers<null>();
  const handle = setTimeout(() => timer.resolve(null), waitMs);
  const outcome = await Promise.race([run.done, timer.promise]);
  clearTimeout(handle);
  return outcome;
}

function notFound(kind: JobKind): PictorError {
  const names = { generate: 'generation', edit: 'edit', vary: 'variation' } as const;
  return new PictorError({
    code: 'not_found',
    message: `There is no ${names[kind]} with this id in your project.`,
    param: 'id',
  });
}
