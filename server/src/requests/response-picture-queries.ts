import type { Database } from '../database/index.ts';

/** What responses made: the pictures of their requests, by the id of the response. */
export async function selectMade(
  reader: Pick<Database, 'sql'>,
  projectId: string,
  responseIds: readonly string[],
) {
  if (responseIds.length === 0) return [];
  return await reader.sql
    .selectFrom('images')
    .innerJoin('requests', 'requests.id', 'images.request_id')
    .selectAll('images')
    .select('requests.parent_id as response_id')
    .where('images.project_id', '=', projectId)
    .where('requests.parent_id', 'in', responseIds)
    .where('images.role', '=', 'output')
    .orderBy('requests.id')
    .orderBy('images.position')
    .execute();
}
