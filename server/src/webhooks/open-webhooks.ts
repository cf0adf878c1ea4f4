import { randomBytes } from 'node:crypto';
import { askDatabase, type Statement } from '../database/index.ts';
import type { GuardedFetch } from '../fetching/index.ts';
import { type Log, newId, PictorError } from '../foundation/index.ts';
import type { Jobs } from '../jobs/index.ts';
import type { EndedRequest } from '../requests/index.ts';
import { type AttemptParts, type AttemptSource, attemptDelivery } from './attempt-delivery.ts';
import { findAttempt, insertTest, listAttempts, resendDelivery } from './delivery-queries.ts';
import { openDispatcher } from './open-dispatcher.ts';
import { deleteWebhook, deliveryStatements, findWebhook, insertWebhook, listWebhooks } from './queries.ts';
import { type Attempt, type AttemptsPage, eventOf, type NewWebhook, type Webhook } from './webhook.ts';

/** Addresses that are told how requests ended, each project's own. Throws `database_unavailable`. */
export type Webhooks = {
  /** Gives the secret as well, for the only time. Throws `invalid_value` where nothing would be sent to the address. */
  readonly create: (projectId: string, webhook: NewWebhook) => Promise<Webhook & { readonly secret: string }>;
  readonly list: (projectId: string) => Promise<readonly Webhook[]>;
  readonly find: (projectId: string, id: string) => Promise<Webhook | null>;
  /** What waits to be delivered is dropped. False: there was none. */
  readonly remove: (projectId: string, id: string) => Promise<boolean>;
  /** Sends a test, once and now, and gives how it went. Null: no such webhook. */
  readonly test: (projectId: string, id: string) => Promise<Attempt | null>;
  readonly attempts: (
    webhookId: string,
    page: { readonly limit: number; readonly after: string | undefined },
  ) => Promise<AttemptsPage>;
  /** Sends the message of an attempt again, with the whole back-off. Gives its delivery; null: no such attempt. */
  readonly resend: (projectId: string, attemptId: string) => Promise<string | null>;
  /** To be called in the transaction that closes a request: what is to be told is committed with it. */
  readonly toStatements: (ended: readonly EndedRequest[]) => readonly Statement[];
  /** To be called behind that transaction. */
  readonly committed: () => void;
  /** Begins to deliver. Returns at once; troubles go to the log and are tried again. */
  readonly start: (source: AttemptSource) => void;
  readonly close: () => Promise<void>;
};

/** More would make every request slower for all. */
const maxPerProject = 50;
const secretBytes = 32;

export function openWebhooks(
  parts: AttemptParts & {
    readonly fetching: Pick<GuardedFetch, 'post' | 'check'>;
    readonly jobs: Jobs;
    readonly log: Log;
  },
): Webhooks {
  const { database } = parts;
  const dispatcher = openDispatcher(parts);
  let source: AttemptSource | null = null;
  return {
    create: async (projectId, wanted) => {
      const refusal = await parts.fetching.check(wanted.url);
      if (refusal !== null) throw new PictorError({ code: 'invalid_value', message: refusal, param: 'url' });
      if ((await askDatabase(listWebhooks(database, projectId))).length >= maxPerProject) throw tooMany();
      const webhook = {
        id: newId('whk'),
        projectId,
        url: wanted.url,
        events: wanted.events,
        secret: wanted.secret ?? `whsec_${randomBytes(secretBytes).toString('base64')}`,
        createdAt: new Date(),
      };
      dispatcher.expect();
      await askDatabase(insertWebhook(database, webhook));
      dispatcher.wake();
      return webhook;
    },
    list: (projectId) => askDatabase(listWebhooks(database, projectId)),
    find: (projectId, id) => askDatabase(findWebhook(database, projectId, id)),
    remove: (projectId, id) => askDatabase(deleteWebhook(database, projectId, id)),
    test: async (projectId, id) => {
      if (source === null || (await askDatabase(findWebhook(database, projectId, id))) === null) return null;
      const deliveryId = await askDatabase(insertTest(database, id));
      const wanted = { deliveryId, attempt: 1, repeat: false };
      const attemptId = await askDatabase(attemptDelivery({ ...parts, ...source }, wanted));
      return attemptId === null ? null : await askDatabase(findAttempt(database, attemptId));
    },
    attempts: (webhookId, page) => askDatabase(listAttempts(database, { webhookId, ...page })),
    resend: async (projectId, attemptId) => {
      const deliveryId = await askDatabase(resendDelivery(database, projectId, attemptId, new Date()));
      if (deliveryId !== null) dispatcher.wake();
      return deliveryId;
    },
    toStatements: (ended) =>
      dispatcher.isNeeded()
        ? deliveryStatements(
            new Map(ended.map(({ requestId, status }) => [requestId, eventOf(status)])),
            new Date(),
          )
        : [],
    committed: () => {
      if (dispatcher.isNeeded()) dispatcher.wake();
    },
    start: (from) => {
      source = from;
      dispatcher.start(from);
    },
    close: dispatcher.close,
  };
}

function tooMany(): PictorError {
  return new PictorError({
    code: 'invalid_value',
    message: `A project has ${maxPerProject} webhooks at most. Delete one first.`,
    param: 'url',
  });
}
