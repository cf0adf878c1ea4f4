import { sql } from 'kysely';
import { cleanText, type Database, type Row, type Transaction } from '../../database/index.ts';
import { withoutBytes } from '../../requests/index.ts';
import type { Item } from '../items/item.ts';
import type { TurnEvent } from '../turn/turn-event.ts';
import type {
  BroughtPicture,
  ItemRole,
  OwnedItem,
  ResponseEnding,
  ResponseRecord,
} from './response-record.ts';
import { toEvents, toImageRow, toItem, toItemRow, toJson, toNullableJson, toRecord } from './to-rows.ts';

export type Reader = Pick<Database, 'sql'>;

/**
 * Writes a response as it stands before anything is decided, what went into it, and the pictures that came with it.
 * False: its idempotency key was used before, and nothing is written.
 */
export async function writeOpening(
  transaction: Transaction,
  record: ResponseRecord,
  inputs: readonly OwnedItem[],
  brought: readonly BroughtPicture[],
): Promise<boolean> {
  const written = await transaction
    .insertInto('responses')
    .values({
      id: record.id,
      project_id: record.projectId,
      api_key_id: record.keyId,
      model: cleanText(record.model),
      director: record.director,
      status: record.status,
      background: record.background,
      asked: toJson(record.asked),
      parent_id: record.parentId,
      conversation_id: record.conversationId,
      idempotency_key: record.idempotencyKey === null ? null : cleanText(record.idempotencyKey),
      fingerprint: record.fingerprint,
      saved_prompt: record.savedPrompt === undefined ? null : toJson(withoutBytes(record.savedPrompt)),
      created_at: record.createdAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (written === undefined) return false;
  if (record.conversationId !== null) await touchConversation(transaction, record.conversationId);
  await writeItems(transaction, record.id, record.projectId, inputs);
  await writePictures(transaction, record.projectId, brought);
  return true;
}

/** The conversation changed just now. */
export async function touchConversation(transaction: Transaction, id: string): Promise<void> {
  await transaction
    .updateTable('conversations')
    .set({ updated_at: new Date() })
    .where('id', '=', id)
    .execute();
}

export async function writePictures(
  transaction: Transaction,
  projectId: string,
  brought: readonly BroughtPicture[],
): Promise<void> {
  if (brought.length === 0) return;
  const rows = brought.map((picture, index) => toImageRow(picture, projectId, index, new Date()));
  await transaction
    .insertInto('images')
    .values(rows)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

export async function writeItems(
  transaction: Transaction,
  ownerId: string,
  projectId: string,
  items: readonly OwnedItem[],
): Promise<void> {
  if (items.length === 0) return;
  await transaction
    .insertInto('response_items')
    .values(items.map((item) => toItemRow(ownerId, projectId, item, new Date())))
    .onConflict((conflict) => conflict.columns(['owner_id', 'position']).doNothing())
    .execute();
}

/** How the response ended, and its events without bytes. A released key may be used again. */
export async function writeEnding(
  transaction: Transaction,
  id: string,
  ending: ResponseEnding,
  kept: { readonly events: readonly TurnEvent[]; readonly releasesKey: boolean },
): Promise<void> {
  await transaction
    .updateTable('responses')
    .set({
      status: ending.status,
      error: toNullableJson(ending.error),
      incomplete_reason: ending.incompleteReason,
      usage: toNullableJson(ending.usage),
      tool_usage: toNullableJson(ending.toolUsage),
      report: toNullableJson(ending.report),
      events: toJson(kept.events),
      ...(kept.releasesKey ? { idempotency_key: null } : {}),
      completed_at: ending.completedAt,
      input_text: sql<string | null>`response_text(responses.id, 'input')`,
      output_text: sql<string | null>`response_text(responses.id, 'output')`,
    })
    .where('id', '=', id)
    .execute();
}

/** Ends what a process that is gone left running, and gives it. */
export async function markInterrupted(
  transaction: Transaction,
  error: Readonly<Record<string, unknown>>,
): Promise<readonly ResponseRecord[]> {
  const rows = await transaction
    .updateTable('responses')
    .set({ status: 'failed', error: toJson(error), completed_at: new Date() })
    .where('status', 'in', ['queued', 'in_progress'])
    .returningAll()
    .execute();
  return rows.map(toRecord);
}

export async function findResponse(
  reader: Reader,
  projectId: string,
  id: string,
): Promise<{ readonly record: ResponseRecord; readonly events: readonly TurnEvent[] | null } | null> {
  const row = await reader.sql
    .selectFrom('responses')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row === undefined ? null : { record: toRecord(row), events: toEvents(row) };
}

export async function findByKey(
  reader: Reader,
  projectId: string,
  idempotencyKey: string,
): Promise<ResponseRecord | null> {
  const row = await reader.sql
    .selectFrom('responses')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('idempotency_key', '=', cleanText(idempotencyKey))
    .executeTakeFirst();
  return row === undefined ? null : toRecord(row);
}

/** Everything of an owner, in order; of one role where that is given. */
export async function itemsOf(
  reader: Reader,
  projectId: string,
  ownerId: string,
  role?: ItemRole,
): Promise<readonly Item[]> {
  let query = reader.sql
    .selectFrom('response_items')
    .select(['id', 'type', 'item', 'pictures', 'maker', 'replay'])
    .where('owner_id', '=', ownerId)
    .where('project_id', '=', projectId);
  if (role !== undefined) query = query.where('role', '=', role);
  return (await query.orderBy('position').execute()).map(toItem);
}

type ItemRow = Pick<Row<'response_items'>, 'id' | 'type' | 'item' | 'pictures' | 'maker' | 'replay'>;

/** The items of a response and of all that went before it, oldest first. */
export async function itemsOfChain(reader: Reader, projectId: string, id: string): Promise<readonly Item[]> {
  const { rows } = await sql<ItemRow>`
    with recursive chain (id, parent_id, depth) as (
      select id, parent_id, 0 from responses where id = ${id} and project_id = ${projectId}
      union all
      select responses.id, responses.parent_id, chain.depth + 1
      from responses join chain on responses.id = chain.parent_id
      where responses.project_id = ${projectId} and chain.depth < 1000
    )
    select response_items.id, response_items.type, response_items.item, response_items.pictures,
      response_items.maker, response_items.replay
    from response_items join chain on response_items.owner_id = chain.id
    order by chain.depth desc, response_items.position`.execute(reader.sql);
  return rows.map(toItem);
}

/** The newest item with an id; null: there is none in that project. */
export async function findItem(reader: Reader, projectId: string, id: string): Promise<Item | null> {
  const row = await reader.sql
    .selectFrom('response_items')
    .select(['id', 'type', 'item', 'pictures', 'maker', 'replay'])
    .where('id', '=', id)
    .where('project_id', '=', projectId)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : toItem(row);
}

/** The first picture that a request made; null: none in that project. */
export async function findOutput(reader: Reader, projectId: string, requestId: string) {
  const row = await reader.sql
    .selectFrom('images')
    .select(['id', 'hash', 'media_type', 'byte_count', 'width', 'height', 'revised_prompt'])
    .where('request_id', '=', requestId)
    .where('project_id', '=', projectId)
    .where('role', '=', 'output')
    .orderBy('position')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/** False: there was none. What followed it goes on from what came before it. */
export async function deleteResponse(
  transaction: Transaction,
  projectId: string,
  id: string,
): Promise<boolean> {
  const gone = await transaction
    .deleteFrom('responses')
    .where('id', '=', id)
    .where('project_id', '=', projectId)
    .returning('parent_id')
    .executeTakeFirst();
  if (gone === undefined) return false;
  await transaction
    .updateTable('responses')
    .set({ parent_id: gone.parent_id })
    .where('parent_id', '=', id)
    .where('project_id', '=', projectId)
    .execute();
  await transaction.deleteFrom('response_items').where('owner_id', '=', id).execute();
  return true;
}
