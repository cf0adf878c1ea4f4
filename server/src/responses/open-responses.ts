import type { Caller } from '../access/index.ts';
import type { Database, GroupWriter } from '../database/index.ts';
import type { Files } from '../files/index.ts';
import type { Log } from '../foundation/index.ts';
import type { ImageCalls } from '../images/index.ts';
import type { Limits } from '../limits/index.ts';
import type { ImageStore } from '../storage/index.ts';
import { type DirectorParts, openDirectors } from './directors/open-directors.ts';
import type { PictureFacts } from './items/item.ts';
import { openReader } from './open-reader.ts';
import { openState } from './state/open-state.ts';
import { loadPicture } from './turn/load-picture.ts';
import { openTurns } from './turn/open-turns.ts';

export type ResponsesParts = DirectorParts & {
  readonly database: Pick<Database, 'sql'>;
  readonly writer: GroupWriter;
  readonly store: ImageStore;
  readonly files: Files;
  readonly images: ImageCalls;
  readonly limits: Limits;
  readonly log: Log;
  /** Aborted when Pictor gives up what runs. */
  readonly signal: AbortSignal;
};

/** Opens the room: its rows, who decides, and what runs. */
export async function openResponses(parts: ResponsesParts) {
  const state = await openState({ ...parts, mainlineOf: parts.routing.mainline });
  const readerParts = { ...parts, state };
  return {
    ...parts,
    state,
    directors: openDirectors(parts),
    turns: openTurns(),
    readerOf: (caller: Caller) => openReader(readerParts, caller),
    load: (picture: PictureFacts, projectId: string) => loadPicture(parts, picture, projectId),
    park: async (chunks: AsyncIterable<Uint8Array>) => {
      const { hash } = await parts.store.put(chunks);
      return () => parts.store.read(hash);
    },
    loadFile: async (fileId: string, projectId: string) => {
      const file = await parts.files.find(projectId, fileId);
      return file === null ? null : { ...file, open: () => parts.store.read(file.hash) };
    },
  };
}
