import type { Pictor, ResponseItem } from '@pictor/sdk';
import { type Draft, type DraftMessage, emptyDraft, type ImageTool, roles } from '../draft.ts';
import { readParameters } from '../parameters/parameters.ts';
import { newId } from '../prompt/message-list.tsx';
import { findReference } from '../references/add-references.ts';
import type { OpenedCall } from './opened-call.ts';

const pageSize = 100;

/** A turn of the Responses API as the form would have made it: its messages, its pictures, its tool. */
export async function readResponse(pictor: Pictor, id: string, signal: AbortSignal): Promise<OpenedCall> {
  const [response, items] = await Promise.all([
    pictor.responses.get(id, { signal }),
    pictor.responses.inputItems(id, { limit: pageSize, order: 'asc' }, { signal }),
  ]);
  const messages = items.data.filter(({ type }) => type === 'message').map(readMessage);
  const last = messages.at(-1)?.role === 'user' ? messages.at(-1) : undefined;
  const ids = [...new Set(items.data.flatMap(pictureIdsOf))];
  const references = await Promise.all(ids.map((each) => findReference(pictor, each, signal)));
  return {
    draft: {
      ...emptyDraft,
      prompt: last?.text ?? '',
      messages: last === undefined ? messages : messages.slice(0, -1),
      references,
      ...readTool(response.tools),
    },
    chosen: { model: response.model, parameters: undefined },
  };
}

function readMessage(item: ResponseItem): DraftMessage {
  return {
    id: newId(),
    role: roles.find((role) => role === item.role) ?? 'user',
    text: partsOf(item)
      .map((part) => (typeof part.text === 'string' ? part.text : ''))
      .filter((text) => text !== '')
      .join('\n'),
  };
}

/** Ids of files and stored images that a message names. Pictures that came as bytes have none. */
function pictureIdsOf(item: ResponseItem): readonly string[] {
  return partsOf(item).flatMap(({ file_id: id }) => (typeof id === 'string' ? [id] : []));
}

function partsOf({ content }: ResponseItem): readonly Readonly<Record<string, unknown>>[] {
  if (typeof content === 'string') return [{ text: content }];
  if (!Array.isArray(content)) return [];
  return content.flatMap((part: unknown) => (typeof part === 'object' && part !== null ? [{ ...part }] : []));
}

const toolMembers: readonly string[] = ['type', 'model', 'input_image_mask', 'n'];

function readTool(tools: unknown): Pick<Draft, 'tool'> {
  const list: readonly unknown[] = Array.isArray(tools) ? tools : [];
  const found = list.find(
    (tool) => typeof tool === 'object' && tool !== null && 'type' in tool && tool.type === 'image_generation',
  );
  if (found === undefined) return { tool: null };
  const members: Readonly<Record<string, unknown>> = Object(found);
  const chosen = Object.entries(members).filter(([name]) => !toolMembers.includes(name));
  const tool: ImageTool = {
    model: typeof members.model === 'string' ? members.model : undefined,
    parameters: readParameters(Object.fromEntries(chosen)) ?? {},
  };
  return { tool };
}
