import type { PromptModel, PromptTemplate, RunBody } from '@pictor/api';
import type { ChosenVersion } from '../prompts/index.ts';

/** The call of one of our own endpoints that a run is. */
export type RunCall = {
  readonly path: '/v1/images/generations' | '/v1/responses';
  readonly body: Readonly<Record<string, unknown>>;
};

/** Members of a response's body; everything else that a chat's parameters name is for its image tool. */
const responseMembers: readonly string[] = [
  'instructions',
  'max_output_tokens',
  'max_tool_calls',
  'parallel_tool_calls',
  'reasoning',
  'service_tier',
  'store',
  'temperature',
  'text',
  'tool_choice',
  'tools',
  'top_p',
  'truncation',
];

/** Completions go to the Images API, chats to the Responses API. The version is named, so that it is chosen once. */
export function toCall(chosen: ChosenVersion, asked: RunBody): RunCall {
  const { template, model } = chosen.version;
  const { variables, parameters = {} } = asked;
  const reference = {
    id: chosen.prompt.id,
    version: chosen.version.version,
    ...(chosen.label === null ? {} : { label: chosen.label }),
    ...(variables === undefined ? {} : { variables }),
  };
  const shared = {
    ...(asked.model === undefined ? {} : { model: asked.model }),
    ...(asked.stream === undefined ? {} : { stream: asked.stream }),
  };
  if (usesImages(template, model)) {
    return {
      path: '/v1/images/generations',
      body: { prompt_template: reference, ...parameters, ...shared },
    };
  }
  return {
    path: '/v1/responses',
    body: {
      prompt: reference,
      ...toChatParameters(template, parameters),
      ...(asked.metadata === undefined ? {} : { metadata: asked.metadata }),
      ...shared,
    },
  };
}

function usesImages(template: PromptTemplate, model: PromptModel | null): boolean {
  return template.type === 'completion' && model?.api_type !== 'responses';
}

function toChatParameters(
  template: PromptTemplate,
  parameters: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const entries = Object.entries(parameters);
  const own = Object.fromEntries(entries.filter(([name]) => responseMembers.includes(name)));
  const ofTool = Object.fromEntries(entries.filter(([name]) => !responseMembers.includes(name)));
  if (Object.keys(ofTool).length === 0) return own;
  const tools = template.type === 'chat' ? (template.tools ?? []) : [];
  const painter = tools.find(({ type }) => type === 'image_generation');
  const config = typeof painter?.config === 'object' ? painter.config : {};
  const others = tools.filter((tool) => tool !== painter);
  return { ...own, tools: [...others, { ...config, ...ofTool, type: 'image_generation' }] };
}
