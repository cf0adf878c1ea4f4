import { blake3 } from '@napi-rs/blake-hash';
import type { Refusal } from './openai-rules.ts';

export type Wire = Readonly<Record<string, unknown>>;

const members: readonly string[] = [
  'model',
  'input',
  'instructions',
  'tools',
  'tool_choice',
  'parallel_tool_calls',
  'max_tool_calls',
  'max_output_tokens',
  'temperature',
  'top_p',
  'reasoning',
  'text',
  'truncation',
  'metadata',
  'include',
  'safety_identifier',
  'user',
  'store',
  'stream',
  'stream_options',
];

const toolMembers: readonly string[] = [
  'type',
  'model',
  'action',
  'size',
  'quality',
  'background',
  'output_format',
  'output_compression',
  'moderation',
  'input_fidelity',
  'input_image_mask',
  'partial_images',
];

/** Items that this service has given out, by id: it has nothing else back. */
export type GivenOut = Map<string, { readonly type: string; readonly hash: string | null }>;

/** What the service would refuse. Null: it would do the work. */
export function checkResponsesRequest(body: Wire, given: GivenOut): Refusal | null {
  const stranger = Object.keys(body).find((name) => !members.includes(name));
  if (stranger !== undefined)
    return refuse('unknown_parameter', `Unknown parameter: '${stranger}'.`, stranger);
  const { model, input, tools } = body;
  if (typeof model !== 'string' || /^(gpt-image|dall-e|chatgpt-image)/.test(model)) {
    return refuse('invalid_value', 'The model does not lead conversations.', 'model');
  }
  if (body.store !== false) return refuse('invalid_value', 'This test expects to keep nothing.', 'store');
  for (const tool of listOf(tools)) {
    if (tool.type !== 'image_generation') continue;
    const odd = Object.keys(tool).find((name) => !toolMembers.includes(name));
    if (tool.model === 'gpt-image-2' && tool.input_fidelity !== undefined) {
      return refuse('invalid_input_fidelity_model', 'gpt-image-2 takes no input_fidelity.', 'tools');
    }
    if (odd !== undefined)
      return refuse('unknown_parameter', `Unknown parameter: 'tools[0].${odd}'.`, 'tools');
  }
  if (!Array.isArray(input) || input.length === 0) return refuse('invalid_type', 'No input.', 'input');
  for (const [index, item] of listOf(input).entries()) {
    const wrong = checkItem(item, given);
    if (wrong !== null)
      return refuse('invalid_value', `Invalid input[${index}]: ${wrong}`, `input[${index}]`);
  }
  return null;
}

function checkItem(item: Wire, given: GivenOut): string | null {
  if (item.type === 'image_generation_call') {
    const known = given.get(String(item.id));
    if (known === undefined) return `Item with id '${String(item.id)}' not found.`;
    return known.hash === hashOf(String(item.result)) ? null : 'another picture than was given out';
  }
  if (item.type === 'reasoning') {
    if (!given.has(String(item.id))) return 'reasoning of somebody else';
    return typeof item.encrypted_content === 'string' ? null : 'reasoning without encrypted_content';
  }
  if (item.type === 'function_call' || item.type === 'function_call_output') {
    return typeof item.call_id === 'string' ? null : 'no call_id';
  }
  if (item.role === undefined) return `an item of the type '${String(item.type)}'`;
  if (item.id !== undefined && !given.has(String(item.id))) return 'a message of somebody else with an id';
  for (const part of listOf(item.content)) {
    if (part.type !== 'input_image') continue;
    const url = String(part.image_url);
    if (!/^data:image\/[a-z]+;base64,[A-Za-z0-9+/]+=*$/.test(url)) return 'a picture that is no data URL';
  }
  return null;
}

/** BLAKE3 of the bytes behind base64, or behind a data URL. */
export function hashOf(base64: string): string {
  return blake3(Buffer.from(base64.replace(/^data:[^,]*,/, ''), 'base64')).toString('hex');
}

export function listOf(value: unknown): readonly Wire[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'object' && each !== null) : [];
}

function refuse(code: string, message: string, param: string): Refusal {
  return { status: 400, code, message, param };
}
