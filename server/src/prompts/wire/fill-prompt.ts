import type { PromptModel, PromptTemplate, StoredPromptReference } from '@pictor/api';
import type { Metadata } from '../labels/choose-version.ts';
import type { Prompts } from '../open-prompts.ts';
import { readName } from '../read-name.ts';
import { readSelector, readVariables } from './read-reference.ts';

/** The saved prompt that a request came from. */
export type PromptSource = {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  /** The label that chose the version; null: a number, or nothing, did. */
  readonly label: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
};

export type FilledPrompt = {
  readonly source: PromptSource;
  /** Without variables or snippets any more. */
  readonly template: PromptTemplate;
  readonly model: PromptModel | null;
  /** Sentences about variables that are missing or unknown. */
  readonly warnings: readonly string[];
};

/** What a wire's reference to a saved prompt stands for. Throws `not_found`, `template_failed` and `invalid_value`. */
export async function fillPrompt(
  prompts: Pick<Prompts, 'choose' | 'render'>,
  projectId: string,
  reference: StoredPromptReference,
  metadata: Metadata,
): Promise<FilledPrompt> {
  const variables = readVariables(reference);
  const chosen = await prompts.choose(projectId, readName(reference.id), {
    ...readSelector(reference),
    metadata,
  });
  const { template, missing, unknown } = await prompts.render(chosen.template, variables);
  return {
    source: {
      id: chosen.prompt.id,
      name: chosen.prompt.name,
      version: chosen.version.version,
      label: chosen.label ?? reference.label ?? null,
      variables,
    },
    template,
    model: chosen.version.model,
    warnings: [
      ...missing.map((name) => `The variable '${name}' of the prompt '${chosen.prompt.name}' has no value.`),
      ...unknown.map((name) => `The prompt '${chosen.prompt.name}' has no variable '${name}'.`),
    ],
  };
}
