import { storedPromptReference } from '@pictor/api';
import { readParameters } from '../../http/index.ts';
import { fillPrompt, type Prompts, toResponsesBody } from '../../prompts/index.ts';
import { isWire, type Wire } from '../items/item.ts';
import type { AskedResponse } from './asked-response.ts';
import { readCreate } from './read-create.ts';

/** Ids of prompts that OpenAI keeps are longer than ours: its own service fills those. */
const foreignPrompt = /^pmpt_[0-9a-zA-Z]{33,}$/;

/**
 * Reads a body, with the saved prompt put in that it may name: its messages stand before those of the body, and what
 * the body says itself counts before what the prompt says. Throws the caller's errors.
 */
export async function fillCreate(
  prompts: Pick<Prompts, 'choose' | 'render'>,
  projectId: string,
  body: unknown,
): Promise<AskedResponse> {
  const named = isWire(body) && isWire(body.prompt) ? body.prompt : null;
  if (!isWire(body) || named === null || (typeof named.id === 'string' && foreignPrompt.test(named.id))) {
    return readCreate(body);
  }
  const reference = readParameters(storedPromptReference, named);
  const filled = await fillPrompt(prompts, projectId, reference, reference.metadata ?? readMetadata(body));
  const { prompt: _prompt, ...own } = Object.fromEntries(
    Object.entries(body).filter(([, member]) => member !== null),
  );
  const saved = toResponsesBody(filled.template, filled.model);
  const asked = readCreate({ ...saved, ...own, input: [...saved.input, ...readOwnInput(own.input)] });
  const { source } = filled;
  // As OpenAI does, the response tells which version it was, also where the newest was meant.
  const echo = { id: source.id, version: String(source.version), variables: named.variables ?? null };
  return {
    ...asked,
    echo: { ...asked.echo, prompt: echo },
    savedPrompt: source,
    warnings: filled.warnings,
  };
}

function readOwnInput(input: unknown): readonly unknown[] {
  if (typeof input === 'string') return [{ role: 'user', content: input }];
  return Array.isArray(input) ? input : [];
}

function readMetadata({ metadata }: Wire): Readonly<Record<string, string>> {
  const entries = isWire(metadata) ? Object.entries(metadata) : [];
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
