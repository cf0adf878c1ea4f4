import type { ContentBlock, PromptTemplate, TemplateFormat } from '@pictor/api';

/** A text of a template, with how its variables are written. */
export type TemplateText = { readonly text: string; readonly format: TemplateFormat };

/** Every text in which variables and snippets may stand, in order: words, and addresses of pictures. */
export function listTexts(template: PromptTemplate): readonly TemplateText[] {
  const found: TemplateText[] = [];
  mapTexts(template, (text) => {
    found.push(text);
    return text.text;
  });
  return found;
}

/** The template with its texts replaced by others, in the order of `listTexts`. */
export function withTexts(template: PromptTemplate, texts: readonly string[]): PromptTemplate {
  let next = 0;
  return mapTexts(template, ({ text }) => {
    const replaced = texts[next] ?? text;
    next += 1;
    return replaced;
  });
}

function mapTexts(template: PromptTemplate, change: (text: TemplateText) => string): PromptTemplate {
  switch (template.type) {
    case 'completion':
      return { ...template, content: mapBlocks(template.content, template.template_format, change) };
    case 'chat':
      return {
        ...template,
        messages: template.messages.map((message) => ({
          ...message,
          content: mapBlocks(message.content, message.template_format ?? 'f-string', change),
        })),
      };
  }
}

function mapBlocks(
  blocks: readonly ContentBlock[],
  format: TemplateFormat,
  change: (text: TemplateText) => string,
): ContentBlock[] {
  return blocks.map((block) => mapBlock(block, (text) => change({ text, format })));
}

function mapBlock(block: ContentBlock, change: (text: string) => string): ContentBlock {
  switch (block.type) {
    case 'text':
      return { ...block, text: change(block.text) };
    case 'image_url':
      return { ...block, image_url: { ...block.image_url, url: change(block.image_url.url) } };
    case 'media':
      return { ...block, media: { ...block.media, url: change(block.media.url) } };
    case 'media_variable':
    case 'output_media':
      return block;
  }
}
