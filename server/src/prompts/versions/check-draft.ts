import type { PromptModel, PromptTemplate } from '@pictor/api';
import { PictorError } from '../../foundation/index.ts';
import type { Rendered, Variables } from '../render/render-template.ts';
import type { UsedSnippet } from '../snippets/resolve-snippets.ts';
import { checkVersion } from './save-version.ts';

/** A version that nobody saved yet. */
export type Draft = {
  /** Absent: the prompt has no name yet. */
  readonly name?: string | undefined;
  readonly template: PromptTemplate;
  readonly model: PromptModel | null;
  readonly variables: Variables;
};

/** What saving a draft would say, and what it would render to. */
export type DraftCheck = {
  /** What saving would refuse, one for each part that is wrong. */
  readonly problems: readonly PictorError[];
  readonly variables: readonly string[];
  readonly snippets: readonly UsedSnippet[];
  /** Null: it cannot be rendered. */
  readonly rendering: Rendered | null;
};

type Parts = {
  readonly checkModel: (model: PromptModel, type: PromptTemplate['type']) => void;
  readonly putSnippetsIn: (
    template: PromptTemplate,
  ) => Promise<{ readonly template: PromptTemplate; readonly used: readonly UsedSnippet[] }>;
  readonly render: (template: PromptTemplate, variables: Variables) => Promise<Rendered>;
};

const anyName = 'a draft';

/** Does everything that saving and rendering do, and keeps going where a part of it is wrong. */
export async function checkDraft(parts: Parts, draft: Draft): Promise<DraftCheck> {
  const { template, model, variables } = draft;
  const problems: PictorError[] = [];
  const attempt = async <Value>(act: () => Value | Promise<Value>): Promise<Value | null> => {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof PictorError)) throw error;
      problems.push(error);
      return null;
    }
  };
  await attempt(() => checkVersion({ name: draft.name ?? anyName, template, model }));
  await attempt(() => (model === null ? undefined : parts.checkModel(model, template.type)));
  const filled = await attempt(() => parts.putSnippetsIn(template));
  const rendering = filled === null ? null : await attempt(() => parts.render(filled.template, variables));
  return {
    problems,
    variables: filled?.template.input_variables ?? [],
    snippets: filled?.used ?? [],
    rendering,
  };
}
