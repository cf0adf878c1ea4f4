import type { ContentBlock, PromptMessage } from '@pictor/api';
import type { OwnItem, OwnPicture } from '../rows/own-queries.ts';
import { isWire, type Wire } from '../wire.ts';
import { tellPicture } from './own-pictures.ts';
import { toReference } from './picture-reference.ts';
import { toOutputMedia } from './to-blocks.ts';

const roles: readonly string[] = ['system', 'developer', 'user', 'assistant'];

/** What was said to a response, as messages. */
export function toInputMessages(items: readonly OwnItem[]): PromptMessage[] {
  return items.flatMap(({ type, wire, pictures }): PromptMessage[] => {
    const { role, content } = wire;
    if (type !== 'message' || typeof role !== 'string' || !roles.includes(role)) return [];
    const parts = typeof content === 'string' ? [{ type: 'input_text', text: content }] : content;
    const blocks = (Array.isArray(parts) ? parts : []).flatMap((part: unknown, index) =>
      isWire(part) ? toInputBlock(part, pictures[`content.${index}`]) : [],
    );
    return [{ role: role as PromptMessage['role'], content: blocks }];
  });
}

function toInputBlock(part: Wire, imageId: string | undefined): ContentBlock[] {
  if (typeof part.text === 'string') return [{ type: 'text', text: part.text }];
  const own = imageId === undefined ? part.image_url : toReference(imageId);
  return typeof own === 'string' && own !== '' ? [{ type: 'image_url', image_url: { url: own } }] : [];
}

/** What came out of a response, in order: pictures with the id of their call, and words. */
export function toOutputBlocks(items: readonly OwnItem[], made: readonly OwnPicture[]): ContentBlock[] {
  return items.flatMap(({ id, type, wire, pictures }): ContentBlock[] => {
    if (type === 'message') return textsOf(wire);
    const imageId = type === 'image_generation_call' ? pictures.result : undefined;
    if (imageId === undefined) return [];
    const picture = made.find((each) => each.id === imageId);
    return [
      toOutputMedia({
        id,
        url: toReference(imageId),
        mimeType: picture?.mediaType ?? 'image/png',
        metadata: {
          ...(picture === undefined ? {} : tellPicture(picture)),
          ...(typeof wire.revised_prompt === 'string' && !picture?.modelId.startsWith('gemini')
            ? { revised_prompt: wire.revised_prompt }
            : {}),
        },
      }),
    ];
  });
}

function textsOf({ content }: Wire): ContentBlock[] {
  const parts = Array.isArray(content) ? content.filter(isWire) : [];
  return parts.flatMap((part) => {
    const text = part.text ?? part.refusal;
    return typeof text === 'string' && text !== '' ? [{ type: 'text' as const, text }] : [];
  });
}
