import type { ContentBlock, PromptTemplate } from '@pictor/api';
import { PictorError } from '../../foundation/index.ts';
import { listJinjaVariables } from './list-jinja-variables.ts';
import { listTexts, type TemplateText } from './map-texts.ts';
import { listFStringVariables } from './render-f-string.ts';

/** Every variable of a template: of its texts, its places for pictures, and its placeholder messages. */
export function listVariables(template: PromptTemplate): readonly string[] {
  const ofTexts = listTexts(template).flatMap(variablesOf);
  return [...new Set([...ofTexts, ...listMediaVariables(template), ...listPlaceholders(template)])];
}

function variablesOf({ text, format }: TemplateText): readonly string[] {
  if (format === 'f-string') return listFStringVariables(text);
  try {
    return listJinjaVariables(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PictorError({
      code: 'template_failed',
      message: `The template is not valid Jinja: ${reason}.`,
      param: 'prompt_template',
      cause,
    });
  }
}

function listMediaVariables(template: PromptTemplate): readonly string[] {
  const blocks: readonly ContentBlock[] =
    template.type === 'chat' ? template.messages.flatMap((message) => message.content) : template.content;
  return blocks.flatMap((block) => (block.type === 'media_variable' ? [block.name] : []));
}

function listPlaceholders(template: PromptTemplate): readonly string[] {
  if (template.type === 'completion') return [];
  return template.messages.flatMap(({ role, name }) => (role === 'placeholder' && name ? [name] : []));
}
