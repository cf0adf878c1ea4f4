import type * as views from '@pictor/api';
import type { Attempt, AttemptsPage, Webhook } from './webhook.ts';

/** A webhook as answers show it: without its secret. */
export function toWebhookView(webhook: Webhook): views.Webhook {
  return {
    id: webhook.id,
    object: 'webhook',
    url: webhook.url,
    events: [...webhook.events],
    created_at: toSeconds(webhook.createdAt),
  };
}

export function toWebhookList(webhooks: readonly Webhook[]): views.WebhookList {
  return { object: 'list', data: webhooks.map(toWebhookView), has_more: false };
}

export function toAttemptView(attempt: Attempt): views.WebhookAttempt {
  return {
    id: attempt.id,
    object: 'webhook.attempt',
    webhook: attempt.webhookId,
    delivery: {
      id: attempt.deliveryId,
      type: attempt.type,
      request: attempt.requestId,
      status: attempt.deliveryStatus,
      next_attempt_at: attempt.deliveryStatus === 'pending' ? toSeconds(attempt.nextAttemptAt) : null,
    },
    attempt: attempt.attempt,
    delivered: attempt.error === null,
    status_code: attempt.statusCode,
    duration_ms: attempt.durationMs,
    error: attempt.error,
    created_at: toSeconds(attempt.createdAt),
  };
}

export function toAttemptList(page: AttemptsPage): views.WebhookAttemptList {
  const data = page.data.map(toAttemptView);
  return {
    object: 'list',
    data,
    has_more: page.hasMore,
    first_id: data.at(0)?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
  };
}

function toSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
