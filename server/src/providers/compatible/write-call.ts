import type { ImageJob } from '../../models/index.ts';
import { type Members, toForm, toMembers, type UpstreamRequest } from '../kit/openai-images/to-request.ts';
import { writeBase64Body } from '../kit/write-base64-body.ts';
import { writeJsonBody } from '../kit/write-json-body.ts';
import { withoutBars, writeExtraArgs } from './clean-prompt.ts';
import type { EngineModel } from './engine.ts';
import type { EngineParameter } from './traits.ts';
import { converts, formatsOf, sentParameters, wayOf } from './ways.ts';

const generations = '/images/generations';

/** The call that a prepared job becomes on its engine's dialect. */
export function writeCall(job: ImageJob, model: EngineModel): UpstreamRequest {
  switch (model.traits.dialect) {
    case 'openai':
      return writeForm(job, model, withExtra(toOpenAi(job, model), model));
    case 'vllm-omni':
    case 'sglang':
      return writeForm(job, model, withExtra(toDiffusion(job, model), model));
    case 'sdcpp':
      return writeForm(job, model, toSdcpp(job, model));
    case 'localai':
      return writeLocalAi(job, model);
  }
}

/** JSON where only words go in, a form where pictures do. */
function writeForm(job: ImageJob, { traits }: EngineModel, members: Members): UpstreamRequest {
  const { path, maskPath, imageField, maskField } = traits.edits;
  if (job.kind === 'generate') return { path: generations, body: writeJsonBody(members) };
  if (traits.edits.transport === 'json-base64') return writeBare(job, traits.edits, members);
  return {
    path: job.mask === undefined ? path : maskPath,
    body: toForm(job, members, { image: imageField, mask: maskField ?? 'mask' }),
  };
}

/** As OpenAI has it, with this engine's extras where it says that it has any. */
function toOpenAi(job: ImageJob, model: EngineModel): Members {
  const { response_format, size, output_compression, ...members } = toMembers(job);
  // OpenAI's own models know this word. Of others, nobody can say.
  const isUnsaid = size === 'auto' && model.like === null;
  return known({
    ...members,
    size: isUnsaid ? undefined : size,
    output_compression: converts(job, model) ? undefined : output_compression,
    model: model.traits.sendModel ? members.model : undefined,
    output_format: formatOf(job, model),
    response_format: model.traits.responseFormat === 'omit' ? undefined : response_format,
    ...extrasOf(job, model),
  });
}

function toDiffusion(job: ImageJob, model: EngineModel): Members {
  const has = new Set<EngineParameter>(sentParameters(job, model));
  return known({
    ...common(job, model),
    model: model.traits.sendModel ? job.upstreamModel : undefined,
    response_format: model.traits.responseFormat === 'omit' ? undefined : model.traits.responseFormat,
    quality: has.has('quality') ? job.quality : undefined,
    background: has.has('background') ? job.background : undefined,
    user: has.has('user') ? job.user : undefined,
    ...extrasOf(job, model),
  });
}

/** What every dialect calls the same. */
function common(job: ImageJob, model: EngineModel): Members {
  const { size } = job;
  const compresses = sentParameters(job, model).includes('output_compression') && !converts(job, model);
  return {
    prompt: job.prompt,
    n: job.n > 1 ? job.n : undefined,
    // None of these engines knows the word `auto`: it is what they do when nothing is said.
    size: size === undefined || size === 'auto' ? undefined : `${size.width}x${size.height}`,
    output_format: formatOf(job, model),
    output_compression: compresses ? job.outputCompression : undefined,
  };
}

/** The nearest without loss, where the engine cannot write what is asked. */
function formatOf(job: ImageJob, model: EngineModel): string | undefined {
  const isStrange = job.outputFormat === 'gif' || job.outputFormat === 'svg';
  if (isStrange && model.traits.dialect !== 'openai') return undefined;
  if (!converts(job, model)) return job.outputFormat;
  const formats = formatsOf(job, model);
  return formats.includes('png') ? 'png' : formats[0];
}

function extrasOf(job: ImageJob, model: EngineModel): Members {
  const has = new Set<EngineParameter>(sentParameters(job, model));
  return {
    seed: has.has('seed') ? job.seed : undefined,
    negative_prompt: has.has('negative_prompt') ? job.negativePrompt : undefined,
    num_inference_steps: has.has('num_inference_steps') ? job.inferenceSteps : undefined,
    guidance_scale: has.has('guidance_scale') ? job.guidanceScale : undefined,
    true_cfg_scale: has.has('true_cfg_scale') ? job.trueCfgScale : undefined,
  };
}

/** sd-server reads its options from the prompt, and nothing else of the request. */
function toSdcpp(job: ImageJob, model: EngineModel): Members {
  const { traits } = model;
  const extras = extrasOf(job, model);
  const guidance = known({
    txt_cfg: extras.true_cfg_scale ?? (traits.guidance === 'txt_cfg' ? extras.guidance_scale : undefined),
    distilled_guidance: traits.guidance === 'distilled_guidance' ? extras.guidance_scale : undefined,
  });
  const sampling = known({
    sample_steps: extras.num_inference_steps,
    guidance: Object.keys(guidance).length === 0 ? undefined : guidance,
  });
  const options = known({
    negative_prompt: extras.negative_prompt,
    seed: extras.seed,
    sample_params: Object.keys(sampling).length === 0 ? undefined : sampling,
    ...traits.extraBody,
  });
  const isPlain = Object.keys(options).length === 0;
  return known({
    ...common(job, model),
    model: traits.sendModel ? job.upstreamModel : undefined,
    prompt: isPlain ? job.prompt : `${job.prompt} ${writeExtraArgs(options)}`,
  });
}

/** LocalAI: pictures inside the JSON of a generation, and a form of its own for masks. */
function writeLocalAi(job: ImageJob, model: EngineModel): UpstreamRequest {
  const { traits } = model;
  const { size, prompt, n } = common(job, model);
  const extras = extrasOf(job, model);
  const modelName = traits.sendModel ? job.upstreamModel : undefined;
  if (wayOf(job, model) === 'inpainting') {
    const members = known({ model: modelName, prompt, steps: extras.num_inference_steps });
    const [first] = job.images;
    const pictures = { ...job, images: first === undefined ? [] : [first] };
    const names = { image: 'image', mask: traits.edits.maskField ?? 'mask' };
    return { path: traits.edits.maskPath, body: toForm(pictures, withExtra(members, model), names) };
  }
  const negative = job.negativePrompt === undefined ? '' : `|${withoutBars(job.negativePrompt)}`;
  const members = known({
    model: modelName,
    prompt: extras.negative_prompt === undefined ? prompt : `${job.prompt}${negative}`,
    n,
    size,
    response_format: traits.responseFormat === 'omit' ? undefined : traits.responseFormat,
    step: extras.num_inference_steps,
    seed: extras.seed,
  });
  return writeForm(job, model, withExtra(members, model));
}

/** Bare base64 in lists. LocalAI begins with the first of `files`; all others are references. */
function writeBare(
  job: ImageJob,
  { path, imageField }: EngineModel['traits']['edits'],
  members: Members,
): UpstreamRequest {
  const [first, ...others] = job.images;
  const begins = imageField === 'files' && first !== undefined;
  const body = writeBase64Body((base64) => ({
    ...members,
    ...(begins ? { files: [base64(first)] } : { [imageField]: job.images.map(base64) }),
    ...(begins && others.length > 0 ? { ref_images: others.map(base64) } : {}),
  }));
  return { path, body };
}

function withExtra(members: Members, { traits }: EngineModel): Members {
  return { ...members, ...traits.extraBody };
}

function known(members: Members): Members {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
