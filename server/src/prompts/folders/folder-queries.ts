import { cleanText, takeNumber } from '../../database/index.ts';
import { PictorError } from '../../foundation/index.ts';
import type { PromptsSql } from '../tables.ts';
import { toFolderPath } from './folder-path.ts';

/** A place for prompts. */
export type Folder = {
  /** Counts within the project, for wires that know numbers only. */
  readonly number: number;
  /** `brand/autumn`. */
  readonly path: string;
};

/** Every folder that was made or that a prompt is in, with those above it, by path. */
export async function listFolders(sql: PromptsSql, projectId: string): Promise<Folder[]> {
  const used = await sql
    .selectFrom('prompts')
    .where('project_id', '=', projectId)
    .where('folder', '<>', '')
    .select('folder')
    .distinct()
    .execute();
  const known = await selectFolders(sql, projectId);
  const paths = new Set(used.flatMap(({ folder }) => withParents(folder)));
  const missing = [...paths].filter((path) => known.every((folder) => folder.path !== path)).toSorted();
  for (const path of missing) await insertFolder(sql, projectId, path);
  return missing.length === 0 ? known : await selectFolders(sql, projectId);
}

/** The folder of this path, made if there is none. */
export async function makeFolder(sql: PromptsSql, projectId: string, path: string): Promise<Folder> {
  const kept = toFolderPath(path);
  if (kept === '') {
    throw new PictorError({ code: 'invalid_value', message: 'A folder needs a name.', param: 'name' });
  }
  for (const each of withParents(kept)) await insertFolder(sql, projectId, each);
  return await sql
    .selectFrom('prompt_folders')
    .where('project_id', '=', projectId)
    .where('path', '=', kept)
    .select(['number', 'path'])
    .executeTakeFirstOrThrow();
}

async function selectFolders(sql: PromptsSql, projectId: string): Promise<Folder[]> {
  return await sql
    .selectFrom('prompt_folders')
    .where('project_id', '=', projectId)
    .orderBy('path')
    .select(['number', 'path'])
    .execute();
}

async function insertFolder(sql: PromptsSql, projectId: string, path: string): Promise<void> {
  const known = await sql
    .selectFrom('prompt_folders')
    .where('project_id', '=', projectId)
    .where('path', '=', cleanText(path))
    .select('number')
    .executeTakeFirst();
  if (known !== undefined) return;
  await sql
    .insertInto('prompt_folders')
    .values({
      project_id: projectId,
      number: await takeNumber(sql, projectId, 'folder'),
      path: cleanText(path),
      created_at: new Date(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** `a/b/c` is in `a/b`, which is in `a`. */
export function withParents(path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '');
  return parts.map((_part, index) => parts.slice(0, index + 1).join('/'));
}
