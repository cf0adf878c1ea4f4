import { type Item, isWire, textOf, type Wire } from '../../items/item.ts';
import type { ClientTool } from '../../wire/asked-response.ts';
import type { Turn } from '../director.ts';

export type WantedCall = {
  readonly type: 'function' | 'custom';
  readonly name: string;
  readonly input: string;
};

/** A call of a caller's tool: one that must be called, or whose name the words hold. Null: none. */
export function callWanted(turn: Turn): WantedCall | null {
  const { clientTools, choice } = turn.tools;
  const allowed = clientTools.filter((tool) => choice.clientTools.includes(tool.name));
  const last = turn.context.at(-1);
  if (choice.mode === 'none' || allowed.length === 0) return null;
  // What was called has been answered: another call of the same would never end.
  if (last?.type === 'function_call_output' || last?.type === 'custom_tool_call_output') return null;
  const words = last === undefined ? '' : textOf(last);
  const named = allowed.find((tool) => isNamed(tool, words));
  const mustCall = choice.mode === 'required' && !choice.image;
  const tool = named ?? (mustCall ? allowed[0] : undefined);
  return tool === undefined ? null : toCall(tool, words);
}

/** What the caller's tools answered, as a sentence; null: the last item is no such answer. */
export function answerTools(turn: Turn): string | null {
  const last = turn.context.at(-1);
  if (last?.type !== 'function_call_output' && last?.type !== 'custom_tool_call_output') return null;
  const call = turn.context.findLast(
    (item) => item !== last && item.wire.call_id === last.wire.call_id && 'name' in item.wire,
  );
  const name = call === undefined ? 'The tool' : `The tool ${String(call.wire.name)}`;
  return `${name} answered: ${outputOf(last)}`;
}

function outputOf(item: Item): string {
  return textOf(item).slice(0, 2_000);
}

/** `get_weather` is named by "weather"; short words such as get and set name nothing. */
function isNamed(tool: ClientTool, words: string): boolean {
  const parts = tool.name.toLowerCase().split(/[_-]|(?<=[a-z])(?=[A-Z])/);
  const telling = parts.filter((part) => part.length > 3);
  const lower = words.toLowerCase();
  return telling.length > 0 && telling.every((part) => lower.includes(part));
}

function toCall(tool: ClientTool, words: string): WantedCall {
  if (tool.type === 'custom') return { type: 'custom', name: tool.name, input: words };
  return { type: 'function', name: tool.name, input: JSON.stringify(fillIn(tool.parameters ?? {}, words)) };
}

/** Arguments that fit the schema, of nothing better than the words. */
function fillIn(schema: Wire, words: string): unknown {
  const [first] = Array.isArray(schema.enum) ? schema.enum : [];
  if (first !== undefined) return first;
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case 'string':
      return words;
    case 'integer':
    case 'number':
      return Number(/-?\d+(\.\d+)?/.exec(words)?.[0] ?? 0);
    case 'boolean':
      return true;
    case 'array':
      return isWire(schema.items) ? [fillIn(schema.items, words)] : [];
    case 'null':
      return null;
    default: {
      const properties = isWire(schema.properties) ? schema.properties : {};
      const required = Array.isArray(schema.required) ? schema.required : Object.keys(properties);
      return Object.fromEntries(
        Object.entries(properties)
          .filter(([name]) => required.includes(name))
          .map(([name, member]) => [name, isWire(member) ? fillIn(member, words) : words]),
      );
    }
  }
}
