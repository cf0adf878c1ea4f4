import { randomInt } from 'node:crypto';
import { type ImageJob, ProviderError } from '../../models/index.ts';
import { toWhiteMask } from '../kit/convert-mask.ts';
import { withoutBars, withoutExtraArgs } from './clean-prompt.ts';
import type { EngineModel } from './engine.ts';
import { hasSeed, maxNOf, takesMask, wayOf } from './ways.ts';

/** The prompt as the engine may read it: without what it would take for commands. */
export function cleanPrompt(job: ImageJob, model: EngineModel): string {
  switch (model.traits.dialect) {
    case 'sdcpp':
      return withoutExtraArgs(job.prompt);
    case 'localai':
      return wayOf(job, model) === 'inpainting' ? job.prompt : withoutBars(job.prompt);
    case 'openai':
    case 'vllm-omni':
    case 'sglang':
      return job.prompt;
  }
}

/** A job as its engine gets it: n calls of one where it makes fewer at once, with seeds that differ. */
export async function prepareJob(
  provider: string,
  job: ImageJob,
  model: EngineModel,
): Promise<readonly ImageJob[]> {
  const { mask, ...rest } = job;
  if (mask !== undefined && !takesMask(model)) throw noMask(provider);
  const whole: ImageJob = {
    ...rest,
    // The other dialects have no previews.
    partialImages: model.traits.dialect === 'openai' ? job.partialImages : 0,
    upstreamModel: model.upstreamModel,
    prompt: cleanPrompt(job, model),
    ...(mask === undefined
      ? {}
      : {
          mask: model.traits.edits.maskPolarity === 'white-edits' ? await toWhiteMask(provider, mask) : mask,
        }),
  };
  const isSplit = job.n > maxNOf(job, model);
  const seed = seedOf(job, model, isSplit);
  if (!isSplit) return [{ ...whole, ...(seed === undefined ? {} : { seed }) }];
  return Array.from({ length: job.n }, (_, index) => ({
    ...whole,
    n: 1,
    ...(seed === undefined ? {} : { seed: (seed + index) % 2 ** 31 }),
  }));
}

/** A model of the catalogue may have masks where this engine does not. */
function noMask(provider: string): ProviderError {
  return new ProviderError({
    kind: 'rejected',
    charged: 'no',
    provider,
    param: 'mask',
    message: 'The engine that serves this model would ignore the mask, so it was not asked.',
  });
}

/** As asked, else drawn where the engine would begin with the same one each time. */
function seedOf(job: ImageJob, model: EngineModel, isSplit: boolean): number | undefined {
  if (job.seed !== undefined || !hasSeed(job, model)) return job.seed;
  return model.traits.drawSeed || isSplit ? randomInt(2 ** 31) : undefined;
}
