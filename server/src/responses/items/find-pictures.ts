import type { Item, PictureFacts } from './item.ts';

/** Pictures that belong together: those of one message, or the one of a call. */
export type PictureGroup = { readonly item: Item; readonly pictures: readonly PictureFacts[] };

/** Every item with pictures, oldest first. */
export function pictureGroups(context: readonly Item[]): readonly PictureGroup[] {
  return context
    .filter((item) => item.pictures.length > 0)
    .map((item) => ({ item, pictures: item.pictures }));
}

/** The pictures that came last: those of the newest message that has some, or the newest that was made. */
export function latestPictures(context: readonly Item[]): readonly PictureFacts[] {
  return pictureGroups(context).at(-1)?.pictures ?? [];
}
