import type { Database } from '../database/index.ts';
import { findImage } from './queries.ts';
import type { FindFile } from './resolve-input.ts';

/** Files by their ids, and beside them every stored image by its own: what was made needs no second upload. */
export function findFileOver(database: Pick<Database, 'sql'>, find: FindFile): FindFile {
  return async (projectId, id) =>
    id.startsWith('img_') ? await findImage(database, id, projectId) : await find(projectId, id);
}
