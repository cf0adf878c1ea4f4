import type { Caller } from '../access/index.ts';
import type { Files } from '../files/index.ts';
import { PictorError } from '../foundation/index.ts';
import { decodeBase64, type ImageCalls } from '../images/index.ts';
import type { ImageStore } from '../storage/index.ts';
import type { Item } from './items/item.ts';
import type { State } from './state/open-state.ts';
import { notFound } from './wire/read-image-call.ts';
import type { InputReader } from './wire/read-part.ts';

export type ReaderParts = {
  readonly state: State;
  readonly images: ImageCalls;
  readonly files: Files;
  readonly store: ImageStore;
};

/** Documents as callers send them in JSON; larger ones go through the Files API. */
const maxDocumentBytes = 50 * 1024 * 1024;

/** Reads inputs of one caller's project: nothing of another project can be found. */
export function openReader(parts: ReaderParts, { projectId }: Pick<Caller, 'projectId'>): InputReader {
  const { state, images, files, store } = parts;
  return {
    resolve: (source) => images.resolve(source, projectId),
    findItem: async (id, param) => {
      const item = (await state.findItem(projectId, id)) ?? (await findMade(state, projectId, id));
      if (item === null) throw notFound(id, param);
      return item;
    },
    findImageCall: async (id) => {
      const item = await state.findItem(projectId, id);
      if (item?.type === 'image_generation_call') return item;
      return await findMade(state, projectId, id);
    },
    findFile: async (fileId, param) => {
      const file = await files.find(projectId, fileId);
      if (file !== null) return file;
      throw new PictorError({
        code: 'not_found',
        message: `There is no file '${fileId.slice(0, 60)}' in your project. It may have expired.`,
        param,
      });
    },
    keepFile: async (data, filename, param) => {
      const mediaType = /^data:([\w.+-]+\/[\w.+-]+)/.exec(data)?.[1] ?? 'application/octet-stream';
      const blob = await store.put(decodeBase64(data, param), { maxBytes: maxDocumentBytes });
      const facts = await store.inspect(blob.hash);
      const file = await files.add({
        ...blob,
        projectId,
        purpose: 'user_data',
        filename: filename.slice(0, 200),
        mediaType: facts?.mediaType ?? mediaType,
        lifetimeSeconds: null,
      });
      return file.id;
    },
  };
}

/** A call whose response was not stored, or is deleted: its picture is still there, by the digits of its request. */
async function findMade(state: State, projectId: string, id: string): Promise<Item | null> {
  if (!/^ig_[0-9a-f]{32}$/.test(id)) return null;
  const row = await state.findOutput(projectId, id.replace(/^ig_/, 'req_'));
  if (row === null) return null;
  return {
    id,
    type: 'image_generation_call',
    wire: {
      id,
      type: 'image_generation_call',
      status: 'completed',
      revised_prompt: row.revised_prompt,
      size: `${row.width}x${row.height}`,
    },
    pictures: [
      {
        at: 'result',
        imageId: row.id,
        hash: row.hash,
        mediaType: row.media_type,
        byteCount: row.byte_count,
        width: row.width,
        height: row.height,
      },
    ],
  };
}
