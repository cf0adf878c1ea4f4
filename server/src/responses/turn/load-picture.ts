import type { Database } from '../../database/index.ts';
import { newId } from '../../foundation/index.ts';
import type { StoredInput } from '../../images/index.ts';
import type { ImageStore } from '../../storage/index.ts';
import type { PictureFacts } from '../items/item.ts';
import { findMaker } from '../state/picture-queries.ts';

export type LoadParts = { readonly database: Pick<Database, 'sql'>; readonly store: ImageStore };

/** A stored picture as an input of a job, with what its maker wants back. It gets an id of its own: each job has its rows. */
export async function loadPicture(
  parts: LoadParts,
  picture: PictureFacts,
  projectId: string,
): Promise<StoredInput> {
  const { store } = parts;
  const facts = await store.inspect(picture.hash);
  const maker = await findMaker(parts.database, projectId, picture.imageId);
  return {
    id: newId('img'),
    param: 'image',
    hash: picture.hash,
    mediaType: picture.mediaType,
    byteCount: picture.byteCount,
    width: picture.width,
    height: picture.height,
    hasAlpha: facts?.hasAlpha ?? false,
    animated: (facts?.frames ?? 1) > 1,
    open: () => store.read(picture.hash),
    ...(maker.replay === null ? {} : { replay: maker.replay }),
    ...(maker.original === null ? {} : { original: toOriginal(maker.original, store) }),
  };
}

function toOriginal(
  original: { readonly hash: string; readonly mediaType: string; readonly byteCount: number },
  store: ImageStore,
): NonNullable<StoredInput['original']> {
  return {
    mediaType: original.mediaType,
    byteCount: original.byteCount,
    open: () => store.read(original.hash),
  };
}
