import { type Access, type Caller, needs, requireCaller } from '../access/index.ts';
import { PictorError, withinMs } from '../foundation/index.ts';
import type { HttpReply, HttpRequest, HttpServer } from '../http/index.ts';
import type { JobKind } from '../models/index.ts';
import { type Requests, readPage, toRequestId, toRequestList } from '../requests/index.ts';
import { runningBody } from './deliver.ts';
import type { Runs } from './open-runs.ts';
import { readPreference } from './read-headers.ts';
import { savedRun } from './saved-run.ts';
import { type AnswerParts, sendEvents, sendOutcome } from './send-answer.ts';

type SavedRequest = HttpRequest<{ Params: { id: string } }>;

/** An engine that does not stop in this time is left to end by itself. */
const cancelWaitMs = 5_000;

export type SavedParts = AnswerParts & {
  readonly access: Access;
  readonly requests: Requests;
  readonly runs: Runs;
};

const editsRoute = '/v1/images/edits';

const routes: readonly { readonly path: string; readonly kind: JobKind }[] = [
  { path: '/v1/images/generations', kind: 'generate' },
  { path: editsRoute, kind: 'edit' },
  { path: '/v1/images/variations', kind: 'vary' },
];

/** Every answer can be had again: by the request's id, in the shape it had, as JSON or as events. */
export function addSavedRoutes(server: HttpServer, parts: SavedParts): void {
  for (const { path, kind } of routes) {
    server.get<{ Querystring: Record<string, unknown> }>(path, needs('read'), async (request) => {
      const caller = await requireCaller(parts.access, request);
      return toRequestList(await parts.requests.list(caller.projectId, { ...readPage(request.query), kind }));
    });
    server.get<{ Params: { id: string } }>(
      `${path}/:id`,
      // Whoever asks for a picture without waiting for it must be able to fetch it.
      needs('read', 'generate'),
      async (request, reply) => await sendSaved(parts, request, reply, kind),
    );
    server.post<{ Params: { id: string } }>(
      `${path}/:id/cancel`,
      needs('generate'),
      async (request) => await cancel(parts, request, kind),
    );
  }
}

async function sendSaved(
  parts: SavedParts,
  request: SavedRequest,
  reply: HttpReply,
  kind: JobKind,
): Promise<HttpReply> {
  const caller = await requireCaller(parts.access, request);
  const id = toRequestId(request.params.id);
  const row = await findHere(parts, caller, id, kind);
  reply.header('cache-control', 'no-store');
  const run = parts.runs.find(caller.projectId, id) ?? savedRun(row);
  if (run === null) return sendRunning(reply, id);
  if (request.headers.accept?.includes('text/event-stream'))
    return sendEvents(parts, request, reply, run, { kind: row.kind, twin: false, fresh: false });
  const outcome =
    row.status === 'running'
      ? await withinMs(run.done, readPreference(request.headers).waitMs)
      : await run.done;
  return outcome === null ? sendRunning(reply, id) : sendOutcome(parts, request, reply, outcome);
}

/** 202 and when to ask again: the picture is still being made. */
function sendRunning(reply: HttpReply, requestId: string): HttpReply {
  return reply.code(202).header('retry-after', '2').send(runningBody(requestId));
}

async function cancel(
  parts: SavedParts,
  request: SavedRequest,
  kind: JobKind,
): Promise<Record<string, unknown>> {
  const caller = await requireCaller(parts.access, request);
  const id = toRequestId(request.params.id);
  const run = parts.runs.find(caller.projectId, id);
  const row = await findHere(parts, caller, id, kind);
  if (run === null || row.status !== 'running') throw finished(row.status);
  run.cancel();
  await withinMs(run.done, cancelWaitMs);
  const after = await parts.requests.find(caller.projectId, id);
  return { ...runningBody(id), status: after?.status ?? 'running' };
}

/** An edit that came by the address of generations, as gateways' clients send it, is found there as well. */
async function findHere(parts: SavedParts, caller: Caller, id: string, kind: JobKind) {
  const row = await parts.requests.find(caller.projectId, id);
  if (row === null) throw notFound(kind);
  const cameAsGeneration = kind === 'generate' && row.kind === 'edit' && row.route !== editsRoute;
  if (row.kind === kind || cameAsGeneration) return row;
  throw notFound(kind);
}

function finished(status: string): PictorError {
  return new PictorError({
    code: 'request_finished',
    message: `This request has ended already (${status}): there is nothing to cancel.`,
    param: 'id',
  });
}

function notFound(kind: JobKind): PictorError {
  const names = { generate: 'generation', edit: 'edit', vary: 'variation' } as const;
  return new PictorError({
    code: 'not_found',
    message: `There is no ${names[kind]} with this id in your project.`,
    param: 'id',
  });
}
