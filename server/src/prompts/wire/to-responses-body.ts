import type { ContentBlock, PromptMessage, PromptModel, PromptTemplate } from '@pictor/api';

type Part = Readonly<Record<string, unknown>>;

/** Parameters of Gemini's image models, which the wire carries in its image tool. */
const toolParameters = ['aspect_ratio', 'image_size', 'thinking_level', 'response_modalities'] as const;

/** A prompt in the words of the Responses API. A completion is one message. */
export type ResponsesBody = {
  readonly model?: string;
  readonly input: readonly Part[];
  readonly tools?: readonly Part[];
  readonly [parameter: string]: unknown;
};

/** The body that a rendered prompt becomes. */
export function toResponsesBody(template: PromptTemplate, model: PromptModel | null): ResponsesBody {
  const messages: readonly PromptMessage[] =
    template.type === 'chat' ? template.messages : [{ role: 'user', content: template.content }];
  const { tool, rest } = splitParameters(model);
  const tools = template.type === 'chat' ? (template.tools ?? []).flatMap((each) => toTool(each, tool)) : [];
  const choice = template.type === 'chat' ? template.tool_choice : undefined;
  // A model that paints itself needs no tool to be asked for, and is asked for a picture.
  const isOwnPainter =
    tools.length === 0 && (Object.keys(tool).length > 0 || /^gemini-/.test(model?.name ?? ''));
  const asked = choice ?? (isOwnPainter ? { type: 'image_generation' } : undefined);
  const offered = isOwnPainter ? [{ type: 'image_generation', ...tool }] : tools;
  return {
    ...rest,
    ...(model === null ? {} : { model: model.name }),
    input: messages.flatMap(toItem),
    ...(offered.length === 0 ? {} : { tools: offered }),
    ...(asked === undefined ? {} : { tool_choice: asked }),
  };
}

function splitParameters(model: PromptModel | null): { tool: Part; rest: Part } {
  const entries = Object.entries(model?.parameters ?? {});
  const isTool = ([name]: [string, unknown]) => toolParameters.some((each) => each === name);
  return {
    tool: Object.fromEntries(entries.filter(isTool)),
    rest: Object.fromEntries(entries.filter((entry) => !isTool(entry))),
  };
}

function toItem({ role, content, name, ...rest }: PromptMessage): Part[] {
  switch (role) {
    case 'placeholder':
      return [];
    case 'tool':
    case 'function':
      return [
        { type: 'function_call_output', call_id: rest.tool_call_id ?? name ?? '', output: textOf(content) },
      ];
    case 'assistant': {
      const pictures = content.filter((block) => block.type !== 'text');
      const text = textOf(content);
      return [
        ...(text === '' ? [] : [{ role, content: text }]),
        // Pictures of another conversation are shown to the model as a user would show them.
        ...(pictures.length === 0 ? [] : [{ role: 'user', content: pictures.flatMap(toPart) }]),
      ];
    }
    case 'system':
    case 'developer':
    case 'user':
      return [{ role, content: content.flatMap(toPart) }];
  }
}

function textOf(blocks: readonly ContentBlock[]): string {
  return blocks.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n');
}

function toPart(block: ContentBlock): Part[] {
  switch (block.type) {
    case 'text':
      return [{ type: 'input_text', text: block.text }];
    case 'image_url':
      return [toPicture(block.image_url.url, block.image_url.detail ?? 'auto')];
    case 'media':
      return [toPicture(block.media.url, 'auto')];
    case 'output_media':
      return [toPicture(block.url, 'auto')];
    case 'media_variable':
      return [];
  }
}

function toPicture(url: string, detail: string): Part {
  return { type: 'input_image', image_url: url, detail };
}

/** Built-in tools keep their settings under `config`; functions may stand as Chat Completions writes them. */
function toTool(tool: Part, parameters: Part): Part[] {
  const { type, config, function: nested } = tool;
  if (type === 'variable') return [];
  if (type === 'image_generation') return [{ ...parameters, ...asPart(config), type }];
  if (type === 'function' && nested !== undefined) return [{ ...asPart(nested), type }];
  return [tool];
}

function asPart(value: unknown): Part {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
