import { CellError } from '../cell-error.ts';
import type { Pictures } from '../open-pictures.ts';
import { toPictureIds } from '../references/read-values.ts';
import type { CellContext, ColumnRunner, ConfigOf } from './column-runner.ts';

type Inputs = {
  readonly variables: Readonly<Record<string, unknown>>;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly mask: string | null;
};

/** A run of a saved prompt, by the same door as everybody's. A run of an evaluation names the version beforehand. */
export const promptTemplate: ColumnRunner<'prompt_template', Inputs> = {
  isPaid: true,
  isScore: false,
  read: (config, reader) => ({
    variables: reader.tree(config.variables ?? {}) as Inputs['variables'],
    parameters: reader.tree(config.parameters ?? {}) as Inputs['parameters'],
    mask: config.mask === undefined ? null : (reader.anyPictures([config.mask])[0] ?? null),
  }),
  run: async (inputs, config, { calls, pictures }, context) => {
    const { json } = await calls.send(context, {
      path: `/api/prompts/${encodeURIComponent(config.prompt)}/run`,
      body: await toBody(inputs, config, pictures, context),
      idempotencyKey: context.idempotencyKey,
    });
    const requestId = typeof json.request === 'string' ? json.request : null;
    const { images, revisedPrompt, text } = readBlueprint(json.prompt_blueprint);
    if (images.length === 0 && text === null) throw new CellError('empty_answer', 'The model gave nothing.');
    return {
      value: { images, text, revised_prompt: revisedPrompt, model: readModel(json.prompt_blueprint) },
      images,
      requestId,
      costNanoUsd: requestId === null ? null : await calls.costOf(context.projectId, requestId),
    };
  },
};

/** The body of a run. Pictures travel as data, since a prompt takes addresses and an engine may not reach ours. */
export async function toBody(
  inputs: Inputs,
  config: ConfigOf<'prompt_template'>,
  pictures: Pictures,
  context: Pick<CellContext, 'projectId' | 'runId' | 'rowId'>,
): Promise<Readonly<Record<string, unknown>>> {
  const { projectId } = context;
  const variables: [string, unknown][] = [];
  for (const [name, value] of Object.entries(inputs.variables)) {
    const ids = value === null ? null : toPictureIds(value);
    if (value === null) continue;
    if (ids === null || ids.length === 0)
      variables.push([name, typeof value === 'object' ? value : String(value)]);
    else variables.push([name, await Promise.all(ids.map((id) => pictures.dataUrl(projectId, id)))]);
  }
  const mask =
    inputs.mask === null ? {} : { mask: { image_url: await pictures.dataUrl(projectId, inputs.mask) } };
  const parameters = { ...inputs.parameters, ...mask };
  return {
    version: config.version,
    variables: Object.fromEntries(variables),
    ...(config.model === undefined ? {} : { model: config.model }),
    ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
    tags: ['evaluation'],
    metadata: { evaluation_run: context.runId, evaluation_row: context.rowId },
  };
}

type Outcome = {
  readonly images: readonly string[];
  readonly text: string | null;
  readonly revisedPrompt: string | null;
};

/** What came out, from the one form that all providers have. */
function readBlueprint(blueprint: unknown): Outcome {
  const template = member(blueprint, 'prompt_template');
  const messages = member(template, 'messages');
  const content =
    member(template, 'type') === 'chat' && Array.isArray(messages)
      ? member(
          messages.findLast((message) => member(message, 'role') === 'assistant'),
          'content',
        )
      : member(template, 'content');
  const blocks: readonly unknown[] = Array.isArray(content) ? content : [];
  const media = blocks.filter((block) => member(block, 'type') === 'output_media');
  const words = blocks.flatMap((block) => {
    const text = member(block, 'text');
    return member(block, 'type') === 'text' && typeof text === 'string' ? [text] : [];
  });
  const revised = member(member(media[0], 'provider_metadata'), 'revised_prompt');
  return {
    images: media.flatMap(
      (block) => /\/images\/(img_[0-9a-f]{32})/.exec(String(member(block, 'url')))?.[1] ?? [],
    ),
    text: words.length === 0 ? null : words.join('\n'),
    revisedPrompt: typeof revised === 'string' ? revised : null,
  };
}

function readModel(blueprint: unknown): string | null {
  const name = member(member(member(blueprint, 'metadata'), 'model'), 'name');
  return typeof name === 'string' ? name : null;
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return new Map<string, unknown>(Object.entries(value)).get(name);
}
