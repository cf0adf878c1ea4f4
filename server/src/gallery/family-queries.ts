import { sql } from 'kysely';
import type { Row } from '../database/index.ts';
import type { Reader } from './queries.ts';

/** How one request led to another. */
export type Link = {
  readonly from: string;
  readonly to: string;
  readonly as: 'input' | 'mask' | 'replay' | 'conversation';
  /** The picture that went from one to the other; null: none did. */
  readonly image: string | null;
};

/** What led to these requests. A picture came from whoever made the same bytes first. */
export async function findParents(
  reader: Reader,
  projectId: string,
  requestIds: readonly string[],
): Promise<readonly Link[]> {
  const ids = sql.join(requestIds);
  const { rows } = await sql<Link>`
    select source.request_id as "from", used.request_id as "to", used.role as "as", source.id as image
    from images used join lateral (
      select id, request_id from images
      where hash = used.hash and project_id = ${projectId} and role = 'output'
        and request_id <> used.request_id and created_at <= used.created_at
      order by created_at, id limit 1
    ) as source on true
    where used.project_id = ${projectId} and used.request_id in (${ids}) and used.role in ('input', 'mask')
    union all
    select origin.id, again.id, 'replay', null
    from requests again join requests origin on origin.id = again.replay_of
    where again.project_id = ${projectId} and origin.project_id = ${projectId} and again.id in (${ids})
    union all
    select earlier.id, later.id, 'conversation', null
    from requests later join responses turn on turn.id = later.parent_id
    join requests earlier on earlier.parent_id = turn.parent_id
    where later.project_id = ${projectId} and earlier.project_id = ${projectId} and later.id in (${ids})`.execute(
    reader.sql,
  );
  return rows;
}

/** What these requests led to, the oldest 500 links. */
export async function findChildren(
  reader: Reader,
  projectId: string,
  requestIds: readonly string[],
): Promise<readonly Link[]> {
  const ids = sql.join(requestIds);
  const { rows } = await sql<Link>`
    select "from", "to", "as", image from (
      select source.request_id as "from", used.request_id as "to", used.role as "as", source.id as image
      from images source join images used on used.hash = source.hash
      where source.project_id = ${projectId} and used.project_id = ${projectId}
        and source.request_id in (${ids}) and source.role = 'output' and used.role in ('input', 'mask')
        and used.request_id <> source.request_id and used.created_at >= source.created_at
      union all
      select replay_of, id, 'replay', null from requests
      where project_id = ${projectId} and replay_of in (${ids})
      union all
      select earlier.id, later.id, 'conversation', null
      from requests earlier join responses turn on turn.parent_id = earlier.parent_id
      join requests later on later.parent_id = turn.id
      where later.project_id = ${projectId} and earlier.project_id = ${projectId} and earlier.id in (${ids})
    ) as links order by "to" limit 500`.execute(reader.sql);
  return rows;
}

/** Requests that the bytes went into or came out of. */
export async function findUsers(reader: Reader, projectId: string, hash: string): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct request_id as id from images
    where project_id = ${projectId} and hash = ${hash} and request_id is not null
      and role in ('output', 'input', 'mask') order by 1 limit 50`.execute(reader.sql);
  return rows.map((row) => row.id);
}

export type FamilyRequest = Pick<
  Row<'requests'>,
  | 'id'
  | 'kind'
  | 'status'
  | 'model_id'
  | 'prompt'
  | 'prompt_id'
  | 'prompt_name'
  | 'prompt_version'
  | 'parent_id'
  | 'created_at'
>;

/** Oldest first. */
export async function selectRequests(
  reader: Reader,
  projectId: string,
  ids: readonly string[],
): Promise<readonly FamilyRequest[]> {
  return await reader.sql
    .selectFrom('requests')
    .where('project_id', '=', projectId)
    .where('id', 'in', ids)
    .select([
      'id',
      'kind',
      'status',
      'model_id',
      'prompt',
      'prompt_id',
      'prompt_name',
      'prompt_version',
      'parent_id',
      'created_at',
    ])
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}
