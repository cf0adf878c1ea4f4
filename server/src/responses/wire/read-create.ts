import { type CreateResponseBody, createResponseBody } from '@pictor/api';
import { PictorError } from '../../foundation/index.ts';
import { toParameterError } from '../../http/index.ts';
import { isWire, type Wire } from '../items/item.ts';
import type { AskedResponse } from './asked-response.ts';
import { readBody } from './read-body.ts';
import { readTools } from './read-tools.ts';

/** Members that only a mainline model understands. Who decides says which of them it knows. */
const settingNames = [
  'reasoning',
  'text',
  'temperature',
  'top_p',
  'top_logprobs',
  'max_output_tokens',
  'stream_options',
  'truncation',
  'service_tier',
  'prompt',
  'prompt_cache_key',
  'prompt_cache_retention',
  'prompt_cache_options',
  'moderation',
  'context_management',
  'image',
  'access_programs',
] as const satisfies readonly (keyof CreateResponseBody)[];

const includable: readonly string[] = [
  'message.input_image.image_url',
  'message.output_text.logprobs',
  'reasoning.encrypted_content',
  'web_search_call.action.sources',
  'web_search_call.results',
  'code_interpreter_call.outputs',
  'computer_call_output.output.image_url',
  'file_search_call.results',
];

/** Reads the body of POST /v1/responses. Items of the input are read later, when their pictures are brought in. */
export function readCreate(body: unknown): AskedResponse {
  const members = readBody(body);
  const parsed = createResponseBody.safeParse(members);
  if (!parsed.success) throw toParameterError(parsed.error.issues[0], '');
  const read = parsed.data;
  const store = read.store ?? true;
  const background = read.background ?? false;
  const previousResponseId = read.previous_response_id ?? null;
  const conversationId = (isWire(read.conversation) ? read.conversation.id : read.conversation) ?? null;
  refuseContradictions({ store, background, previousResponseId, conversationId });
  const tools = read.tools ?? [];
  return {
    model: readModel(read.model),
    input: readInput(read),
    instructions: read.instructions ?? null,
    tools: readTools(tools, read.tool_choice),
    previousResponseId,
    conversationId,
    store,
    background,
    stream: read.stream ?? false,
    include: readInclude(read.include ?? [], 'include'),
    maxToolCalls: read.max_tool_calls ?? null,
    parallelToolCalls: read.parallel_tool_calls ?? true,
    endUser: read.safety_identifier ?? read.user,
    settings: Object.fromEntries(
      settingNames.filter((name) => read[name] !== undefined).map((name) => [name, read[name]]),
    ),
    echo: echoOf(read, tools, store),
  };
}

/** The names that `include` may hold. `param` is how errors name the list. */
export function readInclude(names: readonly string[], param: string): readonly string[] {
  const unknown = names.find((name) => !includable.includes(name));
  if (unknown === undefined) return names;
  throw new PictorError({
    code: 'invalid_value',
    message: `'${unknown.slice(0, 60)}' cannot be included. What can: ${includable.join(', ')}.`,
    param,
  });
}

function readModel(model: string | undefined): string {
  if (model !== undefined && model.trim() !== '') return model;
  throw new PictorError({
    code: 'missing_required_parameter',
    message:
      "Missing required parameter: 'model'. Name who leads the conversation, for instance gpt-5.4 or sketch-director-1.",
    param: 'model',
  });
}

function readInput(read: CreateResponseBody): string | readonly Wire[] {
  if (read.input !== undefined) return read.input;
  const goesOn =
    read.previous_response_id !== undefined || read.conversation !== undefined || read.prompt !== undefined;
  if (goesOn) return [];
  throw new PictorError({
    code: 'missing_required_parameter',
    message: "Missing required parameter: 'input'. Send a text, or a list of items.",
    param: 'input',
  });
}

function refuseContradictions(
  asked: Pick<AskedResponse, 'store' | 'background' | 'previousResponseId' | 'conversationId'>,
): void {
  if (asked.previousResponseId !== null && asked.conversationId !== null) {
    throw new PictorError({
      code: 'invalid_value',
      message:
        'Send previous_response_id or conversation, not both: each names a conversation to go on with.',
      param: 'previous_response_id',
    });
  }
  if (asked.background && !asked.store) {
    throw new PictorError({
      code: 'invalid_value',
      message: 'A response in the background is fetched later, so it must be stored. Leave store out.',
      param: 'store',
    });
  }
}

function echoOf(read: CreateResponseBody, tools: readonly Wire[], store: boolean): Wire {
  return {
    instructions: read.instructions ?? null,
    max_output_tokens: read.max_output_tokens ?? null,
    max_tool_calls: read.max_tool_calls ?? null,
    metadata: read.metadata ?? {},
    parallel_tool_calls: read.parallel_tool_calls ?? true,
    previous_response_id: read.previous_response_id ?? null,
    prompt: read.prompt ?? null,
    prompt_cache_key: read.prompt_cache_key ?? null,
    prompt_cache_retention: read.prompt_cache_retention ?? null,
    reasoning: { effort: null, summary: null, ...read.reasoning },
    safety_identifier: read.safety_identifier ?? null,
    service_tier: 'default',
    store,
    temperature: read.temperature ?? 1,
    text: { format: { type: 'text' }, verbosity: 'medium', ...read.text },
    tool_choice: read.tool_choice ?? 'auto',
    tools: tools.map(echoTool),
    top_logprobs: read.top_logprobs ?? 0,
    top_p: read.top_p ?? 1,
    truncation: read.truncation ?? 'disabled',
    ...(read.user === undefined ? {} : { user: read.user }),
  };
}

/** As sent, with the members that official types call required; a mask without its bytes, and nothing that is null. */
function echoTool(tool: Wire): Wire {
  if (tool.type === 'function') {
    return {
      ...tool,
      description: tool.description ?? null,
      parameters: tool.parameters ?? null,
      strict: tool.strict ?? true,
    };
  }
  if (tool.type !== 'image_generation') return tool;
  const told = Object.fromEntries(Object.entries(tool).filter(([, member]) => member !== null));
  const mask = told.input_image_mask;
  if (!isWire(mask) || typeof mask.image_url !== 'string' || /^https?:/i.test(mask.image_url)) return told;
  return { ...told, input_image_mask: {} };
}
