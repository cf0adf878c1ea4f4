import type { Database } from '../database/index.ts';

export type FoundImage = {
  readonly id: string;
  readonly projectId: string;
  readonly hash: string;
  readonly mediaType: string;
  readonly byteCount: number;
};

/** One image; null: there is none, or it belongs to another project. No project: a signed link spoke for it. */
export async function findImage(
  database: Pick<Database, 'sql'>,
  id: string,
  projectId: string | undefined,
): Promise<FoundImage | null> {
  let query = database.sql
    .selectFrom('images')
    .where('id', '=', id)
    .select(['id', 'project_id as projectId', 'hash', 'media_type as mediaType', 'byte_count as byteCount']);
  if (projectId !== undefined) query = query.where('project_id', '=', projectId);
  return (await query.executeTakeFirst()) ?? null;
}
