import type { HttpReply, HttpRequest } from '../http/index.ts';
import type { JobKind } from '../models/index.ts';
import type { ImageStore, LinkSigner } from '../storage/index.ts';
import type { Answer } from './answer.ts';
import type { JobRun, JobUpdate, Outcome } from './job-run.ts';
import { readExtensions } from './read-headers.ts';
import type { StoredImage } from './stored-image.ts';
import { toBody } from './to-body.ts';
import { passedOn, type Upstream } from './upstream.ts';
import { writeEvents } from './write-events.ts';
import { type AnswerOptions, type WrittenAnswer, writeArriving, writeJson } from './write-json.ts';

export type AnswerParts = {
  readonly store: ImageStore;
  readonly links: LinkSigner;
  /** Address under which people reach this server; absent: from the request. */
  readonly publicUrl: string | undefined;
};

/** OpenAI's links to images live for an hour. */
const linkMs = 60 * 60_000;

/** Sends how a job ended, in OpenAI's JSON. Throws its error when it failed. */
export function sendOutcome(
  parts: AnswerParts,
  request: HttpRequest,
  reply: HttpReply,
  outcome: Outcome,
  twin = false,
): HttpReply {
  passOn(outcome.upstream, reply);
  if (outcome.status === 'failed') {
    const engine = outcome.error.facts.pictor?.engine;
    if (typeof engine === 'string') reply.header('x-pictor-engine', engine);
    throw outcome.error;
  }
  const { byteCount, body } = renderOutcome(parts, request, outcome.answer, twin);
  return reply
    .header('x-pictor-engine', outcome.answer.engine)
    .header('content-type', 'application/json; charset=utf-8')
    .header('content-length', String(byteCount))
    .send(body);
}

/** Sends an answer while its first picture arrives. A job that fails now can only break the connection off. */
export function sendArriving(
  parts: AnswerParts,
  request: HttpRequest,
  reply: HttpReply,
  arriving: Extract<JobUpdate, { type: 'arriving' }>,
  run: JobRun,
  twin: boolean,
): HttpReply {
  passOn(arriving.upstream, reply);
  const body = writeArriving(run, arriving.image, parts.store, toOptions(parts, request, twin));
  return reply
    .header('x-pictor-engine', arriving.engine)
    .header('content-type', 'application/json; charset=utf-8')
    .send(toBody(body, reply.raw));
}

/** An answer's JSON as this request wants it: with or without extensions, links under the address it came by. */
export function renderOutcome(
  parts: AnswerParts,
  request: HttpRequest,
  answer: Answer,
  twin: boolean,
): WrittenAnswer {
  return writeJson(answer, parts.store, toOptions(parts, request, twin));
}

function toOptions(parts: AnswerParts, request: HttpRequest, twin: boolean): AnswerOptions {
  const base = parts.publicUrl ?? `${request.protocol}://${request.headers.host}`;
  return {
    extensions: readExtensions(request.headers),
    twin,
    linkTo: (image) => signedLink(parts.links, base, image),
  };
}

/** Sends a job as server-sent events, from behind the event that the caller has already; a fresh job from the first. */
export function sendEvents(
  parts: AnswerParts,
  request: HttpRequest,
  reply: HttpReply,
  run: JobRun,
  form: { readonly kind: JobKind; readonly twin: boolean; readonly fresh: boolean },
): HttpReply {
  const last = form.fresh ? 0 : Number(request.headers['last-event-id'] ?? 0);
  const events = writeEvents(run, form.kind, parts.store, {
    extensions: readExtensions(request.headers),
    twin: form.twin,
    after: Number.isSafeInteger(last) ? last : 0,
  });
  return reply
    .header('content-type', 'text/event-stream; charset=utf-8')
    .header('cache-control', 'no-cache, no-transform')
    .header('x-accel-buffering', 'no')
    .send(toBody(events, reply.raw));
}

function passOn(upstream: Upstream, reply: HttpReply): void {
  if (upstream.requestId !== null) reply.header('x-upstream-request-id', upstream.requestId);
  for (const [name, value] of Object.entries(passedOn(upstream))) {
    reply.header(`x-upstream-${name.slice(2)}`, value);
  }
}

function signedLink(links: LinkSigner, base: string, image: StoredImage): string {
  const query = links.sign({ imageId: image.id, expiresAt: new Date(Date.now() + linkMs) });
  return `${base}/images/${image.id}?${query}`;
}
