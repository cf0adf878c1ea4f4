import type { WebhookEvent } from '@pictor/api';
import { sql } from 'kysely';
import type { Row, Statement } from '../database/index.ts';
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
export function deliveryStatements(ended: ReadonlyMap<string, WebhookEvent>, now: Date): Statement[] {
  const wanted = [...ended].map(([request_id, type]) => ({ id: newId('whd'), request_id, type }));
  // Ids sort by time: the first half says when, the second which webhook.
  return [
    sql`
      insert into webhook_deliveries (id, webhook_id, request_id, type, status, next_attempt_at, created_at)
      select left(ended.id, 24) || left(md5(webhooks.id), 12), webhooks.id, ended.request_id, ended.type, 'pending',
        ${now}::timestamptz, ${now}::timestamptz
      from json_populate_recordset(null::webhook_deliveries, ${sql.val(wanted)}::json) as ended
      join requests on requests.id = ended.request_id
      join webhooks on webhooks.project_id = requests.project_id and webhooks.events ? ended.type
      -- One that is deleted meanwhile would break the transaction, and with it the request's end.
      for key share of webhooks
      on conflict (webhook_id, request_id) do nothing`,
  ];
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
