import { askDatabase, type Database, type GroupWriter, type Transaction } from '../../database/index.ts';
import { type BookedAttempt, bookTurn } from '../../ledger/index.ts';
import type { PlacedMainline } from '../../models/index.ts';
import type { Item } from '../items/item.ts';
import type { TurnEvent } from '../turn/turn-event.ts';
import {
  appendItems,
  deleteConversation,
  deleteConversationItem,
  findConversation,
  findConversationItem,
  insertConversation,
  updateConversation,
} from './conversation-queries.ts';
import { openOverview } from './open-overview.ts';
import {
  deleteResponse,
  findByKey,
  findItem,
  findOutput,
  findResponse,
  itemsOf,
  itemsOfChain,
  markInterrupted,
  writeEnding,
  writeItems,
  writeOpening,
  writePictures,
} from './queries.ts';
import type {
  BroughtPicture,
  Conversation,
  ItemRole,
  OwnedItem,
  ResponseEnding,
  ResponseRecord,
} from './response-record.ts';

export type StateParts = {
  readonly database: Pick<Database, 'sql'>;
  readonly writer: GroupWriter;
  /** Who is paid for deciding under a name; null: nobody. */
  readonly mainlineOf: (model: string) => Pick<PlacedMainline, 'row' | 'provider' | 'engine'> | null;
};

type NewItem = { readonly role: ItemRole; readonly item: Item };

/** Responses, conversations and their items as rows. Everything throws `database_unavailable` while the database is. */
export type State = Awaited<ReturnType<typeof openState>>;

const interrupted = {
  code: 'server_error',
  message:
    'Pictor was stopped while this response was made. Pictures that were finished are among the requests.',
};

/** Opens the room's rows; what the last process left running is closed as failed, and booked at an unknown cost. */
export async function openState({ database, writer, mainlineOf }: StateParts) {
  await database.sql.transaction().execute(async (transaction) => {
    for (const left of await markInterrupted(transaction, interrupted)) {
      const placed = mainlineOf(left.model);
      if (placed === null || placed.engine !== left.director) continue;
      const { id: responseId, projectId, keyId, createdAt } = left;
      await bookTurn(transaction, {
        responseId,
        projectId,
        keyId,
        promptName: left.savedPrompt?.name ?? null,
        tags: [],
        attempt: toInterruptedAttempt(placed, createdAt),
      });
    }
  });
  const write = async <T>(work: (transaction: Transaction) => Promise<T>): Promise<T> => {
    const results: T[] = [];
    await askDatabase(
      writer.write(async (transaction) => {
        results.splice(0, results.length, await work(transaction));
      }),
    );
    const [result] = results;
    return result as T;
  };
  return {
    ...openOverview(database),
    /** False: its idempotency key was used before. Resolves when it is committed. */
    open: (record: ResponseRecord, inputs: readonly OwnedItem[], brought: readonly BroughtPicture[]) =>
      write((transaction) => writeOpening(transaction, record, inputs, brought)),
    /** Rows for pictures of a request that keeps no response. */
    keepPictures: (projectId: string, brought: readonly BroughtPicture[]) =>
      write((transaction) => writePictures(transaction, projectId, brought)),
    addItem: (record: ResponseRecord, item: OwnedItem) =>
      write((transaction) => writeItems(transaction, record.id, record.projectId, [item])),
    /** The ending, and the conversation that grew by it, in one transaction. */
    close: (
      record: ResponseRecord,
      ending: ResponseEnding,
      kept: {
        readonly events: readonly TurnEvent[];
        readonly outputs: readonly OwnedItem[];
        readonly grown: readonly NewItem[];
        readonly isStored: boolean;
        /** True: nothing was paid, and another try makes sense. */
        readonly releasesKey: boolean;
        /** What deciding cost; null: nothing. */
        readonly booked: BookedAttempt | null;
        readonly tags: readonly string[];
      },
    ) =>
      write(async (transaction) => {
        if (kept.isStored) {
          await writeItems(transaction, record.id, record.projectId, kept.outputs);
          await writeEnding(transaction, record.id, ending, kept);
        }
        if (kept.booked !== null) {
          const { id: responseId, projectId, keyId } = record;
          const promptName = record.savedPrompt?.name ?? null;
          const { tags, booked: attempt } = kept;
          await bookTurn(transaction, { responseId, projectId, keyId, promptName, tags, attempt });
        }
        if (record.conversationId !== null) {
          const conversation = { id: record.conversationId, projectId: record.projectId };
          await appendItems(transaction, conversation, kept.grown);
        }
      }),
    find: (projectId: string, id: string) => askDatabase(findResponse(database, projectId, id)),
    findByKey: (projectId: string, key: string) => askDatabase(findByKey(database, projectId, key)),
    itemsOf: (projectId: string, ownerId: string, role?: ItemRole) =>
      askDatabase(itemsOf(database, projectId, ownerId, role)),
    itemsOfChain: (projectId: string, id: string) => askDatabase(itemsOfChain(database, projectId, id)),
    findItem: (projectId: string, id: string) => askDatabase(findItem(database, projectId, id)),
    findOutput: (projectId: string, requestId: string) =>
      askDatabase(findOutput(database, projectId, requestId)),
    remove: (projectId: string, id: string) =>
      write((transaction) => deleteResponse(transaction, projectId, id)),
    openConversation: (
      conversation: Conversation,
      items: readonly NewItem[],
      brought: readonly BroughtPicture[],
    ) =>
      write(async (transaction) => {
        await insertConversation(transaction, conversation);
        await appendItems(transaction, conversation, items);
        await writePictures(transaction, conversation.projectId, brought);
      }),
    findConversation: (projectId: string, id: string) =>
      askDatabase(findConversation(database, projectId, id)),
    updateConversation: (id: string, metadata: Conversation['metadata']) =>
      askDatabase(updateConversation(database, id, metadata)),
    removeConversation: (projectId: string, id: string) =>
      write((transaction) => deleteConversation(transaction, projectId, id)),
    append: (conversation: Conversation, items: readonly NewItem[], brought: readonly BroughtPicture[]) =>
      write(async (transaction) => {
        await appendItems(transaction, conversation, items);
        await writePictures(transaction, conversation.projectId, brought);
      }),
    findConversationItem: (conversation: Conversation, itemId: string) =>
      askDatabase(findConversationItem(database, conversation, itemId)),
    removeConversationItem: (conversation: Conversation, itemId: string) =>
      askDatabase(deleteConversationItem(database, conversation, itemId)),
  };
}

/** Nobody knows how far the text model came. */
function toInterruptedAttempt(
  { row, provider, engine }: Pick<PlacedMainline, 'row' | 'provider' | 'engine'>,
  startedAt: Date,
): BookedAttempt {
  return {
    number: 1,
    kind: 'mainline',
    provider,
    engine,
    modelId: row.id,
    startedAt,
    error: null,
    charged: 'maybe',
    upstreamRequestId: null,
    usage: null,
    partialImages: 0,
    billedImages: [],
    standIn: false,
    costNanoUsd: null,
    listCostNanoUsd: null,
    priceRow: null,
  };
}
