import {
  type NewWebhook,
  newWebhook,
  type Webhook,
  type WebhookAttempt,
  type WebhookAttemptList,
  type WebhookBody,
  type WebhookDelivery,
  type WebhookList,
  webhook,
  webhookAttempt,
  webhookAttemptList,
  webhookDelivery,
  webhookList,
} from '@pictor/api';
import { type CallOptions, sendCall, sendEmptyCall, type Transport } from './send-call.ts';

export type AttemptPage = {
  /** How many at most, 1 to 200. Default: 50. */
  readonly limit?: number | undefined;
  /** `last_id` of the page before. Default: the newest attempt comes first. */
  readonly after?: string | undefined;
};

/** Addresses that are told how requests of the project end. `not_found` where there is none with an id. */
export type Webhooks = {
  readonly list: (options?: CallOptions) => Promise<WebhookList>;
  /** The answer has the secret that signs the messages, for the only time. */
  readonly create: (body: WebhookBody, options?: CallOptions) => Promise<NewWebhook>;
  readonly get: (id: string, options?: CallOptions) => Promise<Webhook>;
  /** What waits to be delivered is dropped. */
  readonly remove: (id: string, options?: CallOptions) => Promise<void>;
  /** Sends a `webhook.test` once, now, and tells how it went. */
  readonly test: (id: string, options?: CallOptions) => Promise<WebhookAttempt>;
  /** One page of what was tried, newest first. */
  readonly attempts: (id: string, page?: AttemptPage, options?: CallOptions) => Promise<WebhookAttemptList>;
  /** Sends the message of an attempt again, with all its tries. */
  readonly resend: (attemptId: string, options?: CallOptions) => Promise<WebhookDelivery>;
};

/** The webhooks noun over one transport. */
export function webhooksOver(transport: Transport): Webhooks {
  const path = '/api/webhooks';
  const one = (id: string, rest = ''): string => `${path}/${encodeURIComponent(id)}${rest}`;
  return {
    list: (options) => sendCall(transport, { ...options, method: 'GET', path }, webhookList),
    create: (body, options) => sendCall(transport, { ...options, method: 'POST', path, body }, newWebhook),
    get: (id, options) => sendCall(transport, { ...options, method: 'GET', path: one(id) }, webhook),
    remove: (id, options) => sendEmptyCall(transport, { ...options, method: 'DELETE', path: one(id) }),
    test: (id, options) =>
      sendCall(transport, { ...options, method: 'POST', path: one(id, '/test') }, webhookAttempt),
    attempts: (id, page = {}, options) => {
      const query = new URLSearchParams();
      if (page.limit !== undefined) query.set('limit', String(page.limit));
      if (page.after !== undefined) query.set('after', page.after);
      const rest = query.size === 0 ? '/attempts' : `/attempts?${query}`;
      return sendCall(transport, { ...options, method: 'GET', path: one(id, rest) }, webhookAttemptList);
    },
    resend: (attemptId, options) => {
      const resent = `${path}/attempts/${encodeURIComponent(attemptId)}/resend`;
      return sendCall(transport, { ...options, method: 'POST', path: resent }, webhookDelivery);
    },
  };
}
