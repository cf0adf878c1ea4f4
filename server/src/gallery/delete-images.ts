import { askDatabase, type Database } from '../database/index.ts';
import { PictorError } from '../foundation/index.ts';
import { type ImageRow, selectImagesById } from './queries.ts';
import { deleteImages, findReferences } from './reference-queries.ts';

export type DeletionParts = {
  readonly database: Pick<Database, 'sql'>;
  /** Removes bytes that no row needs any more. Never rejects. */
  readonly discard: (hash: string) => Promise<void>;
  /** Told which requests lost images, so that nobody answers with them from memory. */
  readonly forget: (requestIds: readonly string[]) => void;
};

/**
 * What refers to images, and, once that is confirmed, their end: rows first, then bytes that nothing else needs.
 * Throws `not_found` where one of them is not in the project, `project_busy` while a request of theirs runs.
 */
export async function removeImages(
  { database, discard, forget }: DeletionParts,
  projectId: string,
  ids: readonly string[],
  isConfirmed: boolean,
) {
  const wanted = [...new Set(ids)];
  const images = await requireImages(database, projectId, wanted);
  const { references, freedBytes, isBusy } = await askDatabase(findReferences(database, projectId, images));
  if (isConfirmed) {
    if (isBusy) throw busy();
    const hashes = await askDatabase(
      database.sql.transaction().execute((transaction) => deleteImages(transaction, projectId, wanted)),
    );
    forget(images.map((image) => image.request_id).filter((id) => id !== null));
    for (const hash of hashes) await discard(hash);
  }
  return {
    object: 'image.deletion',
    deleted: isConfirmed,
    images: wanted,
    freed_bytes: freedBytes,
    references,
  };
}

/** In the order of the ids. Throws `not_found` where one is not in the project. */
export async function requireImages(
  database: DeletionParts['database'],
  projectId: string,
  ids: readonly string[],
): Promise<readonly ImageRow[]> {
  const rows = await askDatabase(selectImagesById(database, projectId, ids));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => {
    const row = byId.get(id);
    if (row !== undefined) return row;
    throw new PictorError({
      code: 'not_found',
      message: `There is no image '${id.slice(0, 60)}' in your project.`,
      param: ids.length === 1 ? 'id' : 'ids',
    });
  });
}

function busy(): PictorError {
  return new PictorError({
    code: 'project_busy',
    message: 'A request of these images is still running: wait for its end, or cancel it.',
    param: 'ids',
  });
}
