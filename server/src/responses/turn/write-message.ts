import type { Replay } from '../../models/index.ts';
import type { OpenMessage } from '../directors/director.ts';
import type { Item, Wire } from '../items/item.ts';
import type { Events } from './open-events.ts';

/** How an item begins and ends: with events, and a row. */
export type ItemWriter = {
  /** Tells that an item begins; gives its place in the output. */
  readonly begin: (item: Item) => number;
  /** Keeps what became of it, and tells that. */
  readonly finish: (index: number, item: Item) => Promise<void>;
  readonly events: Events;
};

/** A message, in the documented order: every part is opened, written piece by piece, and closed. */
export function writeMessage(id: string, { begin, finish, events }: ItemWriter): OpenMessage {
  const index = begin(messageItem(id, 'in_progress', []));
  const parts: { kind: 'text' | 'refusal'; text: string }[] = [];
  let replay: Replay | undefined;
  const open = (kind: 'text' | 'refusal'): { kind: 'text' | 'refusal'; text: string } => {
    const last = parts.at(-1);
    if (last !== undefined && last.kind === kind) return last;
    if (last !== undefined) closePart(parts.length - 1);
    const part = { kind, text: '' };
    parts.push(part);
    const place = { item_id: id, output_index: index, content_index: parts.length - 1 };
    events.tell({ type: 'response.content_part.added', fields: { ...place, part: toPart(part) } });
    return part;
  };
  const closePart = (at: number): void => {
    const part = parts[at];
    if (part === undefined) return;
    const place = { item_id: id, output_index: index, content_index: at };
    events.tell(
      part.kind === 'text'
        ? { type: 'response.output_text.done', fields: { ...place, text: part.text, logprobs: [] } }
        : { type: 'response.refusal.done', fields: { ...place, refusal: part.text } },
    );
    events.tell({ type: 'response.content_part.done', fields: { ...place, part: toPart(part) } });
  };
  const add = (kind: 'text' | 'refusal', text: string): void => {
    const part = open(kind);
    part.text += text;
    const place = { item_id: id, output_index: index, content_index: parts.length - 1 };
    events.tell(
      kind === 'text'
        ? { type: 'response.output_text.delta', fields: { ...place, delta: text, logprobs: [] } }
        : { type: 'response.refusal.delta', fields: { ...place, delta: text } },
    );
  };
  return {
    add: (text, told) => {
      replay ??= told;
      add('text', text);
    },
    refuse: (text) => add('refusal', text),
    close: async () => {
      if (parts.length === 0) open('text');
      closePart(parts.length - 1);
      const plain = messageItem(id, 'completed', parts.map(toPart));
      const item = replay === undefined ? plain : { ...plain, replay };
      await finish(index, item);
      return item;
    },
  };
}

function toPart(part: { readonly kind: 'text' | 'refusal'; readonly text: string }): Wire {
  return part.kind === 'text'
    ? { type: 'output_text', annotations: [], logprobs: [], text: part.text }
    : { type: 'refusal', refusal: part.text };
}

function messageItem(id: string, status: string, content: readonly Wire[]): Item {
  return {
    id,
    type: 'message',
    pictures: [],
    wire: { id, type: 'message', status, role: 'assistant', content },
  };
}
