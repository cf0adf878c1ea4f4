import { type RawBuilder, sql } from 'kysely';
import type { Row } from '../../database/index.ts';
import type { Place } from '../../requests/index.ts';
import type { Item, PlacedPicture, Wire } from '../items/item.ts';
import type { Reader } from './queries.ts';
import type { Conversation, ResponseRecord } from './response-record.ts';
import { toItem, toRecord } from './to-rows.ts';

/** A conversation with what a list shows of it. */
export type ListedConversation = Pick<
  Row<'conversations'>,
  'id' | 'metadata' | 'created_at' | 'updated_at'
> & {
  /** When it last changed, without loss, for a cursor. */
  readonly place: string;
  readonly turn_count: number;
  readonly running: boolean;
  readonly model: string | null;
  /** The first message of the user. */
  readonly first: Wire | null;
  /** Of the newest items that have some, the newest first. */
  readonly pictures: readonly (readonly PlacedPicture[])[];
};

/** Responses whose items are not in their conversation: not yet, or never. */
const apart = sql`('queued', 'in_progress', 'failed', 'cancelled')`;

const ofUser = sql`i.type = 'message' and i.item ->> 'role' = 'user'`;

/** Some conversations behind the place, the one that changed last first. */
export async function selectConversations(
  reader: Reader,
  projectId: string,
  page: { readonly q: string | undefined; readonly limit: number; readonly place: Place | null },
): Promise<readonly ListedConversation[]> {
  const { rows } = await sql<ListedConversation>`
    select c.id, c.metadata, c.created_at, c.updated_at,
      to_char(c.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as place,
      ((select count(*) from response_items i where i.owner_id = c.id and ${ofUser})
        + (select count(*) from responses r where r.conversation_id = c.id and r.status in ${apart}))::int
        as turn_count,
      exists (
        select from responses r where r.conversation_id = c.id and r.status in ('queued', 'in_progress')
      ) as running,
      coalesce(
        (select r.model from responses r where r.conversation_id = c.id order by r.id desc limit 1),
        (select r.model from response_items i
          join response_items made on made.id = i.id and made.role = 'output'
          join responses r on r.id = made.owner_id and r.project_id = c.project_id
          where i.owner_id = c.id order by i.position desc limit 1)
      ) as model,
      coalesce(
        (select i.item from response_items i where i.owner_id = c.id and ${ofUser} order by i.position limit 1),
        (select i.item from responses r join response_items i on i.owner_id = r.id and i.role = 'input'
          where r.conversation_id = c.id and ${ofUser} order by r.id, i.position limit 1)
      ) as first,
      (select coalesce(json_agg(shown.pictures order by shown.position desc), '[]'::json) from (
        select i.pictures, i.position from response_items i
        where i.owner_id = c.id and json_array_length(i.pictures) > 0 order by i.position desc limit 8
      ) as shown) as pictures
    from conversations c
    where ${sql.join([sql`c.project_id = ${projectId}`, ...conditions(page)], sql` and `)}
    order by c.updated_at desc, c.id desc limit ${page.limit}`.execute(reader.sql);
  return rows;
}

function conditions({
  q,
  place,
}: {
  readonly q: string | undefined;
  readonly place: Place | null;
}): readonly RawBuilder<unknown>[] {
  return [
    ...(place === null
      ? []
      : [sql`(c.updated_at, c.id) < (${place.value}::text::timestamptz, ${place.id}::text)`]),
    ...(q === undefined || q.trim() === '' ? [] : [saying(q.trim())]),
  ];
}

/** Titles and notes, what was said, and what was drawn. */
function saying(words: string): RawBuilder<unknown> {
  const has = (text: RawBuilder<unknown>) => sql`strpos(lower(${text}), lower(${words}::text)) > 0`;
  return sql`(
    exists (select from json_each_text(c.metadata) as noted where ${has(sql`noted.value`)})
    or exists (
      select from response_items i
      where (i.owner_id = c.id or i.owner_id in (select r.id from responses r where r.conversation_id = c.id))
        and (${has(sql`i.item ->> 'revised_prompt'`)} or exists (
          select from json_array_elements(
            case json_typeof(i.item -> 'content') when 'array' then i.item -> 'content' else '[]'::json end
          ) as part where ${has(sql`part ->> 'text'`)}
        ))
    ))`;
}

export type TimedItem = { readonly item: Item; readonly ownerId: string; readonly createdAt: Date };

/** The items of some owners, each one's in order. */
async function selectTimedItems(
  reader: Reader,
  projectId: string,
  ownerIds: readonly string[],
): Promise<readonly TimedItem[]> {
  if (ownerIds.length === 0) return [];
  const rows = await reader.sql
    .selectFrom('response_items')
    .select(['owner_id', 'id', 'type', 'item', 'pictures', 'maker', 'replay', 'created_at'])
    .where('owner_id', 'in', ownerIds)
    .where('project_id', '=', projectId)
    .orderBy('owner_id')
    .orderBy('position')
    .execute();
  return rows.map((row) => ({ item: toItem(row), ownerId: row.owner_id, createdAt: row.created_at }));
}

/** Responses of a conversation whose items are not in it, oldest first. */
async function selectApart(
  reader: Reader,
  projectId: string,
  conversationId: string,
): Promise<readonly ResponseRecord[]> {
  const rows = await reader.sql
    .selectFrom('responses')
    .selectAll()
    .where('conversation_id', '=', conversationId)
    .where('project_id', '=', projectId)
    .where('status', 'in', ['queued', 'in_progress', 'failed', 'cancelled'])
    .orderBy('id')
    .execute();
  return rows.map(toRecord);
}

/** The response that each item came out of, in whatever conversation; items of nobody are not among them. */
async function selectOrigins(
  reader: Reader,
  projectId: string,
  itemIds: readonly string[],
): Promise<ReadonlyMap<string, ResponseRecord>> {
  if (itemIds.length === 0) return new Map();
  const rows = await reader.sql
    .selectFrom('response_items')
    .innerJoin('responses', 'responses.id', 'response_items.owner_id')
    .selectAll('responses')
    .select('response_items.id as item_id')
    .where('response_items.id', 'in', itemIds)
    .where('response_items.role', '=', 'output')
    .where('responses.project_id', '=', projectId)
    .execute();
  return new Map(rows.map((row) => [row.item_id, toRecord(row)]));
}

/** What the turns of a conversation are made from. */
export type TurnRows = {
  readonly conversationId: string;
  /** Of the conversation, in order. */
  readonly items: readonly TimedItem[];
  /** Which response an item came out of. */
  readonly origins: ReadonlyMap<string, ResponseRecord>;
  /** Responses whose items are not in the conversation, oldest first, and their items. */
  readonly apart: readonly ResponseRecord[];
  readonly apartItems: readonly TimedItem[];
};

/** First what is apart: a response that ends meanwhile is then there twice, and never missing. */
export async function readTurnRows(
  reader: Reader,
  { id, projectId }: Pick<Conversation, 'id' | 'projectId'>,
): Promise<TurnRows> {
  const apart = await selectApart(reader, projectId, id);
  const apartIds = apart.map((record) => record.id);
  const apartItems = await selectTimedItems(reader, projectId, apartIds);
  const items = await selectTimedItems(reader, projectId, [id]);
  const itemIds = items.map(({ item }) => item.id);
  const origins = await selectOrigins(reader, projectId, itemIds);
  return { conversationId: id, items, origins, apart, apartItems };
}

export type StoredPicture = Pick<
  Row<'images'>,
  'id' | 'request_id' | 'media_type' | 'byte_count' | 'width' | 'height'
>;

/** Pictures by id, as far as they are still there. */
export async function selectPictures(
  reader: Reader,
  projectId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, StoredPicture>> {
  if (ids.length === 0) return new Map();
  const rows = await reader.sql
    .selectFrom('images')
    .select(['id', 'request_id', 'media_type', 'byte_count', 'width', 'height'])
    .where('project_id', '=', projectId)
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}
