import type { Item } from '../items/item.ts';
import type { TimedItem, TurnRows } from '../state/conversation-list-queries.ts';
import type { ResponseRecord } from '../state/response-record.ts';

/** What was asked, and what was answered. */
export type Turn = {
  /** Null: nobody answered, or it is deleted. */
  readonly record: ResponseRecord | null;
  readonly input: readonly Item[];
  readonly output: readonly Item[];
  readonly createdAt: Date;
};

/** The turns of a conversation, oldest first, with those that run, failed or were cancelled in their places. */
export function toTurns(rows: TurnRows): readonly Turn[] {
  const turns = groups(rows.items).map((group) => toTurn(group, rows.origins));
  const there = new Set(turns.map((turn) => turn.record?.id));
  for (const record of rows.apart) {
    // It ended between two looks: what it made is in the conversation already.
    if (there.has(record.id)) continue;
    const own = rows.apartItems.filter(({ ownerId }) => ownerId === record.id).map(({ item }) => item);
    const turn = {
      record,
      input: own.filter((item) => !isAnswer(item)),
      output: own.filter(isAnswer),
      createdAt: record.createdAt,
    };
    const next = turns.findIndex(
      ({ record: other }) =>
        other?.conversationId === rows.conversationId && other.createdAt > record.createdAt,
    );
    turns.splice(next < 0 ? turns.length : next, 0, turn);
  }
  return turns;
}

/** A turn begins where somebody speaks after an answer. */
function groups(items: readonly TimedItem[]): readonly (readonly TimedItem[])[] {
  const all: TimedItem[][] = [];
  let isAnswered = true;
  for (const each of items) {
    const isQuestion = !isAnswer(each.item);
    const last = all.at(-1);
    if (last === undefined || (isQuestion && isAnswered)) all.push([each]);
    else last.push(each);
    isAnswered = !isQuestion;
  }
  return all;
}

function toTurn(group: readonly TimedItem[], origins: ReadonlyMap<string, ResponseRecord>): Turn {
  const items = group.map(({ item }) => item);
  const answers = items.filter(isAnswer);
  const record = answers.map((item) => origins.get(item.id)).findLast((origin) => origin !== undefined);
  // A picture of an earlier turn that was named in this one was put in.
  const isOutput = (item: Item): boolean =>
    isAnswer(item) && (record === undefined || origins.get(item.id)?.id === record.id);
  return {
    record: record ?? null,
    input: items.filter((item) => !isOutput(item)),
    output: items.filter(isOutput),
    createdAt: record?.createdAt ?? group[0]?.createdAt ?? new Date(),
  };
}

function isAnswer(item: Item): boolean {
  switch (item.type) {
    case 'message':
      return item.wire.role === 'assistant';
    case 'function_call_output':
    case 'custom_tool_call_output':
      return false;
    default:
      return true;
  }
}
