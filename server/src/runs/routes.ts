import { Readable } from 'node:stream';
import { type RunBody, runBody } from '@pictor/api';
import { type Access, type Caller, needs, requireCaller } from '../access/index.ts';
import {
  type Dispatch,
  type DispatchedAnswer,
  type HttpReply,
  type HttpRequest,
  type HttpServer,
  passHeaders,
  readParameters,
} from '../http/index.ts';
import type { LogEntry, Logs, ToldFacts } from '../logs/index.ts';
import { type Prompts, readName } from '../prompts/index.ts';
import type { LinkSigner } from '../storage/index.ts';
import { streamRun } from './stream-run.ts';
import { type RunCall, toCall } from './to-call.ts';

type RunRequest = HttpRequest<{ Params: { prompt: string }; Body: unknown }>;

export type RunParts = {
  readonly access: Access;
  readonly prompts: Prompts;
  readonly logs: Logs;
  readonly links: LinkSigner;
  readonly dispatch: Dispatch;
  /** Address under which people reach this server; absent: from the request. */
  readonly publicUrl: string | undefined;
};

/** A run that goes on: what its row is told. */
type Run = {
  readonly caller: Caller;
  readonly facts: ToldFacts;
  readonly linkTo: (imageId: string) => string;
};

const linkMs = 60 * 60_000;

/** More than these a request cannot have. */
const maxHeaderTags = 20;

/** Runs of saved prompts: rendered, called, stored, and answered in one form for all providers. */
export function addRunRoutes(server: HttpServer, parts: RunParts): void {
  server.post<{ Params: { prompt: string }; Body: unknown }>(
    '/api/prompts/:prompt/run',
    needs('generate'),
    async (request, reply) => await run(parts, request, reply),
  );
}

async function run(parts: RunParts, request: RunRequest, reply: HttpReply): Promise<HttpReply> {
  const caller = await requireCaller(parts.access, request);
  const asked = readParameters(runBody, request.body ?? {});
  const chosen = await parts.prompts.choose(caller.projectId, readName(request.params.prompt), asked);
  const call = toCall(chosen, asked);
  const answer = await parts.dispatch({
    ...call,
    headers: { ...passHeaders(request.headers), ...toTagsHeader(asked) },
  });
  const begun: Run = {
    caller,
    facts: toFacts(asked),
    linkTo: (imageId) => toLink(parts, request, imageId),
  };
  if (answer.status >= 400 || asked.stream !== true)
    return await sendWhole(parts, reply, begun, call, answer);
  return reply
    .header('content-type', 'text/event-stream; charset=utf-8')
    .header('cache-control', 'no-cache, no-transform')
    .header('x-accel-buffering', 'no')
    .send(Readable.from(streamEvents(parts, begun, call, answer), { objectMode: false }));
}

/** A refusal is passed on as it is: it has a row where it came so far. */
async function sendWhole(
  parts: RunParts,
  reply: HttpReply,
  begun: Run,
  call: RunCall,
  answer: DispatchedAnswer,
): Promise<HttpReply> {
  const pieces: Uint8Array[] = [];
  for await (const piece of answer.chunks) pieces.push(piece);
  const raw = JSON.parse(Buffer.concat(pieces).toString('utf8')) as Record<string, unknown>;
  const entry = await note(parts, begun, ownId(call, answer, raw));
  for (const name of ['retry-after', 'x-should-retry', 'idempotent-replayed']) {
    const value = answer.headers[name];
    if (typeof value === 'string') reply.header(name, value);
  }
  if (answer.status >= 400) return reply.code(answer.status).send(raw);
  return reply.code(answer.status).send({ ...(await toAnswer(parts, begun, entry)), raw_response: raw });
}

async function* streamEvents(
  parts: RunParts,
  begun: Run,
  call: RunCall,
  answer: DispatchedAnswer,
): AsyncGenerator<Uint8Array> {
  let entry: LogEntry | null = null;
  yield* streamRun(answer.chunks, {
    onEvent: async (event) => {
      // At the first event the row is there, and who leaves before the last has told what it was for.
      entry ??= await note(parts, begun, ownId(call, answer, event));
    },
    end: async () => ({ ...(await toAnswer(parts, begun, entry)), raw_response: null }),
  });
}

async function toAnswer(parts: RunParts, begun: Run, entry: LogEntry | null) {
  return {
    object: 'prompt.run',
    request_id: entry?.number ?? null,
    request: entry?.requestId ?? entry?.responseId ?? null,
    prompt_blueprint: entry === null ? null : await parts.logs.blueprint(entry, begun.linkTo),
  };
}

async function note(parts: RunParts, { caller, facts }: Run, id: string | null): Promise<LogEntry | null> {
  return id === null ? null : await parts.logs.note(caller.projectId, id, facts);
}

/** The row of the call: the Images API names it in a header, the Responses API in what it says. */
function ownId(
  { path }: RunCall,
  { headers }: DispatchedAnswer,
  told: Readonly<Record<string, unknown>>,
): string | null {
  if (path === '/v1/images/generations') return text(headers['x-request-id']);
  const response = asRecord(told.response);
  return text(response.id) ?? text(asRecord(told.pictor).response) ?? text(told.id);
}

/** So that spend can be sorted by them as well. A tag that no header can hold stands in the log alone. */
function toTagsHeader({ tags = [] }: RunBody): Record<string, string> {
  const held = tags.filter(
    (tag) => /^[\x21-\x7e][\x20-\x7e]*$/.test(tag) && !tag.includes(',') && tag.length <= 60,
  );
  return held.length === 0 ? {} : { 'x-pictor-tags': held.slice(0, maxHeaderTags).join(',') };
}

function toFacts(asked: RunBody): ToldFacts {
  return {
    source: 'run',
    metadata: asked.metadata,
    tags: asked.tags,
    group: asked.group,
  };
}

function toLink(parts: RunParts, request: RunRequest, imageId: string): string {
  const base = parts.publicUrl ?? `${request.protocol}://${request.headers.host}`;
  return `${base}/images/${imageId}?${parts.links.sign({ imageId, expiresAt: new Date(Date.now() + linkMs) })}`;
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
