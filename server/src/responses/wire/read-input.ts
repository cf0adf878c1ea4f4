import { newId, PictorError } from '../../foundation/index.ts';
import { type Item, isWire, type PlacedPicture, type Wire } from '../items/item.ts';
import type { BroughtPicture } from '../state/response-record.ts';
import { readImageCall } from './read-image-call.ts';
import { type InputReader, readPart } from './read-part.ts';

const maxItems = 2_000;

/** The items of an input, and the pictures that came with it and need rows. */
export type ReadInput = { readonly items: readonly Item[]; readonly brought: readonly BroughtPicture[] };

/**
 * Understands an input: a text, or items. Pictures go into the store, earlier items are found by their ids. Throws the
 * caller's errors with the place: `input[2].content[0].image_url`. `base` names the list.
 */
export async function readInput(
  reader: InputReader,
  input: string | readonly Wire[],
  base = 'input',
): Promise<ReadInput> {
  if (typeof input === 'string') return { items: [userMessage(input)], brought: [] };
  if (input.length > maxItems) {
    throw wrong(base, `There are ${input.length} items, and at most ${maxItems} are read.`);
  }
  const items: Item[] = [];
  const brought: BroughtPicture[] = [];
  for (const [index, wire] of input.entries()) {
    const read = await readItem(reader, wire, `${base}[${index}]`);
    items.push(read.item);
    brought.push(...read.brought);
  }
  return { items, brought };
}

function userMessage(text: string): Item {
  const id = newId('msg');
  const content = [{ type: 'input_text', text }];
  return {
    id,
    type: 'message',
    pictures: [],
    wire: { id, type: 'message', status: 'completed', role: 'user', content },
  };
}

type ReadItem = { readonly item: Item; readonly brought: readonly BroughtPicture[] };

async function readItem(reader: InputReader, wire: Wire, param: string): Promise<ReadItem> {
  switch (wire.type ?? (wire.role === undefined ? 'item_reference' : 'message')) {
    case 'message':
      return await readMessage(reader, wire, param);
    case 'image_generation_call':
      return await readImageCall(reader, wire, param);
    case 'item_reference':
      return { item: await reader.findItem(readText(wire, 'id', param), `${param}.id`), brought: [] };
    case 'function_call':
      return {
        item: plainItem(wire, 'fc', {
          call_id: readText(wire, 'call_id', param),
          name: readText(wire, 'name', param),
          arguments: readText(wire, 'arguments', param),
        }),
        brought: [],
      };
    case 'custom_tool_call':
      return {
        item: plainItem(wire, 'ctc', {
          call_id: readText(wire, 'call_id', param),
          name: readText(wire, 'name', param),
          input: readText(wire, 'input', param),
        }),
        brought: [],
      };
    case 'function_call_output':
    case 'custom_tool_call_output':
      return await readOutput(reader, wire, param);
    case 'reasoning':
      return { item: plainItem(wire, 'rs', { summary: wire.summary ?? [] }), brought: [] };
    default:
      throw new PictorError({
        code: 'invalid_value',
        message: `Items of the type '${String(wire.type).slice(0, 60)}' come from tools that Pictor does not have. It reads message, image_generation_call, function_call, function_call_output, custom_tool_call, custom_tool_call_output, reasoning and item_reference.`,
        param: `${param}.type`,
      });
  }
}

const roles: readonly unknown[] = ['user', 'assistant', 'system', 'developer'];

async function readMessage(reader: InputReader, wire: Wire, param: string): Promise<ReadItem> {
  if (!roles.includes(wire.role)) {
    throw wrong(`${param}.role`, 'The role of a message is user, assistant, system or developer.');
  }
  const isAssistant = wire.role === 'assistant';
  const { parts, pictures, brought } = await readParts(reader, wire.content, `${param}.content`, 'content');
  const content = isAssistant ? parts.map(asOutput) : parts;
  const item = plainItem(wire, 'msg', { type: 'message', role: wire.role, content });
  return { item: { ...item, type: 'message', pictures }, brought };
}

/** Short forms write what an assistant said as input. */
function asOutput(part: Wire): Wire {
  if (part.type !== 'input_text' && part.type !== 'output_text') return part;
  return { annotations: [], logprobs: [], ...part, type: 'output_text' };
}

async function readOutput(reader: InputReader, wire: Wire, param: string): Promise<ReadItem> {
  const call_id = readText(wire, 'call_id', param);
  if (typeof wire.output === 'string') {
    return { item: plainItem(wire, 'fc', { call_id, output: wire.output }), brought: [] };
  }
  const { parts, pictures, brought } = await readParts(reader, wire.output, `${param}.output`, 'output');
  return { item: { ...plainItem(wire, 'fc', { call_id, output: parts }), pictures }, brought };
}

async function readParts(reader: InputReader, value: unknown, param: string, member: 'content' | 'output') {
  const pictures: PlacedPicture[] = [];
  const brought: BroughtPicture[] = [];
  if (typeof value === 'string') {
    return { parts: [{ type: 'input_text', text: value } as Wire], pictures, brought };
  }
  if (!Array.isArray(value)) throw wrong(param, 'It must be a text or a list of parts.');
  const parts: Wire[] = [];
  for (const [index, each] of value.entries()) {
    const place = `${param}[${index}]`;
    if (!isWire(each)) throw wrong(place, 'A part must be an object with a type.');
    const { part, picture } = await readPart(reader, each, place);
    parts.push(part);
    if (picture === undefined) continue;
    pictures.push({ ...picture, at: `${member}.${index}` });
    brought.push({ ...picture, role: 'input' });
  }
  return { parts, pictures, brought };
}

/** The item as it was sent, with an id and a status, and what was checked. */
function plainItem(wire: Wire, prefix: 'msg' | 'fc' | 'ctc' | 'rs', checked: Wire): Item {
  const type = typeof wire.type === 'string' ? wire.type : 'message';
  const id = typeof wire.id === 'string' && /^[\w-]{1,128}$/.test(wire.id) ? wire.id : newId(prefix);
  const status = typeof wire.status === 'string' ? wire.status : 'completed';
  return {
    id,
    type,
    pictures: [],
    wire: { ...wire, ...checked, id, ...(type === 'reasoning' ? {} : { status }) },
  };
}

function readText(wire: Wire, member: string, param: string): string {
  const value = wire[member];
  if (typeof value === 'string') return value;
  throw new PictorError({
    code: value == null ? 'missing_required_parameter' : 'invalid_type',
    message: `${param} needs ${member}, a text.`,
    param: `${param}.${member}`,
  });
}

function wrong(param: string, message: string): PictorError {
  return new PictorError({ code: 'invalid_value', message, param });
}
