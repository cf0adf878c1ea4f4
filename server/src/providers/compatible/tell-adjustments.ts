import type { Adjustment, ImageJob } from '../../models/index.ts';
import type { EngineModel } from './engine.ts';
import { cleanPrompt } from './prepare-job.ts';
import { inpaintingEdge, sentParameters, wayOf } from './ways.ts';

/** Members of a job beside size, n and format, by the names that callers know. */
const asked: Readonly<Record<string, (job: ImageJob) => unknown>> = {
  quality: (job) => unlessAuto(job.quality),
  background: (job) => unlessAuto(job.background),
  output_compression: (job) => job.outputCompression,
  moderation: (job) => unlessAuto(job.moderation),
  style: (job) => job.style,
  input_fidelity: (job) => job.inputFidelity,
  seed: (job) => job.seed,
  negative_prompt: (job) => job.negativePrompt,
  num_inference_steps: (job) => job.inferenceSteps,
  guidance_scale: (job) => job.guidanceScale,
  true_cfg_scale: (job) => job.trueCfgScale,
  partial_images: (job) => (job.partialImages > 0 ? job.partialImages : undefined),
  user: (job) => job.user,
};

function unlessAuto(value: string | undefined): string | undefined {
  return value === 'auto' ? undefined : value;
}

/** What does not reach the engine as it was asked, with the reason. */
export function tellAdjustments(job: ImageJob, model: EngineModel): readonly Adjustment[] {
  return [
    ...tellPrompt(job, model),
    ...tellMissing(job, model),
    ...tellFormat(job, model),
    ...tellInpainting(job, model),
  ];
}

function tellPrompt(job: ImageJob, model: EngineModel): Adjustment[] {
  const clean = cleanPrompt(job, model);
  if (clean === job.prompt) return [];
  const what =
    model.traits.dialect === 'sdcpp'
      ? 'sd-server runs what stands in sd_cpp_extra_args as options, so it was taken out.'
      : 'LocalAI begins a negative prompt at a bar, so bars became commas; use negative_prompt.';
  return [
    {
      parameter: 'prompt',
      action: 'approximated',
      requested: cut(job.prompt),
      applied: cut(clean),
      reason: what,
    },
  ];
}

function tellMissing(job: ImageJob, model: EngineModel): Adjustment[] {
  const { dialect } = model.traits;
  // Rows of the catalogue behind this dialect are sent as OpenAI has them.
  if (dialect === 'openai' && model.like !== null) return [];
  const has = new Set<string>(sentParameters(job, model));
  const missing = Object.entries(asked).flatMap(([name, read]) => {
    const value = read(job);
    return value === undefined || has.has(name)
      ? []
      : [drop(name, value, `${dialect} does not have it here.`)];
  });
  const strangers = Object.entries(job.passThrough).map(([name, value]) =>
    drop(name, value, `${dialect} does not have it here.`),
  );
  return [...missing, ...strangers];
}

/** Formats of some models of the catalogue, which only OpenAI's own wire knows. */
function tellFormat({ outputFormat }: ImageJob, model: EngineModel): Adjustment[] {
  const { dialect } = model.traits;
  if (dialect === 'openai' || (outputFormat !== 'gif' && outputFormat !== 'svg')) return [];
  return [drop('output_format', outputFormat, `${dialect} does not write it.`)];
}

function tellInpainting(job: ImageJob, model: EngineModel): Adjustment[] {
  if (wayOf(job, model) !== 'inpainting') return [];
  const { size } = job;
  const applied = `${inpaintingEdge}x${inpaintingEdge}`;
  const isOther =
    size !== undefined &&
    size !== 'auto' &&
    (size.width !== inpaintingEdge || size.height !== inpaintingEdge);
  const unused = job.images.length - 1;
  return [
    ...(isOther
      ? [
          {
            parameter: 'size',
            action: 'approximated' as const,
            requested: `${size.width}x${size.height}`,
            applied,
            reason: `LocalAI paints every mask at ${applied}.`,
          },
        ]
      : []),
    ...(unused > 0
      ? [drop('image', `${unused} more`, 'With a mask, LocalAI takes the first image only.')]
      : []),
  ];
}

function drop(parameter: string, requested: unknown, reason: string): Adjustment {
  return { parameter, action: 'dropped', requested, applied: null, reason };
}

/** A report needs no whole prompt. */
function cut(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
