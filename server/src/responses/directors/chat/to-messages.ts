import type { BodyPicture } from '../../../models/index.ts';
import { type Item, isWire, partsOf, pictureAt, textOf, type Wire } from '../../items/item.ts';
import type { Stage, Turn } from '../director.ts';
import { type Album, imageFunctionName } from './image-function.ts';

export type Message = { role: string; content: unknown; tool_calls?: unknown[]; tool_call_id?: string };

/** The conversation as chat messages. Pictures are numbered, and shown where the model sees them. */
export async function toMessages(
  turn: Turn,
  stage: Stage,
  album: Album,
  seesPictures: boolean,
): Promise<Message[]> {
  const messages: Message[] = [];
  if (turn.instructions !== null) messages.push({ role: 'system', content: turn.instructions });
  for (const item of turn.context) await addItem(messages, item, { stage, album, seesPictures });
  return messages;
}

export type Telling = { readonly stage: Stage; readonly album: Album; readonly seesPictures: boolean };

async function addItem(messages: Message[], item: Item, telling: Telling): Promise<void> {
  const { wire } = item;
  switch (item.type) {
    case 'message':
      messages.push(
        wire.role === 'assistant'
          ? { role: 'assistant', content: textOf(item) }
          : { role: roleOf(wire.role), content: await toContent(item, telling) },
      );
      return;
    case 'image_generation_call': {
      const picture = pictureAt(item, 'result');
      if (picture === undefined) return;
      const call = { prompt: wire.revised_prompt ?? '', action: wire.action ?? 'generate' };
      addCall(messages, `call_${item.id}`, imageFunctionName, JSON.stringify(call));
      const number = telling.album.add(picture);
      telling.album.newest = [picture];
      messages.push({ role: 'tool', tool_call_id: `call_${item.id}`, content: tellMade(number, item) });
      if (telling.seesPictures) messages.push(await showPicture(number, item, telling));
      return;
    }
    case 'function_call':
      addCall(messages, String(wire.call_id), String(wire.name), String(wire.arguments));
      return;
    case 'custom_tool_call':
      addCall(messages, String(wire.call_id), String(wire.name), JSON.stringify({ input: wire.input }));
      return;
    case 'function_call_output':
    case 'custom_tool_call_output': {
      const content = typeof wire.output === 'string' ? wire.output : textOf(item);
      messages.push({ role: 'tool', tool_call_id: String(wire.call_id), content });
      return;
    }
  }
}

function roleOf(role: unknown): string {
  return role === 'developer' || role === 'system' ? 'system' : 'user';
}

/** Calls that came together stand in one message, as the wire has it. */
export function addCall(messages: Message[], id: string, name: string, text: string): void {
  const call = { id, type: 'function', function: { name, arguments: text } };
  const last = messages.at(-1);
  if (last?.role === 'assistant') last.tool_calls = [...(last.tool_calls ?? []), call];
  else messages.push({ role: 'assistant', content: '', tool_calls: [call] });
}

async function toContent(item: Item, { stage, album, seesPictures }: Telling): Promise<unknown> {
  const parts: unknown[] = [];
  const numbers: number[] = [];
  for (const [index, part] of partsOf(item).entries()) {
    const picture = pictureAt(item, `content.${index}`);
    if (picture === undefined) {
      if (typeof part.text === 'string') parts.push({ type: 'text', text: part.text });
      continue;
    }
    numbers.push(album.add(picture));
    if (seesPictures) parts.push(toPart(await stage.load(picture), part.detail));
  }
  if (item.pictures.length > 0) album.newest = item.pictures;
  if (numbers.length > 0)
    parts.push({ type: 'text', text: `(Attached: picture ${numbers.join(', picture ')}.)` });
  const isPlain = parts.every((part) => isWire(part) && part.type === 'text');
  return isPlain ? parts.map((part) => (isWire(part) ? part.text : '')).join('\n') : parts;
}

function toPart(picture: BodyPicture['picture'], detail: unknown): Wire {
  const url: BodyPicture = { picture, as: 'url' };
  return {
    type: 'image_url',
    image_url: { url, ...(detail === 'low' || detail === 'high' ? { detail } : {}) },
  };
}

export function tellMade(number: number, item: Item): string {
  const { width, height } = pictureAt(item, 'result') ?? { width: 0, height: 0 };
  return `Picture ${number} was made, ${width}x${height} pixels, for: ${String(item.wire.revised_prompt ?? '')}`;
}

/** Answers of tools are text, so a picture is shown in a message of its own. */
export async function showPicture(number: number, item: Item, { stage }: Telling): Promise<Message> {
  const picture = pictureAt(item, 'result');
  const parts = picture === undefined ? [] : [toPart(await stage.load(picture), 'auto')];
  return { role: 'user', content: [{ type: 'text', text: `(This is picture ${number}.)` }, ...parts] };
}
