import type { Model, PromptModel, PromptTemplate } from '@pictor/sdk';

export const promptKinds = [
  {
    value: 'completion',
    label: 'Completion',
    hint: 'One text, with pictures beside it, for the Images API: the usual choice to make and edit pictures.',
  },
  {
    value: 'chat',
    label: 'Chat',
    hint: 'Messages with roles for the Responses API or Gemini: a model that talks, and draws in between.',
  },
  {
    value: 'snippet',
    label: 'Snippet',
    hint: 'A piece of text that other prompts take in as @@@name@@@. It has no model.',
  },
] as const;

export type PromptKind = (typeof promptKinds)[number]['value'];

export function readKind(value: string): PromptKind {
  return promptKinds.find((kind) => kind.value === value)?.value ?? 'completion';
}

type Models = { readonly pictures: readonly Model[]; readonly chats: readonly Model[] };

const usualPictures = 'gpt-image-2';
const usualTool = 'image_generation';

/** The version that a new prompt starts with. */
export function firstVersion(
  kind: PromptKind,
  text: string,
  { pictures, chats }: Models,
): { readonly template: PromptTemplate; readonly model?: PromptModel } {
  const words = { type: 'text' as const, text };
  if (kind === 'chat') {
    const model = chats[0];
    return {
      template: {
        type: 'chat',
        messages: [{ role: 'user', content: [words], template_format: 'f-string' }],
        tools: model?.pictor.vendor === 'google' ? [] : [{ type: usualTool, config: {} }],
        input_variables: [],
      },
      ...(model === undefined ? {} : { model: toModel(model, 'responses') }),
    };
  }
  const template: PromptTemplate = {
    type: 'completion',
    template_format: 'f-string',
    content: [words],
    input_variables: [],
  };
  const model = pictures.find(({ id }) => id === usualPictures) ?? pictures[0];
  return kind === 'snippet' || model === undefined
    ? { template }
    : { template, model: toModel(model, 'images') };
}

/** A model as versions name it, without parameters. Gemini's models have one way only. */
export function toModel({ id, pictor }: Model, apiType: 'images' | 'responses'): PromptModel {
  const provider =
    pictor.vendor === 'google' ? 'google' : pictor.vendor === 'openai' ? 'openai' : pictor.vendor;
  return {
    provider,
    name: id,
    ...(provider === 'google' && apiType === 'responses' ? {} : { api_type: apiType }),
    parameters: {},
  };
}
