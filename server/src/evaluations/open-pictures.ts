import { askDatabase, type Database } from '../database/index.ts';
import type { ImageStore } from '../storage/index.ts';
import { CellError } from './cell-error.ts';
import { findPicture, type Picture } from './picture-queries.ts';

/** Pictures of a project by id. What is gone throws a CellError `picture_gone`. */
export type Pictures = {
  readonly find: (projectId: string, id: string) => Promise<Picture>;
  /** The file with its bytes. */
  readonly pathOf: (projectId: string, id: string) => Promise<string>;
  readonly dataUrl: (projectId: string, id: string) => Promise<string>;
};

export function openPictures(parts: {
  readonly database: Pick<Database, 'sql'>;
  readonly store: Pick<ImageStore, 'pathOf' | 'has' | 'readBase64'>;
}): Pictures {
  const { database, store } = parts;
  const find: Pictures['find'] = async (projectId, id) => {
    const picture = await askDatabase(findPicture(database.sql, projectId, id));
    if (picture !== null && (await store.has(picture.hash))) return picture;
    throw new CellError('picture_gone', `The picture '${id}' is not there any more.`);
  };
  return {
    find,
    pathOf: async (projectId, id) => store.pathOf((await find(projectId, id)).hash),
    dataUrl: async (projectId, id) => {
      const { hash, mediaType } = await find(projectId, id);
      const pieces: string[] = [];
      for await (const piece of store.readBase64(hash)) pieces.push(piece.toString('latin1'));
      return `data:${mediaType};base64,${pieces.join('')}`;
    },
  };
}
