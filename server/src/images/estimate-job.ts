import { type Estimate, estimateCost } from '../ledger/index.ts';
import type { PlannedJob } from './planned-job.ts';

/** What a planned job will cost by the price of its model, between two bounds. Calls and stores nothing. */
export function estimateJob(planned: PlannedJob, when: Date): Estimate {
  const { asked, fitted, route } = planned;
  const price = route.catalogue.priceOf(route.row, route.provider, when);
  const facts = {
    row: route.row,
    prompt: fitted.prompt,
    images: asked.images,
    mask: asked.mask,
    n: fitted.n,
    size: fitted.size,
    quality: fitted.quality,
    inputFidelity: fitted.inputFidelity,
    partialImages: fitted.partialImages,
    imageSize: fitted.imageSize,
    mediaResolution: fitted.mediaResolution,
  };
  return estimateCost(facts, price);
}
