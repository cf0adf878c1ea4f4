import { z } from 'zod';

/** What an address can be told of. A test, `webhook.test`, is sent on request only. */
export const webhookEvent = z.enum(['image.succeeded', 'image.failed', 'image.cancelled']);

/** The body of POST /api/webhooks. */
export const webhookBody = z.strictObject({
  /** A full http or https address on a public host. */
  url: z.string(),
  /** Default: all. */
  events: z.array(webhookEvent).optional(),
  /** `whsec_` and the base64 of 24 to 64 bytes. Default: one is made. */
  secret: z.string().optional(),
});

/** One address that is told how requests end, without its secret. */
export const webhook = z.looseObject({
  id: z.string(),
  object: z.literal('webhook'),
  url: z.string(),
  events: z.array(webhookEvent),
  /** Unix seconds. */
  created_at: z.int(),
});

/** A webhook that was just made, with its secret, for the only time. */
export const newWebhook = webhook.extend({ secret: z.string() });

export const webhookList = z.looseObject({ object: z.literal('list'), data: z.array(webhook) });

const deliveryStatus = z.enum(['pending', 'delivered', 'failed']);

/** One try to deliver one message. */
export const webhookAttempt = z.looseObject({
  id: z.string(),
  object: z.literal('webhook.attempt'),
  /** Id of its webhook. */
  webhook: z.string(),
  delivery: z.looseObject({
    id: z.string(),
    /** The event, or `webhook.test`. */
    type: z.string(),
    /** Null: a test. */
    request: z.string().nullable(),
    status: deliveryStatus,
    /** Unix seconds; null: nothing more is tried. */
    next_attempt_at: z.int().nullable(),
  }),
  /** From 1. */
  attempt: z.int(),
  delivered: z.boolean(),
  /** Null: nobody answered. */
  status_code: z.int().nullable(),
  duration_ms: z.number(),
  /** Why it was not delivered; null: it was. */
  error: z.string().nullable(),
  created_at: z.int(),
});

/** A page of attempts, newest first. `last_id` is the cursor for the next page. */
export const webhookAttemptList = z.looseObject({
  object: z.literal('list'),
  data: z.array(webhookAttempt),
  has_more: z.boolean(),
  last_id: z.string().nullable(),
});

/** A message that will be sent again. */
export const webhookDelivery = z.looseObject({
  id: z.string(),
  object: z.literal('webhook.delivery'),
  status: deliveryStatus,
});

export type WebhookEvent = z.infer<typeof webhookEvent>;
export type WebhookBody = z.infer<typeof webhookBody>;
export type Webhook = z.infer<typeof webhook>;
export type NewWebhook = z.infer<typeof newWebhook>;
export type WebhookList = z.infer<typeof webhookList>;
export type WebhookAttempt = z.infer<typeof webhookAttempt>;
export type WebhookAttemptList = z.infer<typeof webhookAttemptList>;
export type WebhookDelivery = z.infer<typeof webhookDelivery>;
