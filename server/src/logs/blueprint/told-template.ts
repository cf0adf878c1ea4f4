import { type PromptTemplate, promptTemplate } from '@pictor/api';
import { isWire } from '../wire.ts';

/** A template that a client sent as what went in or came out. Null: it is none. */
export function readTemplate(value: unknown): PromptTemplate | null {
  if (!isWire(value)) return null;
  const parsed = promptTemplate.safeParse(withoutNulls(value));
  return parsed.success ? parsed.data : null;
}

function withoutNulls(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null));
}

/** The words of a template. */
export function wordsOf(template: PromptTemplate): string {
  const blocks =
    template.type === 'chat' ? template.messages.flatMap((message) => message.content) : template.content;
  return blocks.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n');
}
