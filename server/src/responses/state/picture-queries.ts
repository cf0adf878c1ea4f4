import type { Replay } from '../../models/index.ts';
import type { Reader } from './queries.ts';

/** What the engine that made a picture wants back with it. */
export type Maker = {
  readonly replay: Replay | null;
  readonly original: { readonly hash: string; readonly mediaType: string; readonly byteCount: number } | null;
};

/** Nothing for a picture that somebody brought. */
export async function findMaker(reader: Reader, projectId: string, imageId: string): Promise<Maker> {
  const row = await reader.sql
    .selectFrom('images')
    .select(['request_id', 'position', 'replay', 'role'])
    .where('id', '=', imageId)
    .where('project_id', '=', projectId)
    .executeTakeFirst();
  if (row === undefined || row.role !== 'output' || row.request_id === null) {
    return { replay: null, original: null };
  }
  const original = await reader.sql
    .selectFrom('images')
    .select(['hash', 'media_type as mediaType', 'byte_count as byteCount'])
    .where('request_id', '=', row.request_id)
    .where('project_id', '=', projectId)
    .where('role', '=', 'original')
    .where('position', '=', row.position)
    .executeTakeFirst();
  // Written from a Replay, so it is one.
  return { replay: row.replay as Replay | null, original: original ?? null };
}
