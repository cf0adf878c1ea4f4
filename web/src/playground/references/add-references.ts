import type { GalleryImage, Pictor, RequestInput } from '@pictor/sdk';
import type { Reference } from '../draft.ts';

/** A picture that is only tried in the playground goes by itself after so long: a week. */
const lifetimeSeconds = 7 * 24 * 60 * 60;

/** Uploads pictures from this computer, so that a reload keeps them and they are sent once. */
export async function uploadReference(pictor: Pictor, file: Blob, name: string): Promise<Reference> {
  const size = await measure(file);
  const { id } = await pictor.files.upload(file, { filename: name, lifetimeSeconds });
  const url = fileUrl(id);
  return { id, url, thumbnailUrl: url, name, ...size };
}

/** Uploads a mask. It goes with the first reference. */
export async function uploadMask(
  pictor: Pictor,
  mask: Blob,
): Promise<{ readonly id: string; readonly url: string }> {
  const { id } = await pictor.files.upload(mask, { filename: 'mask.png', lifetimeSeconds });
  return { id, url: fileUrl(id) };
}

/** A stored image as it is: nothing is uploaded. */
export function storedReference(
  image: Pick<GalleryImage | RequestInput, 'id' | 'url' | 'thumbnail_url' | 'width' | 'height'>,
  name: string,
): Reference {
  const { id, url, thumbnail_url: thumbnailUrl, width, height } = image;
  return { id, url, thumbnailUrl, name, width, height };
}

/** A picture by its id: of a stored image, or of a file. */
export async function findReference(pictor: Pictor, id: string, signal: AbortSignal): Promise<Reference> {
  if (id.startsWith('img_')) return storedReference(await pictor.gallery.get(id, { signal }), id);
  const picture = new Image();
  picture.src = fileUrl(id);
  await picture.decode().catch(() => {
    throw new Error('A picture that went in is gone: the file has expired or was deleted.');
  });
  const { naturalWidth: width, naturalHeight: height, src: url } = picture;
  return { id, url, thumbnailUrl: url, name: id, width, height };
}

/** The pictures among what was dropped or pasted. */
export function picturesOf(transfer: DataTransfer | null): readonly File[] {
  return [...(transfer?.files ?? [])].filter(({ type }) => type.startsWith('image/'));
}

function fileUrl(id: string): string {
  return `/v1/files/${encodeURIComponent(id)}/content`;
}

async function measure(file: Blob): Promise<{ readonly width: number; readonly height: number }> {
  try {
    const bitmap = await createImageBitmap(file);
    const { width, height } = bitmap;
    bitmap.close();
    return { width, height };
  } catch {
    throw new Error('This file is no picture that the browser can read.');
  }
}
