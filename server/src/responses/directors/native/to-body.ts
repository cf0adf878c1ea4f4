import type { BodyPicture, PlacedMainline } from '../../../models/index.ts';
import { type Item, isWire, partsOf, pictureAt, textOf, type Wire } from '../../items/item.ts';
import { toolParameters } from '../../turn/tool-parameters.ts';
import type { Stage, Turn } from '../director.ts';

/** Models that think in items, which a service that keeps nothing gives out encrypted. */
const thinks = /^(o\d|gpt-5)/;

/**
 * The turn as a body of OpenAI's Responses API. The whole conversation goes along each time, pictures included, and the
 * service is asked to keep nothing: the state is Pictor's, so that the next turn may be somebody else's.
 */
export async function toBody(turn: Turn, stage: Stage, placed: PlacedMainline): Promise<Wire> {
  const input: unknown[] = [];
  for (const item of turn.context) input.push(...(await toInput(item, stage, placed.engine)));
  const tools = [...toImageTool(turn), ...turn.tools.clientTools.map((tool) => tool.wire)];
  const include = [
    ...turn.include.filter((name) => name !== 'message.input_image.image_url'),
    ...(thinks.test(placed.model.upstreamModel) ? ['reasoning.encrypted_content'] : []),
  ];
  return {
    input,
    ...(turn.instructions === null ? {} : { instructions: turn.instructions }),
    ...turn.settings,
    ...(tools.length === 0
      ? {}
      : { tools, tool_choice: turn.tools.choice.wire, parallel_tool_calls: turn.parallelToolCalls }),
    ...(turn.maxToolCalls === null ? {} : { max_tool_calls: turn.maxToolCalls }),
    ...(turn.endUser === undefined ? {} : { safety_identifier: turn.endUser }),
    ...(include.length === 0 ? {} : { include: [...new Set(include)] }),
    store: false,
  };
}

function toImageTool(turn: Turn): readonly Wire[] {
  const { image } = turn.tools;
  if (image === null) return [];
  const { stream: _stream, user: _user, ...asked } = toolParameters(turn);
  const parameters = Object.fromEntries(
    Object.entries(asked).flatMap(([name, value]) => applied(turn, name, value)),
  );
  const { mask } = turn;
  return [
    {
      type: 'image_generation',
      ...(image.action === 'auto' ? {} : { action: image.action }),
      ...parameters,
      ...(mask === undefined ? {} : { input_image_mask: { image_url: asUrl(mask) } }),
    },
  ];
}

/** As the image model takes it: left out where it was dropped, and with the value that came in its place. */
function applied(turn: Turn, name: string, value: unknown): readonly (readonly [string, unknown])[] {
  const changed = turn.toolAdjustments.find((each) => each.parameter === name);
  if (changed === undefined || changed.action === 'passed-through') return [[name, value]];
  return changed.action === 'dropped' ? [] : [[name, changed.applied]];
}

/** One item as the service reads it. What others made enters as if the user had sent it: nobody else knows its ids. */
async function toInput(item: Item, stage: Stage, engine: string): Promise<readonly unknown[]> {
  const isOwn = item.maker === engine;
  switch (item.type) {
    case 'message':
      return [await toMessage(item, stage, isOwn)];
    case 'image_generation_call':
      return await toCall(item, stage, isOwn);
    case 'reasoning':
      return isOwn ? [item.wire] : [];
    case 'function_call':
    case 'custom_tool_call': {
      const { id, status: _status, ...rest } = item.wire;
      return [isOwn ? { ...rest, id } : rest];
    }
    case 'function_call_output':
    case 'custom_tool_call_output': {
      const output =
        typeof item.wire.output === 'string' ? item.wire.output : await toParts(item, 'output', stage);
      return [{ type: item.type, call_id: item.wire.call_id, output }];
    }
    default:
      return [];
  }
}

async function toMessage(item: Item, stage: Stage, isOwn: boolean): Promise<Wire> {
  if (item.wire.role !== 'assistant') {
    return { type: 'message', role: item.wire.role, content: await toParts(item, 'content', stage) };
  }
  return isOwn ? item.wire : { role: 'assistant', content: textOf(item) };
}

async function toCall(item: Item, stage: Stage, isOwn: boolean): Promise<readonly unknown[]> {
  const picture = pictureAt(item, 'result');
  if (picture === undefined) return [];
  const input = await stage.load(picture);
  const ownId = isOwn ? item.replay?.data.id : undefined;
  if (typeof ownId === 'string') {
    const result: BodyPicture = { picture: input, as: 'base64' };
    return [{ type: item.type, id: ownId, status: 'completed', result }];
  }
  const prompt = item.wire.revised_prompt;
  const text =
    typeof prompt === 'string' ? `The picture that was made for: ${prompt}` : 'The picture so far.';
  return [
    {
      type: 'message',
      role: 'user',
      content: [
        { type: 'input_text', text },
        { type: 'input_image', detail: 'auto', image_url: asUrl(input) },
      ],
    },
  ];
}

async function toParts(item: Item, member: 'content' | 'output', stage: Stage): Promise<readonly unknown[]> {
  const parts: unknown[] = [];
  for (const [index, part] of partsOf(item).entries()) {
    const picture = pictureAt(item, `${member}.${index}`);
    if (picture !== undefined) {
      const image_url = asUrl(await stage.load(picture));
      parts.push({ type: 'input_image', detail: part.detail ?? 'auto', image_url });
    } else if (part.type === 'input_file') parts.push(await toFile(part, stage));
    else parts.push(part.type === 'output_text' ? { type: 'input_text', text: part.text } : part);
  }
  return parts;
}

async function toFile(part: Wire, stage: Stage): Promise<Wire> {
  if (typeof part.file_id !== 'string') return part;
  const file = await stage.loadFile(part.file_id);
  if (file === null) return { type: 'input_text', text: `(The file ${part.file_id} is gone.)` };
  return { type: 'input_file', filename: file.filename, file_data: asUrl(file) };
}

function asUrl(picture: BodyPicture['picture']): BodyPicture {
  return { picture, as: 'url' };
}

/** Members of a JSON object; none where it is no object. */
export function membersOf(value: unknown): Wire {
  return isWire(value) ? value : {};
}
