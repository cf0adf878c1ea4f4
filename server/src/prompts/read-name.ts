import type { PromptName } from './versions/prompt-queries.ts';

/** The prompt that an address or a body names: `pmpt_…`, its number, or its name. */
export function readName(text: string): PromptName {
  if (/^pmpt_[0-9a-f]{32}$/.test(text)) return { id: text };
  return /^[1-9]\d{0,8}$/.test(text) ? { number: Number(text) } : { name: text };
}
