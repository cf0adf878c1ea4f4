import { Webhook as Signer } from 'standardwebhooks';
import type { GuardedFetch, PostResult } from '../fetching/index.ts';
import { newId } from '../foundation/index.ts';
import type { ListedRequest } from '../requests/index.ts';
import type { LinkSigner } from '../storage/index.ts';
import { findDelivery, writeAttempt } from './delivery-queries.ts';
import type { WebhooksDatabase } from './tables.ts';
import type { Delivery } from './webhook.ts';
import { writePayload } from './write-payload.ts';

export type AttemptParts = {
  readonly database: WebhooksDatabase;
  readonly fetching: Pick<GuardedFetch, 'post'>;
  readonly links: LinkSigner;
  /** The first wait after a failure, in milliseconds; the others are multiples of it. */
  readonly webhookBackoffMs: number;
};

export type AttemptSource = {
  /** Where links to pictures begin. */
  readonly baseUrl: string;
  readonly findRequest: (projectId: string, id: string) => Promise<ListedRequest | null>;
};

/** With the default of 5 seconds: 5 s, 30 s, 2 min, 10 min, 1 h, 6 h. Then it has failed. */
const backoff: readonly number[] = [1, 6, 24, 120, 720, 4_320];
const answerWithinMs = 15_000;
const linkMs = 60 * 60_000;

/**
 * Makes one attempt and writes how it went. Gives the attempt's id; null: the delivery is gone, or its time is not
 * now. `attempt` is the one that a job is for: after a crash two jobs may be for the same.
 */
export async function attemptDelivery(
  parts: AttemptParts & AttemptSource,
  wanted: { readonly deliveryId: string; readonly attempt: number; readonly repeat: boolean },
  signal?: AbortSignal,
): Promise<string | null> {
  const delivery = await findDelivery(parts.database, wanted.deliveryId);
  if (delivery === null || delivery.attempts >= wanted.attempt) return null;
  if (wanted.repeat && delivery.status !== 'pending') return null;
  const startedAt = new Date();
  const result = await send(parts, delivery, startedAt, signal);
  const error = toError(result);
  const waitSteps = wanted.repeat ? backoff[delivery.failures] : undefined;
  const finishedMs = Date.now();
  const id = newId('wha');
  await writeAttempt(parts.database, {
    id,
    deliveryId: delivery.id,
    attempt: delivery.attempts + 1,
    statusCode: result.status,
    durationMs: finishedMs - startedAt.getTime(),
    error,
    createdAt: startedAt,
    retryAt:
      error === null || waitSteps === undefined
        ? null
        : new Date(finishedMs + waitSteps * parts.webhookBackoffMs),
  });
  return id;
}

/** The time of the signature is the attempt's, so that receivers may refuse old ones. Links are signed anew as well. */
async function send(
  parts: AttemptParts & AttemptSource,
  delivery: Delivery,
  now: Date,
  signal: AbortSignal | undefined,
): Promise<PostResult> {
  const { requestId, projectId } = delivery;
  const request = requestId === null ? null : await parts.findRequest(projectId, requestId);
  const expiresAt = new Date(now.getTime() + linkMs);
  const body = writePayload(
    delivery,
    request,
    (imageId) => `${parts.baseUrl}/images/${imageId}?${parts.links.sign({ imageId, expiresAt })}`,
  );
  return await parts.fetching.post(delivery.url, {
    body,
    headers: {
      'content-type': 'application/json',
      'webhook-id': delivery.id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': new Signer(delivery.secret).sign(delivery.id, now, body),
    },
    timeoutMs: answerWithinMs,
    ...(signal === undefined ? {} : { signal }),
  });
}

/** Why this does not count as delivered; null: it does. What the receiver wrote does not stand in it. */
function toError(result: PostResult): string | null {
  if (result.status === null) return result.failure;
  if (result.status >= 200 && result.status <= 299) return null;
  const redirects = result.status >= 300 && result.status <= 399 ? ' Redirects are not followed.' : '';
  return `The receiver answered with status ${result.status}.${redirects}`;
}
