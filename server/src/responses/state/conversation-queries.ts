import type { Transaction } from '../../database/index.ts';
import type { Item } from '../items/item.ts';
import { type Reader, touchConversation } from './queries.ts';
import type { Conversation, ItemRole } from './response-record.ts';
import { toItem, toItemRow, toJson } from './to-rows.ts';

export async function insertConversation(
  transaction: Transaction,
  conversation: Conversation,
): Promise<void> {
  await transaction
    .insertInto('conversations')
    .values({
      id: conversation.id,
      project_id: conversation.projectId,
      metadata: toJson(conversation.metadata),
      created_at: conversation.createdAt,
      updated_at: conversation.createdAt,
    })
    .execute();
}

/** Null: there is none in that project. */
export async function findConversation(
  reader: Reader,
  projectId: string,
  id: string,
): Promise<Conversation | null> {
  const row = await reader.sql
    .selectFrom('conversations')
    .selectAll()
    .where('id', '=', id)
    .where('project_id', '=', projectId)
    .executeTakeFirst();
  if (row === undefined) return null;
  return { id: row.id, projectId: row.project_id, metadata: row.metadata, createdAt: row.created_at };
}

export async function updateConversation(
  reader: Reader,
  id: string,
  metadata: Conversation['metadata'],
): Promise<void> {
  await reader.sql
    .updateTable('conversations')
    .set({ metadata: toJson(metadata), updated_at: new Date() })
    .where('id', '=', id)
    .execute();
}

/** False: there was none. Its items go with it; responses stay. */
export async function deleteConversation(
  transaction: Transaction,
  projectId: string,
  id: string,
): Promise<boolean> {
  const gone = await transaction
    .deleteFrom('conversations')
    .where('id', '=', id)
    .where('project_id', '=', projectId)
    .returning('id')
    .executeTakeFirst();
  if (gone === undefined) return false;
  await transaction.deleteFrom('response_items').where('owner_id', '=', id).execute();
  return true;
}

/** Adds items behind those that are there. The row of the conversation is locked, so that two responses take turns. */
export async function appendItems(
  transaction: Transaction,
  conversation: Pick<Conversation, 'id' | 'projectId'>,
  items: readonly { readonly role: ItemRole; readonly item: Item }[],
): Promise<void> {
  if (items.length === 0) return;
  const known = await transaction
    .selectFrom('conversations')
    .select('id')
    .where('id', '=', conversation.id)
    .where('project_id', '=', conversation.projectId)
    .forUpdate()
    .executeTakeFirst();
  // Deleted meanwhile: there is nothing to add to.
  if (known === undefined) return;
  await touchConversation(transaction, conversation.id);
  const last = await transaction
    .selectFrom('response_items')
    .select(({ fn }) => fn.max('position').as('position'))
    .where('owner_id', '=', conversation.id)
    .executeTakeFirst();
  const next = (last?.position ?? -1) + 1;
  await transaction
    .insertInto('response_items')
    .values(
      items.map(({ role, item }, index) =>
        toItemRow(
          conversation.id,
          conversation.projectId,
          { role, position: next + index, item },
          new Date(),
        ),
      ),
    )
    .execute();
}

export async function findConversationItem(
  reader: Reader,
  conversation: Pick<Conversation, 'id' | 'projectId'>,
  itemId: string,
): Promise<Item | null> {
  const row = await reader.sql
    .selectFrom('response_items')
    .select(['id', 'type', 'item', 'pictures', 'maker', 'replay'])
    .where('owner_id', '=', conversation.id)
    .where('project_id', '=', conversation.projectId)
    .where('id', '=', itemId)
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : toItem(row);
}

/** False: there was none. */
export async function deleteConversationItem(
  reader: Reader,
  conversation: Pick<Conversation, 'id' | 'projectId'>,
  itemId: string,
): Promise<boolean> {
  const gone = await reader.sql
    .deleteFrom('response_items')
    .where('owner_id', '=', conversation.id)
    .where('project_id', '=', conversation.projectId)
    .where('id', '=', itemId)
    .returning('id')
    .executeTakeFirst();
  return gone !== undefined;
}
