import { conversationQuery, turnQuery } from '@pictor/api';
import { type Access, needs, requireCaller } from '../../access/index.ts';
import { PictorError } from '../../foundation/index.ts';
import { type HttpServer, readParameters } from '../../http/index.ts';
import { readCursor, writeCursor } from '../../requests/index.ts';
import type { State } from '../state/open-state.ts';
import { toTurns } from './to-turns.ts';
import { toConversationView, toTurnView, turnId } from './to-views.ts';

export type OverviewParts = { readonly access: Access; readonly state: State };

type WithQuery = { Querystring: Record<string, unknown> };
type ById = WithQuery & { Params: { id: string } };

const order = { sort: 'conversations', order: 'desc' } as const;

/** What OpenAI's wire does not have: conversations as a list, and their turns without bytes. */
export function addOverviewRoutes(server: HttpServer, { access, state }: OverviewParts): void {
  server.get<WithQuery>('/api/conversations', needs('read'), async (request, reply) => {
    const { projectId } = await requireCaller(access, request);
    const { q, limit = 30, cursor } = readParameters(conversationQuery, request.query);
    const place = cursor === undefined ? null : readCursor(cursor, order);
    const rows = await state.listConversations(projectId, { q, limit: limit + 1, place });
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    const pictures = await state.picturesOf(
      projectId,
      shown.flatMap((row) => row.pictures.flat()),
    );
    const until = new Date().toISOString();
    return reply.header('cache-control', 'no-store').send({
      object: 'list',
      data: shown.map((row) => toConversationView(row, pictures)),
      has_more: last !== undefined,
      next_cursor:
        last === undefined ? null : writeCursor({ ...order, value: last.place, id: last.id, until }),
    });
  });

  server.get<ById>('/api/conversations/:id/turns', needs('read'), async (request, reply) => {
    const { projectId } = await requireCaller(access, request);
    const { limit = 50, before } = readParameters(turnQuery, request.query);
    const conversation = await state.findConversation(projectId, request.params.id);
    if (conversation === null) throw missing();
    const turns = toTurns(await state.turnRowsOf(conversation));
    const end = before === undefined ? turns.length : turns.findIndex((turn) => turnId(turn) === before);
    if (end < 0) throw unknownPlace();
    const shown = turns.slice(Math.max(0, end - limit), end);
    const pictures = await state.picturesOf(
      projectId,
      shown.flatMap(({ input, output }) => [...input, ...output].flatMap((item) => item.pictures)),
    );
    const data = shown.map((turn) => toTurnView(turn, pictures));
    return reply
      .header('cache-control', 'no-store')
      .send({ object: 'list', data, has_more: end > limit, first_id: data[0]?.id ?? null });
  });
}

function missing(): PictorError {
  return new PictorError({
    code: 'not_found',
    message: 'There is no conversation with this id in your project. It may have been deleted.',
    param: 'id',
  });
}

function unknownPlace(): PictorError {
  return new PictorError({
    code: 'invalid_value',
    message: 'The cursor before must be the first_id of a page of these turns.',
    param: 'before',
  });
}
