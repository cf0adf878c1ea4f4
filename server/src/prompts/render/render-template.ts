import { type ContentBlock, type PromptMessage, type PromptTemplate, promptMessage } from '@pictor/api';
import { z } from 'zod';
import { PictorError } from '../../foundation/index.ts';
import { listVariables } from './list-variables.ts';
import { listTexts, withTexts } from './map-texts.ts';
import type { Jinja } from './open-jinja.ts';
import { listFStringPlaces, renderFString } from './render-f-string.ts';

/** Pictures stand in addresses as data URLs; a text can hold five times as much. */
const maxCharacters = 100_000_000;

export type Variables = Readonly<Record<string, unknown>>;

export type Rendered = {
  readonly template: PromptTemplate;
  /** Variables that the template has and nobody gave: they leave nothing. */
  readonly missing: readonly string[];
  /** Variables that were given and that the template does not have. */
  readonly unknown: readonly string[];
};

/**
 * Puts variables into a template whose snippets are resolved. What a variable holds is never read as a template
 * itself, whatever it looks like. Throws `template_failed`, or `invalid_value` for a variable of the wrong shape.
 */
export async function renderTemplate(
  jinja: Jinja,
  template: PromptTemplate,
  variables: Variables,
): Promise<Rendered> {
  const own = new Map(Object.entries(variables));
  const names = listVariables(template);
  const rendered = withTexts(template, await renderTexts(jinja, template, own));
  return {
    template: fillPlaces(rendered, own),
    missing: names.filter((name) => isMissing(own.get(name))),
    unknown: [...own.keys()].filter((name) => !names.includes(name)),
  };
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null;
}

async function renderTexts(
  jinja: Jinja,
  template: PromptTemplate,
  variables: ReadonlyMap<string, unknown>,
): Promise<readonly string[]> {
  const texts = listTexts(template);
  const jinjaTexts = texts.filter(({ format }) => format === 'jinja2').map(({ text }) => text);
  const plain = texts.filter(({ format }) => format === 'f-string');
  checkLength(
    plain.map(({ text }) => text),
    variables,
  );
  const done =
    jinjaTexts.length === 0 ? [] : [...(await jinja.render(jinjaTexts, Object.fromEntries(variables)))];
  return texts.map(({ text, format }) =>
    format === 'jinja2' ? (done.shift() ?? '') : renderFString(text, (name) => toText(variables.get(name))),
  );
}

/** Before it is put together: more than a text can hold would be no fault of the server's. */
function checkLength(texts: readonly string[], variables: ReadonlyMap<string, unknown>): void {
  const lengths = new Map([...variables].map(([name, value]) => [name, toText(value)?.length ?? 0]));
  let length = 0;
  for (const text of texts) {
    length += text.length;
    for (const name of listFStringPlaces(text)) length += lengths.get(name) ?? 0;
    if (length > maxCharacters) break;
  }
  if (length <= maxCharacters) return;
  throw new PictorError({
    code: 'template_failed',
    message: `The template could not be rendered: it makes more than ${maxCharacters} characters.`,
    param: 'prompt_template',
  });
}

/** Numbers and flags as they are read, lists and objects as JSON. */
function toText(value: unknown): string | undefined {
  if (isMissing(value)) return undefined;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Placeholder messages and places for pictures, filled. */
function fillPlaces(template: PromptTemplate, variables: ReadonlyMap<string, unknown>): PromptTemplate {
  if (template.type === 'completion') return { ...template, content: fillMedia(template.content, variables) };
  const messages = template.messages.flatMap((message) =>
    message.role === 'placeholder' ? readMessages(message.name ?? '', variables) : [message],
  );
  return {
    ...template,
    messages: messages.map((message) => ({ ...message, content: fillMedia(message.content, variables) })),
  };
}

function readMessages(name: string, variables: ReadonlyMap<string, unknown>): readonly PromptMessage[] {
  const value = variables.get(name);
  if (isMissing(value)) return [];
  const parsed = z.array(promptMessage).safeParse(value);
  if (parsed.success) return parsed.data;
  throw new PictorError({
    code: 'invalid_value',
    message: `The variable '${name}' stands for messages: send a list of {role, content: [{type: "text", text}]}.`,
    param: name,
  });
}

function fillMedia(blocks: readonly ContentBlock[], variables: ReadonlyMap<string, unknown>): ContentBlock[] {
  return blocks.flatMap((block) =>
    block.type === 'media_variable' ? readPictures(block.name, variables) : [block],
  );
}

function readPictures(name: string, variables: ReadonlyMap<string, unknown>): readonly ContentBlock[] {
  const value = variables.get(name);
  if (isMissing(value)) return [];
  const parsed = z.array(z.string().min(1)).safeParse(Array.isArray(value) ? value : [value]);
  if (!parsed.success) {
    throw new PictorError({
      code: 'invalid_value',
      message: `The variable '${name}' stands for pictures: send addresses, data URLs or base64, as a list or one.`,
      param: name,
    });
  }
  return parsed.data.map((text) => ({ type: 'image_url', image_url: { url: toAddress(text) } }));
}

/** Bare base64 becomes a data URL; what it really is shows in its bytes. */
function toAddress(text: string): string {
  return /^(https?:|data:|\/)/i.test(text) ? text : `data:image/png;base64,${text}`;
}
