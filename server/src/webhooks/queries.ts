import type { WebhookEvent } from '@pictor/api';
import type { Row, Transaction } from '../database/index.ts';
import { newId } from '../foundation/index.ts';
import type { WebhooksDatabase } from './tables.ts';
import type { Webhook } from './webhook.ts';

export async function insertWebhook(
  database: WebhooksDatabase,
  webhook: Webhook & { readonly secret: string },
): Promise<void> {
  await database.sql
    .insertInto('webhooks')
    .values({
      id: webhook.id,
      project_id: webhook.projectId,
      url: webhook.url,
      events: JSON.stringify(webhook.events),
      secret: webhook.secret,
      created_at: webhook.createdAt,
    })
    .execute();
}

export async function listWebhooks(database: WebhooksDatabase, projectId: string): Promise<Webhook[]> {
  const rows = await selectWebhooks(database, projectId).orderBy('id', 'desc').execute();
  return rows.map(toWebhook);
}

/** Null: there is none, or it is another project's. */
export async function findWebhook(
  database: WebhooksDatabase,
  projectId: string,
  id: string,
): Promise<Webhook | null> {
  const row = await selectWebhooks(database, projectId).where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : toWebhook(row);
}

/** Its deliveries go with it. False: there was none. */
export async function deleteWebhook(
  database: WebhooksDatabase,
  projectId: string,
  id: string,
): Promise<boolean> {
  const row = await database.sql
    .deleteFrom('webhooks')
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Is any address of any project registered? */
export async function hasWebhooks(database: WebhooksDatabase): Promise<boolean> {
  return (await database.sql.selectFrom('webhooks').select('id').limit(1).executeTakeFirst()) !== undefined;
}

/** Writes a delivery for every address that wants to hear how requests ended; a second call changes nothing. */
export async function insertDeliveries(
  transaction: Transaction,
  ended: ReadonlyMap<string, WebhookEvent>,
  now: Date,
): Promise<void> {
  const webhooks = await transaction
    .selectFrom('webhooks')
    .innerJoin('requests', 'requests.project_id', 'webhooks.project_id')
    .where('requests.id', 'in', [...ended.keys()])
    .select(['webhooks.id', 'webhooks.events', 'requests.id as requestId'])
    // One that is deleted meanwhile would break the transaction, and with it the request's end.
    .forKeyShare('webhooks')
    .execute();
  const wanting = webhooks.flatMap((webhook) => {
    const type = ended.get(webhook.requestId);
    return type !== undefined && webhook.events.includes(type) ? [{ ...webhook, type }] : [];
  });
  if (wanting.length === 0) return;
  await transaction
    .insertInto('webhook_deliveries')
    .values(
      wanting.map((webhook) => ({
        id: newId('whd'),
        webhook_id: webhook.id,
        request_id: webhook.requestId,
        type: webhook.type,
        status: 'pending' as const,
        next_attempt_at: now,
        created_at: now,
      })),
    )
    .onConflict((conflict) => conflict.columns(['webhook_id', 'request_id']).doNothing())
    .execute();
}

function selectWebhooks(database: WebhooksDatabase, projectId: string) {
  return database.sql
    .selectFrom('webhooks')
    .where('project_id', '=', projectId)
    .select(['id', 'project_id', 'url', 'events', 'created_at']);
}

function toWebhook(row: Omit<Row<'webhooks'>, 'secret'>): Webhook {
  return {
    id: row.id,
    projectId: row.project_id,
    url: row.url,
    // This room wrote the column from such a list.
    events: row.events as WebhookEvent[],
    createdAt: row.created_at,
  };
}
