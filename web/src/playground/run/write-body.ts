import type { EditBody, GenerateRequest, Model } from '@pictor/sdk';
import type { Draft, ImageTool } from '../draft.ts';
import type { Parameters } from '../parameters/parameters.ts';
import { withParameter } from '../parameters/parameters.ts';
import { fitParameters } from '../parameters/read-fields.ts';
import { fillVariables } from '../prompt/variables.ts';

/** A body of the Images API with its pictures by id, as the wire spells it. */
export type ImagesBody = GenerateRequest & Pick<EditBody, 'images' | 'mask'>;

/** The call of the Images API that a draft is; Gemini's models are called by it as well. */
export function writeImagesBody(draft: Draft, model: Model, parameters: Parameters): ImagesBody {
  const { edits } = model.pictor;
  const references = draft.references.slice(0, edits?.maxImages ?? 0);
  const mask = references.length > 0 && edits?.mask !== false ? draft.mask : null;
  return {
    model: model.id,
    prompt: fillVariables(draft.prompt.trim(), draft.variables),
    ...writeModalities(model),
    ...fitParameters(model, parameters),
    ...(references.length === 0 ? {} : { images: references.map(({ id }) => ({ file_id: id })) }),
    ...(mask === null ? {} : { mask: { file_id: mask.id } }),
  };
}

/** The saved prompt whose words a draft still has; its request then says which version made the picture. */
export function writeSavedPrompt({ opened, prompt, variables, references }: Draft, body: ImagesBody) {
  if (opened === null || opened.text !== prompt || references.length > 0) return undefined;
  if (!opened.parameters.every((name) => name in body)) return undefined;
  return { id: opened.promptId, version: String(opened.version), variables };
}

/** Models that answer in words and pictures are asked for both by name, as their own clients do. */
function writeModalities(model: Model): Pick<ImagesBody, 'response_modalities'> {
  const rule = model.pictor.parameters.response_modalities;
  return rule?.kind === 'choices' ? { response_modalities: rule.default } : {};
}

/** The call of the Responses API that a draft is. */
export function writeResponsesBody(draft: Draft, model: Model, models: readonly Model[]) {
  const fill = (text: string): string => fillVariables(text, draft.variables);
  const pictures = draft.references.map(({ id }) => ({ type: 'input_image', file_id: id, detail: 'auto' }));
  const prompt = fill(draft.prompt.trim());
  const content = [...(prompt === '' ? [] : [{ type: 'input_text', text: prompt }]), ...pictures];
  const before = draft.messages.filter(({ text }) => text.trim() !== '');
  return {
    model: model.id,
    input: [
      ...before.map(({ role, text }) => ({ role, content: fill(text) })),
      ...(content.length === 0 ? [] : [{ role: 'user', content }]),
    ],
    ...(draft.tool === null
      ? {}
      : { tools: [writeTool(draft.tool, draft, models)], ...writeToolChoice(draft.toolChoice) }),
  };
}

/** The image tool as the wire has it: its settings that the image model knows. */
export function writeTool(
  tool: ImageTool,
  draft: Pick<Draft, 'mask' | 'references'>,
  models: readonly Model[],
) {
  const painter = findPainter(models, tool);
  const { action, ...others } = tool.parameters;
  // The tool makes one picture for each call.
  const parameters =
    painter === undefined ? others : withParameter(fitParameters(painter, others), 'n', undefined);
  return {
    type: 'image_generation',
    ...(tool.model === undefined ? {} : { model: tool.model }),
    ...(action === undefined ? {} : { action }),
    ...parameters,
    ...(draft.mask === null || draft.references.length === 0
      ? {}
      : { input_image_mask: { file_id: draft.mask.id } }),
  };
}

const defaultPainter = 'gpt-image-2';

/** Who draws for the tool. */
export function findPainter(models: readonly Model[], tool: ImageTool): Model | undefined {
  const name = tool.model ?? defaultPainter;
  return models.find(({ id }) => id === name) ?? painters(models)[0];
}

/** The models that can draw for the tool. */
export function painters(models: readonly Model[]): readonly Model[] {
  return models.filter(
    ({ pictor }) =>
      pictor.family !== 'text' && (pictor.endpoints.includes('responses') || pictor.family === 'gemini'),
  );
}

function writeToolChoice(choice: Draft['toolChoice']) {
  return choice === 'auto' ? {} : { tool_choice: choice };
}
