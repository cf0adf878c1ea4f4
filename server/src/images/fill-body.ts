import { storedPromptReference } from '@pictor/api';
import { PictorError } from '../foundation/index.ts';
import { readParameters } from '../http/index.ts';
import { fillPrompt, type PromptSource, type Prompts, toImagesBody } from '../prompts/index.ts';
import type { ReadBody } from './input-source.ts';
import { readJsonBody } from './read-json-body.ts';

/** A body whose saved prompt, if it named one, has been put in. */
export type FilledBody = ReadBody & {
  /** Null: the body brought its own words. */
  readonly savedPrompt: PromptSource | null;
  readonly warnings: readonly string[];
};

/**
 * Puts a saved prompt in place of `prompt_template`: its text, its model, its parameters and its pictures. What the
 * body says itself counts before what the prompt says; pictures of the prompt stand before those of the body.
 */
export async function fillBody(
  prompts: Pick<Prompts, 'choose' | 'render'>,
  projectId: string,
  body: ReadBody,
): Promise<FilledBody> {
  const { prompt_template: asked, ...own } = body.parameters;
  if (asked === undefined) return { ...body, savedPrompt: null, warnings: [] };
  if (own.prompt !== undefined) {
    throw new PictorError({
      code: 'invalid_value',
      message: 'Send prompt or prompt_template, not both.',
      param: 'prompt_template',
    });
  }
  const { metadata = {}, ...reference } = readParameters(storedPromptReference, asked);
  const filled = await fillPrompt(prompts, projectId, reference, metadata);
  const saved = readJsonBody(toImagesBody(filled.template, filled.model));
  return {
    ...body,
    parameters: { ...saved.parameters, ...own },
    images: [...saved.images, ...body.images],
    savedPrompt: filled.source,
    warnings: filled.warnings,
  };
}
