import { newId } from '../foundation/index.ts';
import type { WebhooksDatabase } from './tables.ts';
import type { Attempt, AttemptsPage, Delivery } from './webhook.ts';

/** A pending delivery whose job is this late has lost it, and gets another. */
const lostAfterMs = 60 * 60_000;
/** How long what was told, and how it went, is kept. */
const keepMs = 30 * 24 * 60 * 60_000;

export type DueDelivery = {
  readonly id: string;
  readonly attempts: number;
  readonly resends: number;
  readonly nextAttemptAt: Date;
};

/** Null: there is none any more. */
export async function findDelivery(database: WebhooksDatabase, id: string): Promise<Delivery | null> {
  const row = await database.sql
    .selectFrom('webhook_deliveries as delivery')
    .innerJoin('webhooks', 'webhooks.id', 'delivery.webhook_id')
    .where('delivery.id', '=', id)
    .select([
      'delivery.id',
      'delivery.webhook_id as webhookId',
      'webhooks.project_id as projectId',
      'webhooks.url',
      'webhooks.secret',
      'delivery.request_id as requestId',
      'delivery.type',
      'delivery.status',
      'delivery.attempts',
      'delivery.failures',
      'delivery.created_at as createdAt',
    ])
    .executeTakeFirst();
  return row ?? null;
}

/** Writes the delivery of a test, which nobody but its asker sends. */
export async function insertTest(database: WebhooksDatabase, webhookId: string): Promise<string> {
  const id = newId('whd');
  const now = new Date();
  await database.sql
    .insertInto('webhook_deliveries')
    .values({
      id,
      webhook_id: webhookId,
      type: 'webhook.test',
      status: 'failed',
      next_attempt_at: now,
      created_at: now,
    })
    .execute();
  return id;
}

/** Deliveries whose next attempt has no job yet, oldest first. */
export async function listDue(
  database: WebhooksDatabase,
  now: Date,
  limit: number,
): Promise<readonly DueDelivery[]> {
  const lost = new Date(now.getTime() - lostAfterMs);
  return await database.sql
    .selectFrom('webhook_deliveries')
    .where('status', '=', 'pending')
    .where((is) => is.or([is('queued', '=', false), is('next_attempt_at', '<', lost)]))
    .orderBy('next_attempt_at')
    .limit(limit)
    .select(['id', 'attempts', 'resends', 'next_attempt_at as nextAttemptAt'])
    .execute();
}

/** Notes that the next attempt has its job; nothing, where that attempt was made in the meantime. */
export async function markQueued(database: WebhooksDatabase, due: DueDelivery): Promise<void> {
  await database.sql
    .updateTable('webhook_deliveries')
    .set({ queued: true })
    .where('id', '=', due.id)
    .where('attempts', '=', due.attempts)
    .where('resends', '=', due.resends)
    .execute();
}

export type AttemptRecord = Pick<
  Attempt,
  'id' | 'deliveryId' | 'attempt' | 'statusCode' | 'durationMs' | 'error' | 'createdAt'
> & {
  /** When it is tried again; null: not by itself. */
  readonly retryAt: Date | null;
};

/** Writes how an attempt went and what follows from it, together. */
export async function writeAttempt(database: WebhooksDatabase, attempt: AttemptRecord): Promise<void> {
  await database.sql.transaction().execute(async (transaction) => {
    const delivered = attempt.error === null;
    const written = await transaction
      .updateTable('webhook_deliveries')
      .set((is) => ({
        attempts: attempt.attempt,
        failures: is('failures', '+', delivered ? 0 : 1),
        status: delivered ? 'delivered' : attempt.retryAt === null ? 'failed' : 'pending',
        queued: false,
        next_attempt_at: attempt.retryAt ?? attempt.createdAt,
      }))
      .where('id', '=', attempt.deliveryId)
      .returning('id')
      .executeTakeFirst();
    // Its webhook was deleted while the message was on its way.
    if (written === undefined) return;
    await transaction
      .insertInto('webhook_attempts')
      .values({
        id: attempt.id,
        delivery_id: attempt.deliveryId,
        attempt: attempt.attempt,
        status_code: attempt.statusCode,
        duration_ms: attempt.durationMs,
        error: attempt.error,
        created_at: attempt.createdAt,
      })
      .execute();
  });
}

/** Begins the back-off anew with an attempt at once. Null: the project has no such attempt. */
export async function resendDelivery(
  database: WebhooksDatabase,
  projectId: string,
  attemptId: string,
  now: Date,
): Promise<string | null> {
  const row = await database.sql
    .updateTable('webhook_deliveries as delivery')
    .from('webhook_attempts as attempt')
    .innerJoin('webhook_deliveries as tried', 'tried.id', 'attempt.delivery_id')
    .innerJoin('webhooks', 'webhooks.id', 'tried.webhook_id')
    .set((is) => ({
      status: 'pending' as const,
      failures: 0,
      resends: is('delivery.resends', '+', 1),
      queued: false,
      next_attempt_at: now,
    }))
    .where('attempt.id', '=', attemptId)
    .where('webhooks.project_id', '=', projectId)
    .whereRef('delivery.id', '=', 'attempt.delivery_id')
    .returning('delivery.id')
    .executeTakeFirst();
  return row?.id ?? null;
}

/** Newest first; the id of the last row is the cursor. */
export async function listAttempts(
  database: WebhooksDatabase,
  wanted: { readonly webhookId: string; readonly limit: number; readonly after: string | undefined },
): Promise<AttemptsPage> {
  let query = selectAttempts(database).where('delivery.webhook_id', '=', wanted.webhookId);
  if (wanted.after !== undefined) query = query.where('attempt.id', '<', wanted.after);
  const rows = await query
    .orderBy('attempt.id', 'desc')
    .limit(wanted.limit + 1)
    .execute();
  return { data: rows.slice(0, wanted.limit), hasMore: rows.length > wanted.limit };
}

export async function findAttempt(database: WebhooksDatabase, id: string): Promise<Attempt | null> {
  return (await selectAttempts(database).where('attempt.id', '=', id).executeTakeFirst()) ?? null;
}

/** Forgets deliveries that ended long ago, with their attempts. */
export async function deleteOld(database: WebhooksDatabase, now: Date): Promise<void> {
  await database.sql
    .deleteFrom('webhook_deliveries')
    .where('status', '!=', 'pending')
    .where('created_at', '<', new Date(now.getTime() - keepMs))
    .execute();
}

function selectAttempts(database: WebhooksDatabase) {
  return database.sql
    .selectFrom('webhook_attempts as attempt')
    .innerJoin('webhook_deliveries as delivery', 'delivery.id', 'attempt.delivery_id')
    .select([
      'attempt.id',
      'attempt.delivery_id as deliveryId',
      'delivery.webhook_id as webhookId',
      'delivery.request_id as requestId',
      'delivery.type',
      'delivery.status as deliveryStatus',
      'delivery.next_attempt_at as nextAttemptAt',
      'attempt.attempt',
      'attempt.status_code as statusCode',
      'attempt.duration_ms as durationMs',
      'attempt.error',
      'attempt.created_at as createdAt',
    ]);
}
