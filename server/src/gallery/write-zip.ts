import type { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { ImageStore } from '../storage/index.ts';
import type { ImageRow } from './queries.ts';
import { toImageView } from './to-views.ts';

/**
 * A zip of images with a list of what they are. Bytes are read from the store one file after the other, as fast as
 * they are taken; they are stored as they are, since pictures do not shrink. Those that are gone are only listed.
 */
export async function writeZip(
  store: Pick<ImageStore, 'read' | 'size'>,
  images: readonly ImageRow[],
): Promise<Readable> {
  const zip = new ZipFile();
  // The types say less than it is: a stream of Node's own.
  const output = zip.outputStream as Readable;
  let open: Readable | undefined;
  const listed = [];
  for (const image of images) {
    const size = await store.size(image.hash);
    const file = size === null ? null : nameOf(image);
    listed.push({ file, ...toImageView(image) });
    if (size === null || file === null) continue;
    zip.addReadStreamLazy(file, { mtime: image.created_at, size, compress: false }, (take) => {
      open = store.read(image.hash);
      take(null, open);
    });
  }
  zip.addBuffer(Buffer.from(`${JSON.stringify({ images: listed }, null, 2)}\n`), 'images.json');
  zip.on('error', (error) => output.destroy(error instanceof Error ? error : new Error(String(error))));
  output.on('close', () => open?.destroy());
  zip.end();
  return output;
}

const longestSlug = 40;

/** `2026-11-21-an-otter-with-a-red-cap-img_….png`: sorted by time, and no two alike. */
function nameOf(image: ImageRow): string {
  const slug = (image.prompt ?? '')
    .slice(0, 200)
    .normalize('NFKD')
    .replace(/[^a-zA-Z0-9]+/g, '-')
    .slice(0, longestSlug)
    .replace(/^-+|-+$/g, '')
    .toLowerCase();
  const ending = image.media_type
    .replace(/^image\//, '')
    .replace(/\+xml$/, '')
    .replace(/[^a-z0-9]/g, '');
  const day = image.created_at.toISOString().slice(0, 10);
  return `${[day, ...(slug === '' ? [] : [slug]), image.id].join('-')}.${ending}`;
}
