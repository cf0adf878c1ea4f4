import type { ImageSearchBody } from '@pictor/api';
import { type RawBuilder, sql } from 'kysely';
import type { Database, Row } from '../database/index.ts';
import { type Place, periodSql, planWords } from '../requests/index.ts';

export type Reader = Pick<Database, 'sql'>;

export type ImageRow = Pick<
  Row<'images'>,
  | 'id'
  | 'role'
  | 'request_id'
  | 'position'
  | 'hash'
  | 'media_type'
  | 'byte_count'
  | 'width'
  | 'height'
  | 'revised_prompt'
  | 'tags'
  | 'created_at'
> & {
  /** Of its request; null: it came with a response. */
  readonly prompt: string | null;
  readonly model: string | null;
  readonly engine: string | null;
};

export type ListedImageRow = ImageRow & {
  /** When it was made, without loss, for a cursor. */
  readonly place: string;
};

export type ImageQuery = Omit<ImageSearchBody, 'limit' | 'cursor'>;

/** Some images behind the place, by time. */
export async function selectImages(
  reader: Reader,
  projectId: string,
  query: ImageQuery,
  page: { readonly limit: number; readonly place: Place | null },
): Promise<readonly ListedImageRow[]> {
  const order = query.sort_order === 'asc' ? sql`asc` : sql`desc`;
  const words = await planWords(reader, projectId, query);
  const time = words.inOrder(sql.ref('images.created_at'), 'time');
  const { rows } = await sql<ListedImageRow>`
    ${imageColumns}, to_char(images.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as place
    from images left join requests on requests.id = images.request_id
    where images.project_id = ${projectId} and ${words.where}
      and ${sql.join(conditions(query, page.place), sql` and `)}
    order by ${time} ${order}, images.id ${order} limit ${page.limit}`.execute(reader.sql);
  return rows;
}

/** In no order; those that the project does not have are not among them. */
export async function selectImagesById(
  reader: Reader,
  projectId: string,
  ids: readonly string[],
): Promise<readonly ImageRow[]> {
  const { rows } = await sql<ImageRow>`
    ${imageColumns} from images left join requests on requests.id = images.request_id
    where images.project_id = ${projectId} and images.id in (${sql.join(ids)})`.execute(reader.sql);
  return rows;
}

/** Pictures that went into requests or came out of them, each kind in its order. */
export async function selectImagesOf(
  reader: Reader,
  projectId: string,
  requestIds: readonly string[],
): Promise<readonly ImageRow[]> {
  const { rows } = await sql<ImageRow>`
    ${imageColumns} from images join requests on requests.id = images.request_id
    where images.project_id = ${projectId} and images.request_id in (${sql.join(requestIds)})
      and images.role in ('output', 'input', 'mask')
    order by images.role, images.position`.execute(reader.sql);
  return rows;
}

const imageColumns = sql`
  select images.id, images.role, images.request_id, images.position, images.hash, images.media_type,
    images.byte_count, images.width, images.height, images.revised_prompt, images.tags, images.created_at,
    requests.prompt, requests.model_id as model, requests.engine`;

function conditions(query: ImageQuery, place: Place | null): RawBuilder<boolean>[] {
  const { roles = ['output'], tags = [], media_type: mediaType, request, sort_order: order } = query;
  const sign = order === 'asc' ? sql`>` : sql`<`;
  return [
    sql`images.role in (${sql.join(roles)})`,
    ...(tags.length === 0 ? [] : [sql<boolean>`images.tags @> ${JSON.stringify(tags)}::text::jsonb`]),
    ...(mediaType === undefined ? [] : [sql<boolean>`images.media_type = ${mediaType}`]),
    ...(request === undefined ? [] : [sql<boolean>`images.request_id = ${request}`]),
    ...periodSql(sql.ref('images.created_at'), query),
    ...(place === null
      ? []
      : [
          sql<boolean>`(images.created_at, images.id) ${sign} (${place.value}::text::timestamptz, ${place.id}::text)`,
        ]),
  ];
}

/** Tags that are there stay, in their order. Gives the ids that the project has. */
export async function changeTags(
  reader: Reader,
  projectId: string,
  ids: readonly string[],
  change: { readonly add: readonly string[]; readonly remove: readonly string[] },
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    update images set tags = (
      select coalesce(jsonb_agg(word order by place), '[]'::jsonb) from (
        select word, min(place) as place from (
          select word, place from jsonb_array_elements_text(images.tags) with ordinality as own (word, place)
          union all
          select word, 1000 + place
          from jsonb_array_elements_text(${JSON.stringify(change.add)}::text::jsonb) with ordinality as more (word, place)
        ) as every where not ${JSON.stringify(change.remove)}::text::jsonb @> to_jsonb(word)
        group by word
      ) as kept
    )
    where project_id = ${projectId} and id in (${sql.join(ids)}) returning id`.execute(reader.sql);
  return rows.map((row) => row.id);
}

export async function setTags(
  reader: Reader,
  projectId: string,
  id: string,
  tags: readonly string[],
): Promise<void> {
  await reader.sql
    .updateTable('images')
    .set({ tags: JSON.stringify([...new Set(tags)]) })
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .execute();
}
