import { Readable } from 'node:stream';
import { type Access, needs, requireCaller } from '../access/index.ts';
import { PictorError } from '../foundation/index.ts';
import type { HttpReply, HttpRequest, HttpServer } from '../http/index.ts';
import {
  readExtensions,
  readIdempotencyKey,
  readParameterMode,
  readTags,
  readTwins,
  watchDelivery,
} from '../images/index.ts';
import type { Prompts } from '../prompts/index.ts';
import type { ImageStore } from '../storage/index.ts';
import { dressResponse } from './items/dress-response.ts';
import { type BeginParts, beginTurn } from './turn/begin-turn.ts';
import { findTurn } from './turn/find-turn.ts';
import type { TurnRun } from './turn/run-turn.ts';
import { fillCreate } from './wire/fill-create.ts';
import { readInclude } from './wire/read-create.ts';
import { pageOf, type Query, readIncludes } from './wire/read-page.ts';
import { sendTree, toList } from './wire/send-tree.ts';
import { writeEvents } from './wire/write-events.ts';

export type ResponseParts = BeginParts & {
  readonly access: Access;
  readonly store: ImageStore;
  readonly prompts: Pick<Prompts, 'choose' | 'render'>;
};

type ById = { Params: { id: string }; Querystring: Query };

/** OpenAI's Responses API, scoped to the caller's project. The key is checked before a body is read. */
export function addResponseRoutes(server: HttpServer, parts: ResponseParts): void {
  server.post('/v1/responses', needs('generate'), async (request, reply) => {
    const caller = await requireCaller(parts.access, request);
    readExtensions(request.headers);
    const asked = await fillCreate(parts.prompts, caller.projectId, request.body);
    const begun = await beginTurn(parts, asked, {
      caller,
      mode: readParameterMode(request.headers),
      idempotencyKey: readIdempotencyKey(request.headers),
      tags: readTags(request.headers),
      body: request.body,
      takesTwins: readTwins(request.headers) && !asked.background,
    });
    watchDelivery(reply.raw, { delivered: () => undefined, left: begun.leave });
    if (begun.isRepeated) reply.header('idempotent-replayed', 'true');
    if (asked.stream) return sendEvents(parts, request, reply, begun.run, -1);
    if (asked.background) {
      // It has begun meanwhile; whoever asked for the background is told that it waits its turn.
      const { record } = begun.run.snapshot();
      const queued = begun.isRepeated ? record : { ...record, status: 'queued' as const };
      const extensions = readExtensions(request.headers);
      return sendTree(reply, parts.store, dressResponse(queued, [], { extensions }));
    }
    const { failure } = await begun.run.done;
    if (failure !== null) throw withResponse(failure, begun.run.id);
    return sendSnapshot(parts, request, reply, begun.run);
  });

  server.get<ById>('/v1/responses/:id', needs('read'), async (request, reply) => {
    const run = await findOwn(parts, request);
    readInclude(readIncludes(request.query), 'include');
    if (request.query.stream !== 'true') return sendSnapshot(parts, request, reply, run);
    return sendEvents(parts, request, reply, run, readAfter(request.query.starting_after));
  });

  server.delete<ById>('/v1/responses/:id', needs('manage', 'generate'), async (request) => {
    const { projectId } = await requireCaller(parts.access, request);
    const { id } = request.params;
    const running = parts.turns.find(projectId, id);
    running?.cancel();
    // What it still writes must be gone as well.
    await running?.done;
    if (!(await parts.state.remove(projectId, id))) throw notFound();
    parts.turns.remove(id);
    return { id, object: 'response', deleted: true };
  });

  server.post<ById>('/v1/responses/:id/cancel', needs('generate'), async (request, reply) => {
    const run = await findOwn(parts, request);
    if (!run.snapshot().record.background) {
      throw new PictorError({
        code: 'invalid_value',
        message: 'Only a response that was asked for with background: true can be cancelled.',
        param: 'id',
      });
    }
    run.cancel();
    await run.done;
    return sendSnapshot(parts, request, reply, run);
  });

  server.get<ById>('/v1/responses/:id/input_items', needs('read'), async (request, reply) => {
    const { record } = (await findOwn(parts, request)).snapshot();
    const includes = readInclude(readIncludes(request.query), 'include');
    const items = await parts.state.itemsOf(record.projectId, record.id, 'input');
    return sendTree(reply, parts.store, toList(pageOf(items, request.query), includes));
  });
}

async function findOwn(parts: ResponseParts, request: HttpRequest<ById>): Promise<TurnRun> {
  const { projectId } = await requireCaller(parts.access, request);
  const run = await findTurn(parts, projectId, request.params.id);
  if (run === null) throw notFound();
  return run;
}

function sendSnapshot(
  parts: ResponseParts,
  request: HttpRequest<ById>,
  reply: HttpReply,
  run: TurnRun,
): HttpReply;
function sendSnapshot(parts: ResponseParts, request: HttpRequest, reply: HttpReply, run: TurnRun): HttpReply;
function sendSnapshot(
  parts: ResponseParts,
  request: Pick<HttpRequest, 'headers'>,
  reply: HttpReply,
  run: TurnRun,
): HttpReply {
  const { record, output } = run.snapshot();
  const extensions = readExtensions(request.headers);
  return sendTree(reply, parts.store, dressResponse(record, output, { extensions }));
}

function sendEvents(
  parts: ResponseParts,
  request: Pick<HttpRequest, 'headers'>,
  reply: HttpReply,
  run: TurnRun,
  after: number,
): HttpReply {
  const events = writeEvents(run, parts.store, { extensions: readExtensions(request.headers), after });
  return reply
    .header('content-type', 'text/event-stream; charset=utf-8')
    .header('cache-control', 'no-cache, no-transform')
    .header('x-accel-buffering', 'no')
    .send(Readable.from(events, { objectMode: false }));
}

function readAfter(text: unknown): number {
  if (text === undefined) return -1;
  if (typeof text === 'string' && /^\d{1,9}$/.test(text)) return Number(text);
  throw new PictorError({
    code: 'invalid_value',
    message: 'starting_after must be the sequence_number of the last event that you have.',
    param: 'starting_after',
  });
}

/** The error that a waiting caller is told, with the id under which what came of it can be had. */
function withResponse(failure: PictorError, id: string): PictorError {
  return new PictorError({
    ...failure.facts,
    pictor: { ...failure.facts.pictor, response: id },
    cause: failure,
  });
}

function notFound(): PictorError {
  return new PictorError({
    code: 'not_found',
    message:
      'There is no response with this id in your project. It may have been deleted, or was not stored.',
    param: 'id',
  });
}
