import { Readable } from 'node:stream';
import { createdSecondsOf, withinMs } from '../foundation/index.ts';
import { errorBody, type HttpReply, type HttpRequest } from '../http/index.ts';
import type { JobKind } from '../models/index.ts';
import type { JobRun, JobUpdate } from './job-run.ts';
import { keepAliveMs } from './keep-alive.ts';
import { readExtensions, readKeepAlive, readPreference } from './read-headers.ts';
import { type AnswerParts, renderOutcome, sendArriving, sendEvents, sendOutcome } from './send-answer.ts';

/** Where answers can be had again, by kind. */
const paths = { generate: 'generations', edit: 'edits', vary: 'variations' } as const;

export type Delivered = {
  readonly kind: JobKind;
  readonly stream: boolean;
  /** True when an earlier request of the same caller was taken up. */
  readonly twin: boolean;
  /** True when this request began the job, so that it cannot have seen any of its events. */
  readonly fresh: boolean;
};

/** Renders a running job in the form that its caller asked for: events, an id to poll, kept-alive JSON, or plain JSON. */
export async function deliver(
  parts: AnswerParts,
  request: HttpRequest,
  reply: HttpReply,
  run: JobRun,
  form: Delivered,
): Promise<HttpReply> {
  if (readPreference(request.headers).respondAsync) return sendAccepted(reply, run, form);
  if (form.stream) return sendEvents(parts, request, reply, run, form);
  if (readKeepAlive(request.headers)) return sendKeptAlive(parts, request, reply, run, form.twin);
  const arriving = await findArriving(run);
  if (arriving !== null) return sendArriving(parts, request, reply, arriving, run, form.twin);
  return sendOutcome(parts, request, reply, await run.done, form.twin);
}

/** Waits until a picture arrives that is large enough to be passed on meanwhile. Null: the job ended before. */
async function findArriving(run: JobRun): Promise<Extract<JobUpdate, { type: 'arriving' }> | null> {
  for await (const update of run.updates()) {
    if (update.type === 'arriving' && (await update.image.isLarge)) return update;
  }
  return null;
}

function sendAccepted(reply: HttpReply, run: JobRun, form: Delivered): HttpReply {
  return reply
    .code(202)
    .header('preference-applied', 'respond-async')
    .header('location', `/v1/images/${paths[form.kind]}/${run.requestId}`)
    .header('retry-after', '2')
    .send(runningBody(run.requestId));
}

/** What stands for an answer that is still being made. */
export function runningBody(requestId: string): Record<string, unknown> {
  return { id: requestId, object: 'image.request', status: 'running', created: createdSecondsOf(requestId) };
}

/** JSON behind white space, which every parser skips. The price: the status is 200 before the outcome is known. */
function sendKeptAlive(
  parts: AnswerParts,
  request: HttpRequest,
  reply: HttpReply,
  run: JobRun,
  twin: boolean,
): HttpReply {
  return reply
    .header('content-type', 'application/json; charset=utf-8')
    .header('cache-control', 'no-transform')
    .header('x-accel-buffering', 'no')
    .send(Readable.from(keptAlive(parts, request, run, twin), { objectMode: false }));
}

async function* keptAlive(
  parts: AnswerParts,
  request: HttpRequest,
  run: JobRun,
  twin: boolean,
): AsyncGenerator<Uint8Array> {
  yield Buffer.from(' ');
  for (;;) {
    const outcome = await withinMs(run.done, keepAliveMs);
    if (outcome === null) {
      yield Buffer.from(' ');
      continue;
    }
    if (outcome.status === 'failed') {
      yield Buffer.from(JSON.stringify(errorBody(outcome.error, readExtensions(request.headers))));
      return;
    }
    const { body } = renderOutcome(parts, request, outcome.answer, twin);
    if (body instanceof Uint8Array) yield body;
    else yield* body;
    return;
  }
}
