import type { PromptModel, PromptTemplate } from '@pictor/api';
import { type ChosenVersion, toImagesBody, toResponsesBody } from '../prompts/index.ts';
import type { Wire } from './wire.ts';

/** PromptLayer's numbers for things that are one here. */
const workspaceId = 1;
const providerId = 1;

/** How a client reaches this server's own endpoints with what it has: this address, and its own key. */
export type OwnEndpoint = {
  /** `https://pictor.example/v1`. */
  readonly url: string;
  /** The key that came with the request; null: a session did. */
  readonly key: string | null;
};

/** What a client runs: the template, and the arguments of its provider's function. */
export type RunnableTemplate = {
  readonly chosen: ChosenVersion;
  /** Rendered, or not, as the client asked. */
  readonly template: PromptTemplate;
  readonly model: PromptModel | null;
  readonly warning: string | null;
};

/** A version as clients fetch it to run it. */
export function toRunnable(runnable: RunnableTemplate, endpoint: OwnEndpoint): Wire {
  const { chosen, model, warning } = runnable;
  const { template, apiType } = fitToClient(runnable.template, model);
  return {
    ...toVersion(chosen, template),
    metadata: {
      ...chosen.version.metadata,
      ...(model === null ? {} : { model: { ...model, api_type: apiType } }),
    },
    llm_kwargs: model === null ? null : toArguments(template, model, apiType),
    provider_id: providerId,
    provider_base_url: null,
    // Every model is called over OpenAI's wire here, whoever makes it: one address and one key serve for all.
    custom_provider:
      endpoint.key === null
        ? null
        : {
            id: providerId,
            name: 'Pictor',
            client: 'openai',
            base_url: endpoint.url,
            workspace_id: workspaceId,
            api_key: endpoint.key,
          },
    warning,
  };
}

/** A version as it was saved. */
export function toVersion(chosen: ChosenVersion, template: PromptTemplate): Wire {
  const { prompt, version, snippets } = chosen;
  return {
    id: prompt.number,
    prompt_name: prompt.name,
    version: version.version,
    prompt_version_id: version.number,
    workspace_id: workspaceId,
    tags: prompt.tags,
    prompt_template: template,
    commit_message: version.commitMessage,
    snippets: snippets.map(({ name, resolvedVersion, label }) => ({
      prompt_name: name,
      version: resolvedVersion,
      label: label ?? null,
    })),
    created_at: version.createdAt.toISOString(),
  };
}

export function toMetadata(metadata: Wire, model: PromptModel | null): Wire {
  return { ...metadata, ...(model === null ? {} : { model }) };
}

/** The arguments of `images.generate` or `responses.create`. */
export function toArguments(template: PromptTemplate, model: PromptModel, apiType: ApiType): Wire {
  return apiType === 'images' ? toImagesBody(template, model) : toResponsesBody(template, model);
}

type ApiType = 'images' | 'responses';

/** Clients know completions on the Images API and chats on the Responses API, and nothing else of OpenAI's. */
export function fitToClient(
  template: PromptTemplate,
  model: PromptModel | null,
): { readonly template: PromptTemplate; readonly apiType: ApiType } {
  if (template.type === 'chat') return { template, apiType: 'responses' };
  if (model?.api_type !== 'responses') return { template, apiType: 'images' };
  const { content, input_variables: variables, template_format: format } = template;
  const message = { role: 'user' as const, content, template_format: format };
  return {
    apiType: 'responses',
    template: { type: 'chat', messages: [message], input_variables: variables },
  };
}
