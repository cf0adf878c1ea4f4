import {
  type GalleryImage,
  type GalleryPage,
  galleryImage,
  galleryPage,
  type ImageDeletion,
  type ImageFamily,
  type ImageSearchBody,
  type ImageTagBody,
  type ImageZipBody,
  imageDeletion,
  imageFamily,
} from '@pictor/api';
import { type CallOptions, sendCall, sendOpenCall, type Transport } from './send-call.ts';

/** The stored images of the project. `not_found` where it has none with an id. */
export type Gallery = {
  /** One page of what fits words, tags and filters, newest first; `next_cursor` leads to the next one. */
  readonly search: (body?: ImageSearchBody, options?: CallOptions) => Promise<GalleryPage>;
  readonly get: (id: string, options?: CallOptions) => Promise<GalleryImage>;
  /** The bytes as they are stored, as a stream. */
  readonly download: (id: string, options?: CallOptions) => Promise<ReadableStream<Uint8Array>>;
  /** Many images as one zip, as a stream: by id, or all that are found. */
  readonly zip: (body: ImageZipBody, options?: CallOptions) => Promise<ReadableStream<Uint8Array>>;
  /** Adds tags to images and takes others away. */
  readonly tag: (body: ImageTagBody, options?: CallOptions) => Promise<readonly GalleryImage[]>;
  /** What would go with images, and what refers to them. Nothing is touched. */
  readonly previewDeletion: (ids: readonly string[], options?: CallOptions) => Promise<ImageDeletion>;
  /** Deletes images; bytes that something else needs stay. */
  readonly delete: (ids: readonly string[], options?: CallOptions) => Promise<ImageDeletion>;
  /** The requests that led to an image and those that it led to, `depth` steps away (1 to 10). Default: 4. */
  readonly family: (id: string, depth?: number, options?: CallOptions) => Promise<ImageFamily>;
};

const path = '/api/images';

/** The gallery noun over one transport. */
export function galleryOver(transport: Transport): Gallery {
  const one = (id: string) => `${path}/${encodeURIComponent(id)}`;
  const stream = async (method: 'GET' | 'POST', from: string, body: unknown, options?: CallOptions) => {
    const accept = { accept: '*/*' };
    const call = { ...options, method, path: from, headers: accept, ...(body === undefined ? {} : { body }) };
    return (await sendOpenCall(transport, call)).body ?? new ReadableStream<Uint8Array>();
  };
  const remove = (ids: readonly string[], confirm: boolean, options?: CallOptions) =>
    sendCall(
      transport,
      { ...options, method: 'POST', path: `${path}/delete`, body: { ids, confirm } },
      imageDeletion,
    );
  return {
    search: (body = {}, options) =>
      sendCall(transport, { ...options, method: 'POST', path: `${path}/search`, body }, galleryPage),
    get: (id, options) => sendCall(transport, { ...options, method: 'GET', path: one(id) }, galleryImage),
    download: (id, options) => stream('GET', `/images/${encodeURIComponent(id)}`, undefined, options),
    zip: (body, options) => stream('POST', `${path}/zip`, body, options),
    tag: async (body, options) =>
      (
        await sendCall(
          transport,
          { ...options, method: 'POST', path: `${path}/tag`, body },
          galleryPage.pick({ data: true }),
        )
      ).data,
    previewDeletion: (ids, options) => remove(ids, false, options),
    delete: (ids, options) => remove(ids, true, options),
    family: (id, depth = 4, options) =>
      sendCall(
        transport,
        { ...options, method: 'GET', path: `${one(id)}/family?depth=${depth}` },
        imageFamily,
      ),
  };
}
