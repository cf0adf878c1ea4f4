import { type RawBuilder, sql } from 'kysely';
import type { Transaction } from '../database/index.ts';
import type { ImageRow, Reader } from './queries.ts';

/** What refers to images, by kind; each list has the newest 200 at most. */
export type References = {
  readonly requests: readonly string[];
  readonly children: readonly string[];
  readonly files: readonly string[];
  readonly responses: readonly string[];
};

export type Doomed = {
  readonly references: References;
  /** Bytes that no other row of any project needs. */
  readonly freedBytes: number;
  /** True where a request of theirs still runs. */
  readonly isBusy: boolean;
};

/** Looks at everything that refers to the images, and touches nothing. */
export async function findReferences(
  reader: Reader,
  projectId: string,
  images: readonly ImageRow[],
): Promise<Doomed> {
  const ids = sql.join(images.map((image) => image.id));
  const hashes = sql.join([...new Set(images.map((image) => image.hash))]);
  const own = images.map((image) => image.request_id).filter((id) => id !== null);
  const ownRequests = own.length === 0 ? sql`''` : sql.join([...new Set(own)]);
  const list = async (query: RawBuilder<{ id: string }>): Promise<readonly string[]> =>
    (await query.execute(reader.sql)).rows.map((row) => row.id);
  return {
    references: {
      requests: await list(sql`
        select id from requests where project_id = ${projectId} and id in (${ownRequests}) order by id desc limit 200`),
      children: await list(sql`
        select distinct request_id as id from images
        where project_id = ${projectId} and hash in (${hashes}) and role in ('input', 'mask')
          and request_id is not null and request_id not in (${ownRequests}) order by 1 desc limit 200`),
      files: await list(sql`
        select id from files where project_id = ${projectId} and hash in (${hashes}) order by id desc limit 200`),
      responses: await list(sql`
        select distinct owner_id as id from response_items
        where project_id = ${projectId} and exists (
          select from json_array_elements(pictures) as picture (facts)
          where facts ->> 'imageId' in (${ids}) or facts ->> 'hash' in (${hashes}))
        order by 1 desc limit 200`),
    },
    ...(await weigh(reader, projectId, images)),
  };
}

async function weigh(reader: Reader, projectId: string, images: readonly ImageRow[]) {
  const ids = sql.join(images.map((image) => image.id));
  const { rows } = await sql<{ freed: number; busy: boolean }>`
    with doomed as (${doomedImages(projectId, ids)})
    select
      coalesce((select sum(bytes.byte_count) from (
        select hash, max(byte_count) as byte_count from doomed group by hash) as bytes
        where not exists (select from files where files.hash = bytes.hash)
          and not exists (
            select from images where images.hash = bytes.hash and images.id not in (select id from doomed))
      ), 0)::bigint as freed,
      exists (
        select from doomed join requests on requests.id = doomed.request_id
        where requests.status = 'running') as busy`.execute(reader.sql);
  return { freedBytes: Number(rows[0]?.freed ?? 0), isBusy: rows[0]?.busy ?? false };
}

/** With what the model made, where an output was changed afterwards: it goes with its output. */
function doomedImages(projectId: string, ids: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select id, hash, byte_count, request_id from images
    where project_id = ${projectId} and (id in (${ids}) or (role = 'original' and exists (
      select from images output where output.id in (${ids}) and output.role = 'output'
        and output.request_id = images.request_id and output.position = images.position)))`;
}

/** Gives the hashes of what was deleted, each once. */
export async function deleteImages(
  transaction: Transaction,
  projectId: string,
  ids: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await sql<{ hash: string }>`
    with doomed as (${doomedImages(projectId, sql.join(ids))})
    delete from images where id in (select id from doomed) returning hash`.execute(transaction);
  return [...new Set(rows.map((row) => row.hash))];
}
