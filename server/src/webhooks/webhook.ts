import type { WebhookEvent } from '@pictor/api';

/** A registered address, as it may be shown. */
export type Webhook = {
  readonly id: string;
  readonly projectId: string;
  readonly url: string;
  readonly events: readonly WebhookEvent[];
  readonly createdAt: Date;
};

export type NewWebhook = Pick<Webhook, 'url' | 'events'> & {
  /** `whsec_…`; null: one is made. */
  readonly secret: string | null;
};

/** One message to one address, with what it takes to send it. */
export type Delivery = {
  /** Becomes `webhook-id`: the same at every attempt, so that receivers can tell repetitions. */
  readonly id: string;
  readonly webhookId: string;
  readonly projectId: string;
  readonly url: string;
  readonly secret: string;
  /** Null: a test. */
  readonly requestId: string | null;
  readonly type: string;
  readonly status: 'pending' | 'delivered' | 'failed';
  readonly attempts: number;
  readonly failures: number;
  readonly createdAt: Date;
};

/** How one attempt went. */
export type Attempt = {
  readonly id: string;
  readonly deliveryId: string;
  readonly webhookId: string;
  readonly requestId: string | null;
  readonly type: string;
  readonly deliveryStatus: Delivery['status'];
  /** When a pending delivery is tried next. */
  readonly nextAttemptAt: Date;
  /** From 1. */
  readonly attempt: number;
  /** Null: nobody answered. */
  readonly statusCode: number | null;
  readonly durationMs: number;
  /** Null: it was delivered. */
  readonly error: string | null;
  readonly createdAt: Date;
};

export type AttemptsPage = { readonly data: readonly Attempt[]; readonly hasMore: boolean };

type ClosedStatus = 'succeeded' | 'failed' | 'interrupted' | 'cancelled';

/** The event that tells of a request's end. One that was interrupted has failed, and its status says how. */
export function eventOf(status: ClosedStatus): WebhookEvent {
  switch (status) {
    case 'succeeded':
      return 'image.succeeded';
    case 'cancelled':
      return 'image.cancelled';
    case 'failed':
    case 'interrupted':
      return 'image.failed';
    default:
      return status satisfies never;
  }
}
