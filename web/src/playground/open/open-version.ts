import type { ContentBlock, Pictor, PromptTemplate, PromptVersionView } from '@pictor/sdk';
import { type Draft, emptyDraft, type ImageTool, type OpenedPrompt, roles } from '../draft.ts';
import { readParameters } from '../parameters/parameters.ts';
import { newId } from '../prompt/message-list.tsx';
import type { OpenedCall } from './opened-call.ts';

/** What a form shows to go on with a version of a saved prompt. */
export type OpenedVersion = Omit<OpenedCall, 'chosen'> & {
  readonly draft: Draft & { readonly opened: OpenedPrompt };
  readonly chosen: Partial<OpenedCall['chosen']>;
};

/** A version of a saved prompt, the newest where none is named. */
export async function openVersion(
  pictor: Pictor,
  promptId: string,
  wanted: number | undefined,
  signal: AbortSignal,
): Promise<OpenedVersion> {
  const [prompt, versions] = await Promise.all([
    pictor.prompts.get(promptId, { signal }),
    pictor.prompts.versions(promptId, { signal }),
  ]);
  const number = wanted ?? prompt.latest_version;
  const version = versions.data.find((each) => each.version === number);
  if (version === undefined) throw new Error(`The prompt ${prompt.name} has no version ${number}.`);
  return {
    draft: {
      ...emptyDraft,
      ...readTemplate(version.template),
      opened: {
        promptId,
        name: prompt.name,
        version: number,
        text: plainTextOf(version.template),
        parameters: Object.keys(version.model?.parameters ?? {}),
      },
    },
    chosen: readModel(version),
  };
}

function readModel({ model }: PromptVersionView): OpenedVersion['chosen'] {
  if (model === null) return {};
  return { model: model.name, parameters: readParameters(model.parameters) };
}

function readTemplate(template: PromptTemplate): Partial<Draft> {
  if (template.type === 'completion') return { prompt: textOf(template.content) };
  const messages = template.messages
    .filter(({ role }) => role !== 'placeholder')
    .map(({ role, content }) => ({
      id: newId(),
      role: roles.find((each) => each === role) ?? ('user' as const),
      text: textOf(content),
    }));
  const last = messages.at(-1)?.role === 'user' ? messages.at(-1) : undefined;
  const choice = template.tool_choice;
  return {
    prompt: last?.text ?? '',
    messages: last === undefined ? messages : messages.slice(0, -1),
    tool: readTool(template.tools ?? []),
    toolChoice: choice === 'required' || choice === 'none' ? choice : 'auto',
  };
}

function plainTextOf(template: PromptTemplate): string | null {
  if (template.type !== 'completion') return null;
  return template.content.every((block) => block.type === 'text') ? textOf(template.content) : null;
}

function textOf(content: readonly ContentBlock[]): string {
  return content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n');
}

function readTool(tools: readonly { readonly type: string; readonly config?: unknown }[]): ImageTool | null {
  const tool = tools.find(({ type }) => type === 'image_generation');
  if (tool === undefined) return null;
  const { model, ...parameters }: Readonly<Record<string, unknown>> = Object(tool.config ?? {});
  return {
    model: typeof model === 'string' ? model : undefined,
    parameters: readParameters(parameters) ?? {},
  };
}
