import type { PromptTemplate } from '@pictor/api';
import { PictorError } from '../foundation/index.ts';
import { chooseVersion, type Metadata } from './labels/choose-version.ts';
import { findLabel } from './labels/label-queries.ts';
import { listVariables } from './render/list-variables.ts';
import { listTexts, withTexts } from './render/map-texts.ts';
import { isVersionNumber, type SnippetReference } from './snippets/parse-references.ts';
import { type FoundSnippet, resolveSnippets, type UsedSnippet } from './snippets/resolve-snippets.ts';
import type { PromptsSql } from './tables.ts';
import type { Prompt, PromptVersion } from './versions/prompt.ts';
import { findPrompt } from './versions/prompt-queries.ts';
import { findVersion } from './versions/version-queries.ts';

/** Which version of a prompt is meant; nothing: the newest. `metadata` is what labels that split traffic look at. */
export type Selector = {
  readonly version?: number | undefined;
  readonly label?: string | undefined;
  readonly metadata?: Metadata | undefined;
};

export type Picker = {
  /** Chooses a version, without its snippets. Throws `not_found`. */
  readonly pick: (
    prompt: Prompt,
    selector: Selector,
  ) => Promise<{ version: PromptVersion; label: string | null }>;
  /** The template with its snippets in place, and which those were. Throws `template_failed`. */
  readonly putSnippetsIn: (
    projectId: string,
    template: PromptTemplate,
    metadata: Metadata,
  ) => Promise<{ template: PromptTemplate; used: readonly UsedSnippet[] }>;
};

/** Finds the versions that numbers, labels and snippets stand for. */
export function openPicker(sql: PromptsSql, random: () => number): Picker {
  const pick: Picker['pick'] = async (prompt, { version, label, metadata = {} }) => {
    if (label === undefined) {
      const wanted = version ?? prompt.latestVersion;
      const found = await findVersion(sql, prompt.id, wanted);
      return { version: found ?? fail(`The prompt '${prompt.name}' has no version ${wanted}.`), label: null };
    }
    const found = await findLabel(sql, prompt.id, label);
    if (found === null) return fail(`The prompt '${prompt.name}' has no label '${label.slice(0, 100)}'.`);
    const chosen = await findVersion(sql, prompt.id, chooseVersion(found, metadata, random));
    return { version: chosen ?? fail(`The label '${label}' points at a version that is gone.`), label };
  };

  const findSnippet = async (
    projectId: string,
    reference: SnippetReference,
    metadata: Metadata,
  ): Promise<FoundSnippet | null> => {
    const prompt = await findPrompt(sql, projectId, { name: reference.name });
    if (prompt === null) return null;
    if (reference.version !== undefined && !isVersionNumber(reference.version)) return null;
    const picked = await pick(prompt, { ...reference, metadata }).catch(absentIfNotFound);
    if (picked === null || picked.version.template.type !== 'completion') return null;
    const { content } = picked.version.template;
    const text = content.map((block) => (block.type === 'text' ? block.text : '')).join('\n');
    return { text, version: picked.version.version };
  };

  return {
    pick,
    putSnippetsIn: async (projectId, template, metadata) => {
      const { texts, used } = await resolveSnippets(
        listTexts(template).map(({ text }) => text),
        (reference) => findSnippet(projectId, reference, metadata),
      );
      const resolved = withTexts(template, texts);
      return { template: { ...resolved, input_variables: [...listVariables(resolved)] }, used };
    },
  };
}

function absentIfNotFound(error: unknown): null {
  if (error instanceof PictorError && error.code === 'not_found') return null;
  throw error;
}

function fail(message: string): never {
  throw new PictorError({ code: 'not_found', message, param: 'prompt' });
}
