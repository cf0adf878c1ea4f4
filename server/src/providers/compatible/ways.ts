import type { ImageJob } from '../../models/index.ts';
import type { EngineModel } from './engine.ts';
import type { EngineFormat, EngineParameter } from './traits.ts';

/** Where a job goes: LocalAI has a route of its own for masks, which takes less. */
export type Way = 'generation' | 'edit' | 'inpainting';

export function wayOf(job: ImageJob, { traits }: EngineModel): Way {
  if (job.kind !== 'edit') return 'generation';
  return traits.dialect === 'localai' && job.mask !== undefined ? 'inpainting' : 'edit';
}

/** A side of every picture that LocalAI paints anew, whatever is asked. */
export const inpaintingEdge = 512;

/** LocalAI's inpainting makes one picture, with a seed of its own. */
export function maxNOf(job: ImageJob, model: EngineModel): number {
  return wayOf(job, model) === 'inpainting' ? 1 : model.traits.maxN;
}

export function hasSeed(job: ImageJob, model: EngineModel): boolean {
  return model.traits.parameters.includes('seed') && wayOf(job, model) !== 'inpainting';
}

/** What the engine makes by itself here: sd-server writes no webp from an edit. */
export function formatsOf(job: ImageJob, { traits }: EngineModel): readonly EngineFormat[] {
  if (traits.dialect !== 'sdcpp' || job.kind !== 'edit') return traits.outputFormats;
  return traits.outputFormats.filter((format) => format !== 'webp');
}

/** What the engine takes on this way. */
export function sentParameters(job: ImageJob, model: EngineModel): readonly EngineParameter[] {
  const { dialect, parameters, guidance } = model.traits;
  const way = wayOf(job, model);
  return parameters.filter((name) => {
    // Whoever writes the format compresses it.
    if (name === 'output_compression' && converts(job, model)) return true;
    if (way === 'inpainting') return name === 'num_inference_steps';
    if (name === 'output_compression' && dialect === 'vllm-omni') return way === 'edit';
    // Two names for one option; the other says it more exactly.
    const isTwice = dialect === 'sdcpp' && guidance === 'txt_cfg' && job.trueCfgScale !== undefined;
    return !(name === 'guidance_scale' && isTwice);
  });
}

/** Does Pictor write the format itself, because the engine cannot? Formats that it cannot write are the engine's. */
export function converts(job: ImageJob, model: EngineModel): boolean {
  const { outputFormat } = job;
  if (outputFormat === undefined || outputFormat === 'gif' || outputFormat === 'svg') return false;
  return !formatsOf(job, model).includes(outputFormat);
}

/** Does the engine heed a mask? Base64 in JSON has no place for one, but for LocalAI's own route. */
export function takesMask({ traits }: Pick<EngineModel, 'traits'>): boolean {
  const { transport, maskField } = traits.edits;
  return maskField !== null && (transport === 'multipart' || traits.dialect === 'localai');
}
