import { useMutation } from '@tanstack/react-query';
import { usePictor } from '../common/pictor-context.ts';
import type { DraftPicture } from './turn-draft.ts';

/** A week: a draft may lie for a while, and what was sent is kept anyway. */
const lifetimeSeconds = 7 * 86_400;

export const pictureTypes = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'] as const;

/** Uploads pictures that go beside the words of a turn. Files that are no pictures are told as an error. */
export function useAttach(onAttached: (pictures: readonly DraftPicture[]) => void) {
  const pictor = usePictor();
  return useMutation({
    mutationFn: async (files: readonly File[]): Promise<readonly DraftPicture[]> => {
      const wrong = files.find(({ type }) => !pictureTypes.some((known) => known === type));
      if (wrong !== undefined) {
        throw new Error(`“${wrong.name.slice(0, 80)}” is no PNG, JPEG, WebP or GIF picture.`);
      }
      return await Promise.all(
        files.map(async (file) => {
          const { id } = await pictor.files.upload(file, { lifetimeSeconds });
          return { id, name: file.name };
        }),
      );
    },
    onSuccess: onAttached,
  });
}

/** Where a picture of a draft can be seen. */
export function pictureAddress(id: string): string {
  return id.startsWith('img_') ? `/images/${id}/thumbnail` : `/v1/files/${encodeURIComponent(id)}/content`;
}
