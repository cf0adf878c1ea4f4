import type { DatasetsSql } from './tables.ts';

/** Which of these ids name a picture of the project: an image, or an uploaded file that lives. */
export async function findPictures(
  sql: DatasetsSql,
  projectId: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (let at = 0; at < ids.length; at += 1_000) {
    const some = ids.slice(at, at + 1_000);
    const images = await sql
      .selectFrom('images')
      .select('id')
      .where('project_id', '=', projectId)
      .where('id', 'in', some)
      .execute();
    const files = await sql
      .selectFrom('files')
      .select('id')
      .where('project_id', '=', projectId)
      .where('id', 'in', some)
      .where((is) => is.or([is('expires_at', 'is', null), is('expires_at', '>', new Date())]))
      .execute();
    for (const { id } of [...images, ...files]) found.add(id);
  }
  return found;
}
