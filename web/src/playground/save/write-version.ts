import type { ContentBlock, Model, PromptModel, PromptTemplate } from '@pictor/sdk';
import type { Draft } from '../draft.ts';
import type { Parameters } from '../parameters/parameters.ts';
import { fitParameters } from '../parameters/read-fields.ts';
import type { Api } from '../playground-search.ts';
import { listVariables } from '../prompt/variables.ts';
import { writeTool } from '../run/write-body.ts';

/** Pictures are not saved with a prompt: they come with each run, in this variable. */
export const pictureVariable = 'images';

const providers: Readonly<Record<string, string>> = { openai: 'openai', google: 'google', pictor: 'sketch' };

/** A draft as a version of a saved prompt, without what differs from run to run. */
export function writeVersion(
  draft: Draft,
  setup: { readonly api: Api; readonly model: Model; readonly parameters: Parameters },
  models: readonly Model[],
): { readonly template: PromptTemplate; readonly model: PromptModel } {
  const { api, model, parameters } = setup;
  const provider = providers[model.pictor.vendor] ?? model.pictor.engine ?? model.pictor.vendor;
  const template = api === 'responses' ? writeChat(draft, models) : writeCompletion(draft);
  return {
    template,
    model: {
      provider,
      name: model.id,
      ...(api === 'gemini' ? {} : { api_type: api }),
      parameters: api === 'responses' ? {} : { ...fitParameters(model, parameters) },
    },
  };
}

function writeCompletion(draft: Draft): PromptTemplate {
  return {
    type: 'completion',
    template_format: 'f-string',
    content: writeContent(draft.prompt, draft),
    input_variables: [...listVariables([draft.prompt]), ...pictureVariables(draft)],
  };
}

function writeChat(draft: Draft, models: readonly Model[]): PromptTemplate {
  const said = draft.messages.filter(({ text }) => text.trim() !== '');
  const { type, ...config } =
    draft.tool === null ? { type: undefined } : writeTool(draft.tool, { mask: null, references: [] }, models);
  return {
    type: 'chat',
    messages: [
      ...said.map(({ role, text }) => ({
        role,
        content: [{ type: 'text' as const, text }],
        template_format: 'f-string' as const,
      })),
      { role: 'user', content: writeContent(draft.prompt, draft), template_format: 'f-string' },
    ],
    ...(type === undefined ? {} : { tools: [{ type, config }] }),
    ...(draft.tool === null || draft.toolChoice === 'auto' ? {} : { tool_choice: draft.toolChoice }),
    input_variables: [
      ...listVariables([...said.map(({ text }) => text), draft.prompt]),
      ...pictureVariables(draft),
    ],
  };
}

function writeContent(prompt: string, draft: Draft): ContentBlock[] {
  const text: ContentBlock = { type: 'text', text: prompt };
  return draft.references.length === 0 ? [text] : [text, { type: 'media_variable', name: pictureVariable }];
}

function pictureVariables({ references }: Draft): readonly string[] {
  return references.length === 0 ? [] : [pictureVariable];
}
