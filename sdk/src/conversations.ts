import {
  type Conversation,
  type ConversationPage,
  conversation,
  conversationDeletion,
  conversationPage,
  type ItemList,
  itemList,
  type ResponseItem,
  responseItem,
  type TurnPage,
  turnPage,
} from '@pictor/api';
import type { ItemPage } from './responses.ts';
import { type CallOptions, sendCall, type Transport } from './send-call.ts';
import { toQuery } from './to-query.ts';

/** An item to be put into a conversation; a picture that was made here needs its id only. */
export type NewItem = Readonly<Record<string, unknown>>;

/** What is noted with a conversation: 16 pairs at most. `title` is what lists show. */
type Metadata = Readonly<Record<string, string>>;

export type ConversationSearch = {
  /** A part of what was said, drawn or noted, in any case. */
  readonly q?: string | undefined;
  /** How many at most, 1 to 100. Default: 30. */
  readonly limit?: number | undefined;
  /** `next_cursor` of the page before. */
  readonly cursor?: string | undefined;
};

/** The items of a conversation, in OpenAI's shapes, pictures in full. */
export type ConversationItems = {
  readonly list: (id: string, page?: ItemPage, options?: CallOptions) => Promise<ItemList>;
  /** Adds items at the end, 20 at most. */
  readonly add: (id: string, items: readonly NewItem[], options?: CallOptions) => Promise<ItemList>;
  readonly get: (id: string, itemId: string, options?: CallOptions) => Promise<ResponseItem>;
  /** Takes an item out. Its pictures stay. */
  readonly delete: (id: string, itemId: string, options?: CallOptions) => Promise<void>;
};

/** Conversations: OpenAI's, and beside them what a person needs to find and read one. `not_found` where there is none. */
export type Conversations = {
  readonly create: (
    body?: { readonly items?: readonly NewItem[]; readonly metadata?: Metadata },
    options?: CallOptions,
  ) => Promise<Conversation>;
  readonly get: (id: string, options?: CallOptions) => Promise<Conversation>;
  /** Replaces what is noted with it. */
  readonly update: (id: string, metadata: Metadata, options?: CallOptions) => Promise<Conversation>;
  /** Deletes it with its items. Responses and pictures stay. */
  readonly delete: (id: string, options?: CallOptions) => Promise<void>;
  /** One page, the one that changed last first; `next_cursor` leads to the next one. */
  readonly list: (search?: ConversationSearch, options?: CallOptions) => Promise<ConversationPage>;
  /**
   * What was asked and answered, without bytes: the newest turns, 50 by default, oldest first. `before`: the `first_id`
   * of a page. Turns that run, failed or were cancelled are among them.
   */
  readonly turns: (
    id: string,
    page?: { readonly limit?: number | undefined; readonly before?: string | undefined },
    options?: CallOptions,
  ) => Promise<TurnPage>;
  readonly items: ConversationItems;
};

const wire = '/v1/conversations';
const own = '/api/conversations';

/** The conversations noun over one transport. */
export function conversationsOver(transport: Transport): Conversations {
  const one = (id: string, base = wire) => `${base}/${encodeURIComponent(id)}`;
  return {
    create: (body = {}, options) =>
      sendCall(transport, { ...options, method: 'POST', path: wire, body }, conversation),
    get: (id, options) => sendCall(transport, { ...options, method: 'GET', path: one(id) }, conversation),
    update: (id, metadata, options) =>
      sendCall(transport, { ...options, method: 'POST', path: one(id), body: { metadata } }, conversation),
    delete: async (id, options) => {
      await sendCall(transport, { ...options, method: 'DELETE', path: one(id) }, conversationDeletion);
    },
    list: (search = {}, options) =>
      sendCall(transport, { ...options, method: 'GET', path: `${own}${toQuery(search)}` }, conversationPage),
    turns: (id, page = {}, options) =>
      sendCall(
        transport,
        { ...options, method: 'GET', path: `${one(id, own)}/turns${toQuery(page)}` },
        turnPage,
      ),
    items: itemsOver(transport, (id) => `${one(id)}/items`),
  };
}

function itemsOver(transport: Transport, all: (id: string) => string): ConversationItems {
  const one = (id: string, itemId: string) => `${all(id)}/${encodeURIComponent(itemId)}`;
  return {
    list: (id, page = {}, options) =>
      sendCall(transport, { ...options, method: 'GET', path: `${all(id)}${toQuery(page)}` }, itemList),
    add: (id, items, options) =>
      sendCall(transport, { ...options, method: 'POST', path: all(id), body: { items } }, itemList),
    get: (id, itemId, options) =>
      sendCall(transport, { ...options, method: 'GET', path: one(id, itemId) }, responseItem),
    delete: async (id, itemId, options) => {
      await sendCall(transport, { ...options, method: 'DELETE', path: one(id, itemId) }, conversation);
    },
  };
}
