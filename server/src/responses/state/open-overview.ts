import { askDatabase } from '../../database/index.ts';
import type { PictureFacts } from '../items/item.ts';
import { readTurnRows, selectConversations, selectPictures } from './conversation-list-queries.ts';
import type { Reader } from './queries.ts';
import type { Conversation } from './response-record.ts';

/** Conversations as they are listed and read. Everything throws `database_unavailable` while the database is. */
export function openOverview(reader: Reader) {
  return {
    listConversations: (projectId: string, page: Parameters<typeof selectConversations>[2]) =>
      askDatabase(selectConversations(reader, projectId, page)),
    /** What the turns of a conversation are made from. */
    turnRowsOf: (conversation: Conversation) => askDatabase(readTurnRows(reader, conversation)),
    /** By id, as far as they are still there. */
    picturesOf: (projectId: string, pictures: readonly PictureFacts[]) => {
      const ids = new Set(pictures.map(({ imageId }) => imageId));
      return askDatabase(selectPictures(reader, projectId, [...ids]));
    },
  };
}
