import type { EvaluationsSql } from './tables.ts';

/** Where the bytes of a picture are. */
export type Picture = { readonly id: string; readonly hash: string; readonly mediaType: string };

/** An image or an uploaded file of the project. Null: there is none, or it has expired. */
export async function findPicture(
  sql: EvaluationsSql,
  projectId: string,
  id: string,
): Promise<Picture | null> {
  const table = id.startsWith('file-') ? 'files' : 'images';
  if (table === 'images') {
    const image = await sql
      .selectFrom('images')
      .select(['hash', 'media_type'])
      .where('project_id', '=', projectId)
      .where('id', '=', id)
      .executeTakeFirst();
    return image === undefined ? null : { id, hash: image.hash, mediaType: image.media_type };
  }
  const file = await sql
    .selectFrom('files')
    .select(['hash', 'media_type'])
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .where((is) => is.or([is('expires_at', 'is', null), is('expires_at', '>', new Date())]))
    .executeTakeFirst();
  return file === undefined ? null : { id, hash: file.hash, mediaType: file.media_type ?? '' };
}

/** What a call of the gateway cost. Null: unknown. */
export async function findCost(sql: EvaluationsSql, projectId: string, id: string): Promise<number | null> {
  if (!id.startsWith('req_')) {
    const entry = await sql
      .selectFrom('request_log_entries')
      .select('cost_nano_usd')
      .where('project_id', '=', projectId)
      .where('response_id', '=', id)
      .executeTakeFirst();
    return entry?.cost_nano_usd ?? null;
  }
  const row = await sql
    .selectFrom('requests')
    .select('cost_nano_usd')
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.cost_nano_usd ?? null;
}
