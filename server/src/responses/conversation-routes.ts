import { createConversationBody, createItemsBody, updateConversationBody } from '@pictor/api';
import type { z } from 'zod';
import { type Access, type Caller, needs, requireCaller } from '../access/index.ts';
import type { Files } from '../files/index.ts';
import { newId, PictorError } from '../foundation/index.ts';
import type { HttpRequest, HttpServer } from '../http/index.ts';
import { toParameterError } from '../http/index.ts';
import type { ImageStore } from '../storage/index.ts';
import { dressItem } from './items/dress-item.ts';
import { toSeconds } from './items/dress-response.ts';
import { isWire, type Wire } from './items/item.ts';
import { addOverviewRoutes } from './overview/overview-routes.ts';
import type { State } from './state/open-state.ts';
import type { Conversation } from './state/response-record.ts';
import { readBody } from './wire/read-body.ts';
import { readInclude } from './wire/read-create.ts';
import { readInput } from './wire/read-input.ts';
import { pageOf, type Query, readIncludes } from './wire/read-page.ts';
import type { InputReader } from './wire/read-part.ts';
import { sendTree, toList } from './wire/send-tree.ts';

export type ConversationParts = {
  readonly access: Access;
  readonly state: State;
  readonly store: ImageStore;
  readonly files: Pick<Files, 'holdBytes'>;
  readonly readerOf: (caller: Caller) => InputReader;
};

type ById = { Params: { id: string }; Querystring: Query };
type ByItem = { Params: { id: string; item_id: string }; Querystring: Query };

/** OpenAI's Conversations API, as far as responses need it. Everything is scoped to the caller's project. */
export function addConversationRoutes(server: HttpServer, parts: ConversationParts): void {
  const { state, store } = parts;
  addOverviewRoutes(server, parts);

  server.post('/v1/conversations', needs('generate'), async (request) => {
    const caller = await requireCaller(parts.access, request);
    const body = parse(createConversationBody, request.body ?? {});
    const conversation: Conversation = {
      id: newId('conv'),
      projectId: caller.projectId,
      metadata: body.metadata ?? {},
      createdAt: new Date(),
    };
    await parts.files.holdBytes(async () => {
      const { items, brought } = await readInput(parts.readerOf(caller), body.items ?? [], 'items');
      await state.openConversation(conversation, items.map(asInput), brought);
    });
    return toObject(conversation);
  });

  server.get<ById>('/v1/conversations/:id', needs('read'), async (request) =>
    toObject(await findOwn(parts, request)),
  );

  server.post<ById>('/v1/conversations/:id', needs('generate'), async (request) => {
    const conversation = await findOwn(parts, request);
    const { metadata } = parse(updateConversationBody, request.body ?? {});
    // Null empties it; a body without it changes nothing.
    const isEmptied = isWire(request.body) && request.body.metadata === null;
    const changed = metadata ?? (isEmptied ? {} : conversation.metadata);
    await state.updateConversation(conversation.id, changed);
    return toObject({ ...conversation, metadata: changed });
  });

  server.delete<ById>('/v1/conversations/:id', needs('manage', 'generate'), async (request) => {
    const { projectId } = await requireCaller(parts.access, request);
    const { id } = request.params;
    if (!(await state.removeConversation(projectId, id))) throw missing('conversation');
    return { id, object: 'conversation.deleted', deleted: true };
  });

  server.get<ById>('/v1/conversations/:id/items', needs('read'), async (request, reply) => {
    const conversation = await findOwn(parts, request);
    const includes = readInclude(readIncludes(request.query), 'include');
    const items = await state.itemsOf(conversation.projectId, conversation.id);
    return sendTree(reply, store, toList(pageOf(items, request.query), includes));
  });

  server.post<ById>('/v1/conversations/:id/items', needs('generate'), async (request, reply) => {
    const caller = await requireCaller(parts.access, request);
    const conversation = await findOwn(parts, request);
    const includes = readInclude(readIncludes(request.query), 'include');
    const body = parse(createItemsBody, request.body);
    const items = await parts.files.holdBytes(async () => {
      const read = await readInput(parts.readerOf(caller), body.items, 'items');
      await state.append(conversation, read.items.map(asInput), read.brought);
      return read.items;
    });
    return sendTree(reply, store, toList({ data: items, hasMore: false }, includes));
  });

  server.get<ByItem>('/v1/conversations/:id/items/:item_id', needs('read'), async (request, reply) => {
    const conversation = await findOwn(parts, request);
    const includes = readInclude(readIncludes(request.query), 'include');
    const item = await state.findConversationItem(conversation, request.params.item_id);
    if (item === null) throw missing('item');
    const withInputPictures = includes.includes('message.input_image.image_url');
    return sendTree(reply, store, dressItem(item, { withInputPictures }));
  });

  server.delete<ByItem>(
    '/v1/conversations/:id/items/:item_id',
    needs('manage', 'generate'),
    async (request) => {
      const conversation = await findOwn(parts, request);
      if (!(await state.removeConversationItem(conversation, request.params.item_id))) throw missing('item');
      return toObject(conversation);
    },
  );
}

async function findOwn(
  parts: ConversationParts,
  request: HttpRequest<ById> | HttpRequest<ByItem>,
): Promise<Conversation> {
  const { projectId } = await requireCaller(parts.access, request);
  const conversation = await parts.state.findConversation(projectId, request.params.id);
  if (conversation === null) throw missing('conversation');
  return conversation;
}

function parse<S extends z.ZodType>(schema: S, body: unknown): z.infer<S> {
  const parsed = schema.safeParse(readBody(body));
  if (parsed.success) return parsed.data;
  throw toParameterError(parsed.error.issues[0], '');
}

function asInput<T>(item: T) {
  return { role: 'input' as const, item };
}

function toObject(conversation: Conversation): Wire {
  return {
    id: conversation.id,
    object: 'conversation',
    created_at: toSeconds(conversation.createdAt),
    metadata: conversation.metadata,
  };
}

function missing(what: 'conversation' | 'item'): PictorError {
  return new PictorError({
    code: 'not_found',
    message: `There is no ${what} with this id in your project. It may have been deleted.`,
    param: 'id',
  });
}
