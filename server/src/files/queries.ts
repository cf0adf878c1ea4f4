import type { Row } from '../database/index.ts';
import type { FileRecord, FilesPage, FilesQuery } from './file-record.ts';
import type { FilesDatabase } from './tables.ts';

type Reader = FilesDatabase['database'];

export async function insertFile(reader: Reader, file: FileRecord): Promise<void> {
  await reader.sql
    .insertInto('files')
    .values({
      id: file.id,
      project_id: file.projectId,
      purpose: file.purpose,
      filename: file.filename,
      byte_count: file.byteCount,
      media_type: file.mediaType,
      hash: file.hash,
      status: 'processed',
      created_at: file.createdAt,
      expires_at: file.expiresAt,
    })
    .execute();
}

/** Null: there is none, it has expired, or it belongs to another project. */
export async function findFile(
  reader: Reader,
  projectId: string,
  id: string,
  now: Date,
): Promise<FileRecord | null> {
  const row = await selectLiving(reader, projectId, now).where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : toRecord(row);
}

/** Ids sort by time, so the last one of a page is a cursor that outlives its file. */
export async function listFiles(
  reader: Reader,
  projectId: string,
  wanted: FilesQuery,
  now: Date,
): Promise<FilesPage> {
  let query = selectLiving(reader, projectId, now);
  if (wanted.purpose !== undefined) query = query.where('purpose', '=', wanted.purpose);
  if (wanted.after !== undefined) {
    query = query.where('id', wanted.order === 'asc' ? '>' : '<', wanted.after);
  }
  const rows = await query
    .orderBy('id', wanted.order)
    .limit(wanted.limit + 1)
    .execute();
  return { data: rows.slice(0, wanted.limit).map(toRecord), hasMore: rows.length > wanted.limit };
}

/** The hash of what was deleted; null: there was none. */
export async function deleteFile(
  reader: Reader,
  projectId: string,
  id: string,
  now: Date,
): Promise<string | null> {
  const row = await reader.sql
    .deleteFrom('files')
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .where((is) => is.or([is('expires_at', 'is', null), is('expires_at', '>', now)]))
    .returning('hash')
    .executeTakeFirst();
  return row?.hash ?? null;
}

/** Deletes the rows of every project's expired files; gives their hashes, each once. */
export async function deleteExpired(reader: Reader, now: Date): Promise<readonly string[]> {
  const rows = await reader.sql
    .deleteFrom('files')
    .where('expires_at', '<=', now)
    .returning('hash')
    .execute();
  return [...new Set(rows.map((row) => row.hash))];
}

/** Does any row of any project need these bytes? */
export async function isReferenced(reader: Reader, hash: string): Promise<boolean> {
  const image = await reader.sql
    .selectFrom('images')
    .select('id')
    .where('hash', '=', hash)
    .limit(1)
    .executeTakeFirst();
  if (image !== undefined) return true;
  const file = await reader.sql
    .selectFrom('files')
    .select('id')
    .where('hash', '=', hash)
    .limit(1)
    .executeTakeFirst();
  return file !== undefined;
}

function selectLiving(reader: Reader, projectId: string, now: Date) {
  return reader.sql
    .selectFrom('files')
    .selectAll()
    .where('project_id', '=', projectId)
    .where((is) => is.or([is('expires_at', 'is', null), is('expires_at', '>', now)]));
}

function toRecord(row: Row<'files'>): FileRecord {
  return {
    id: row.id,
    projectId: row.project_id,
    purpose: row.purpose,
    filename: row.filename,
    byteCount: row.byte_count,
    mediaType: row.media_type ?? 'application/octet-stream',
    hash: row.hash,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}
