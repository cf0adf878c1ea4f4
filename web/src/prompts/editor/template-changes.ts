import type { ContentBlock, PromptMessage, PromptTemplate } from '@pictor/sdk';

/** The list with the item at `index` replaced. */
export function replaceAt<Item>(items: readonly Item[], index: number, item: Item): Item[] {
  return items.map((each, place) => (place === index ? item : each));
}

export function removeAt<Item>(items: readonly Item[], index: number): Item[] {
  return items.filter((_, place) => place !== index);
}

/** The list with the item at `index` moved up (-1) or down (1); as it was at its ends. */
export function moveBy<Item>(items: readonly Item[], index: number, step: -1 | 1): Item[] {
  const [item, other] = [items[index], items[index + step]];
  if (item === undefined || other === undefined) return [...items];
  return replaceAt(replaceAt(items, index, other), index + step, item);
}

export const blockKinds = [
  { type: 'text', name: 'Text' },
  { type: 'media_variable', name: 'Place for pictures' },
  { type: 'image_url', name: 'Picture by address' },
  { type: 'media', name: 'Media with its type' },
] as const;

export type BlockKind = (typeof blockKinds)[number]['type'];

export function newBlock(type: BlockKind): ContentBlock {
  switch (type) {
    case 'text':
      return { type, text: '' };
    case 'media_variable':
      return { type, name: 'picture' };
    case 'image_url':
      return { type, image_url: { url: '' } };
    case 'media':
      return { type, media: { type: 'image/png', url: '' } };
  }
}

export const roles = ['system', 'developer', 'user', 'assistant', 'placeholder', 'tool'] as const;

export function newMessage(role: PromptMessage['role']): PromptMessage {
  return role === 'placeholder'
    ? { role, name: 'messages', content: [] }
    : { role, content: [{ type: 'text', text: '' }], template_format: 'f-string' };
}

/** Variables that want something else than words: pictures, or whole messages. */
export function listSpecialVariables(template: PromptTemplate) {
  const blocks =
    template.type === 'chat' ? template.messages.flatMap(({ content }) => content) : template.content;
  const messages = template.type === 'chat' ? template.messages : [];
  return {
    pictures: new Set(blocks.flatMap((block) => (block.type === 'media_variable' ? [block.name] : []))),
    messages: new Set(messages.flatMap(({ role, name }) => (role === 'placeholder' && name ? [name] : []))),
  };
}

/** Is any of its texts written in Jinja? */
export function usesJinja(template: PromptTemplate): boolean {
  return template.type === 'completion'
    ? template.template_format === 'jinja2'
    : template.messages.some((message) => message.template_format === 'jinja2');
}
