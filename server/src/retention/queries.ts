import { sql } from 'kysely';
import type { Cutoffs } from './cutoffs.ts';
import type { Removal } from './removal.ts';
import type { RetentionDatabase } from './tables.ts';

/**
 * Counts what would go, without touching it, in one statement, so that all numbers are of one moment. What still runs
 * stays, with its pictures. A cutoff of null compares to nothing.
 */
export async function countRemoval(
  database: RetentionDatabase,
  projectId: string,
  cutoffs: Cutoffs,
): Promise<Removal> {
  const { rows } = await sql<CountedRow>`
    with doomed_requests as (
      select id from requests
      where project_id = ${projectId} and status <> 'running'
        -- Nothing ends before it is made, and there is an index for that.
        and created_at < ${cutoffs.requests}::timestamptz
        and coalesce(finished_at, created_at) < ${cutoffs.requests}::timestamptz
    ), doomed_images as (
      select id, hash, byte_count from images
      where project_id = ${projectId} and (
        request_id in (select id from doomed_requests)
        or (request_id is null and created_at < ${cutoffs.requests}::timestamptz)
        or (created_at < ${cutoffs.images}::timestamptz and not exists (
          select from requests where requests.id = images.request_id and requests.status = 'running')))
    ), doomed_files as (
      select id, hash, byte_count from files
      where project_id = ${projectId} and created_at < ${cutoffs.files}::timestamptz
    ), doomed_bytes as (
      select hash, max(byte_count) as byte_count
      from (select hash, byte_count from doomed_images union all select hash, byte_count from doomed_files) as both_kinds
      group by hash
    )
    select
      (select count(*) from doomed_requests) as requests,
      (select count(*) from doomed_images) as images,
      (select coalesce(sum(byte_count), 0)::bigint from doomed_images) as image_bytes,
      (select count(*) from doomed_files) as files,
      (select coalesce(sum(byte_count), 0)::bigint from doomed_files) as file_bytes,
      (select coalesce(sum(byte_count), 0)::bigint from doomed_bytes
        where not exists (
          select from images where images.hash = doomed_bytes.hash
            and images.id not in (select id from doomed_images))
        and not exists (
          select from files where files.hash = doomed_bytes.hash
            and files.id not in (select id from doomed_files))) as freed_bytes
  `.execute(database.sql);
  const row = rows[0];
  if (row === undefined) throw new Error('A count gave no row.');
  return {
    requests: { count: Number(row.requests) },
    images: { count: Number(row.images), bytes: Number(row.image_bytes) },
    files: { count: Number(row.files), bytes: Number(row.file_bytes) },
    freedBytes: Number(row.freed_bytes),
  };
}

type CountedRow = Readonly<
  Record<'requests' | 'images' | 'image_bytes' | 'files' | 'file_bytes' | 'freed_bytes', number>
>;

/** A row that was deleted, as far as its bytes are concerned. */
export type Gone = { readonly hash: string; readonly byteCount: number };

/**
 * Deletes some requests that ended before the moment, with their pictures, idempotency keys and deliveries. What they
 * cost stays in the ledger. `count` 0: there are no more.
 */
export async function deleteRequests(
  database: RetentionDatabase,
  projectId: string,
  before: Date,
  limit: number,
): Promise<{ readonly count: number; readonly images: readonly Gone[] }> {
  return await database.sql.transaction().execute(async (transaction) => {
    const doomed = await transaction
      .selectFrom('requests')
      .where('project_id', '=', projectId)
      .where('status', '<>', 'running')
      .where('created_at', '<', before)
      .where((is) => is(is.fn.coalesce('finished_at', 'created_at'), '<', before))
      .orderBy('id')
      .limit(limit)
      .select('id')
      .execute();
    if (doomed.length === 0) return { count: 0, images: [] };
    const ids = doomed.map((row) => row.id);
    const images = await transaction
      .deleteFrom('images')
      .where('request_id', 'in', ids)
      .returning(['hash', 'byte_count as byteCount'])
      .execute();
    await transaction.deleteFrom('requests').where('id', 'in', ids).execute();
    return { count: ids.length, images };
  });
}

/** Deletes responses that ended before the moment, calls told of that were made elsewhere, what was said in them or in conversations, and their pictures. */
export async function deleteResponses(
  database: RetentionDatabase,
  projectId: string,
  before: Date,
): Promise<readonly Gone[]> {
  return await database.sql.transaction().execute(async (transaction) => {
    await transaction
      .deleteFrom('responses')
      .where('project_id', '=', projectId)
      .where('status', 'not in', ['queued', 'in_progress'])
      .where((is) => is(is.fn.coalesce('completed_at', 'created_at'), '<', before))
      .execute();
    // Calls that were made elsewhere: those of the gateway go with their rows.
    await transaction
      .deleteFrom('request_logs')
      .where('project_id', '=', projectId)
      .where('request_id', 'is', null)
      .where('response_id', 'is', null)
      .where('created_at', '<', before)
      .execute();
    await transaction
      .deleteFrom('response_items')
      .where('project_id', '=', projectId)
      .where('created_at', '<', before)
      .where((is) =>
        is.not(
          is.exists(
            is
              .selectFrom('responses')
              .whereRef('responses.id', '=', 'response_items.owner_id')
              .select('responses.id'),
          ),
        ),
      )
      .execute();
    return await transaction
      .deleteFrom('images')
      .where('project_id', '=', projectId)
      .where('request_id', 'is', null)
      .where('created_at', '<', before)
      .returning(['hash', 'byte_count as byteCount'])
      .execute();
  });
}

/** Deletes some pictures from before the moment; their requests stay. None: there are no more. */
export async function deleteImages(
  database: RetentionDatabase,
  projectId: string,
  before: Date,
  limit: number,
): Promise<readonly Gone[]> {
  const doomed = database.sql
    .selectFrom('images')
    .leftJoin('requests', 'requests.id', 'images.request_id')
    .where('images.project_id', '=', projectId)
    .where('images.created_at', '<', before)
    .where((is) => is.or([is('requests.id', 'is', null), is('requests.status', '<>', 'running')]))
    .limit(limit)
    .select('images.id');
  return await database.sql
    .deleteFrom('images')
    .where('id', 'in', doomed)
    .returning(['hash', 'byte_count as byteCount'])
    .execute();
}

export async function deleteFiles(
  database: RetentionDatabase,
  projectId: string,
  before: Date,
): Promise<readonly Gone[]> {
  return await database.sql
    .deleteFrom('files')
    .where('project_id', '=', projectId)
    .where('created_at', '<', before)
    .returning(['hash', 'byte_count as byteCount'])
    .execute();
}
