import { PictorError, withinMs } from '../foundation/index.ts';
import type { HttpReply, HttpRequest } from '../http/index.ts';
import type { FirstRequest, Requests } from '../requests/index.ts';
import { type Delivered, deliver } from './deliver.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Runs } from './open-runs.ts';
import type { Asked } from './planned-job.ts';
import { readPreference } from './read-headers.ts';
import { savedRun } from './saved-run.ts';
import type { AnswerParts } from './send-answer.ts';

/** How long a key answers with the first request. Afterwards it is refused, never silently paid again. */
const keyMs = 24 * 60 * 60_000;

export type ReplayParts = AnswerParts & { readonly requests: Requests; readonly runs: Runs };

/**
 * Answers a request whose idempotency key was used before: the first answer, byte for byte, or a 409 that says why
 * not. Nothing is sent to an engine.
 */
export async function replay(
  parts: ReplayParts,
  request: HttpRequest,
  reply: HttpReply,
  repeated: { readonly asked: Asked; readonly first: FirstRequest; readonly form: Delivered },
): Promise<HttpReply> {
  const { asked, first, form } = repeated;
  refuse(asked, first);
  const live = parts.runs.find(asked.caller.projectId, first.requestId);
  const row = await parts.requests.find(asked.caller.projectId, first.requestId);
  const run = live ?? (row === null ? null : savedRun(row));
  if (run === null) throw inFlight();
  const { respondAsync, waitMs } = readPreference(request.headers);
  if (!respondAsync && (await withinMs(run.done, waitMs)) === null) throw inFlight();
  reply.header('x-request-id', first.requestId).header('idempotent-replayed', 'true');
  if (row?.engine != null) reply.header('x-pictor-engine', row.engine);
  return await deliver(parts, request, reply, run, { ...form, fresh: false });
}

function refuse(asked: Asked, first: FirstRequest): void {
  if (first.fingerprint !== fingerprintOf(asked)) {
    throw new PictorError({
      code: 'idempotency_key_reused',
      retrySafe: false,
      message:
        'This Idempotency-Key was used for a request with another body. Use a new key for a new request.',
    });
  }
  if (Date.now() - first.createdAt.getTime() > keyMs) {
    throw new PictorError({
      code: 'idempotency_key_expired',
      retrySafe: false,
      message:
        'This Idempotency-Key was used more than 24 hours ago. Use a new key, or get the first answer by its id: GET the same address with the id behind it.',
    });
  }
}

function inFlight(): PictorError {
  return new PictorError({
    code: 'idempotency_key_in_flight',
    message:
      'A request with this Idempotency-Key is still running. Ask again later, or send Prefer: wait=60 to wait for its answer.',
    retryAfterSeconds: 2,
  });
}
