import type { Catalogue } from '../catalogue/index.ts';
import { costNanoUsd, estimateUsage } from '../ledger/index.ts';
import type { Usage } from '../models/index.ts';
import type { Delivery } from './delivery.ts';
import type { PlannedJob } from './planned-job.ts';

/** What a job used and cost. */
export type Reckoning = {
  /** Null where the model has no tokens. */
  readonly usage: Usage | null;
  /** What was paid; null: unknown. */
  readonly costNanoUsd: number | null;
  /** What the model would have cost; null: unknown, or nobody stood in. */
  readonly listCostNanoUsd: number | null;
  readonly priceRow: string | null;
};

/** The provider's own usage first, the documented formula where it gave none. The sketch engine costs nothing. */
export function reckon(
  catalogue: Catalogue,
  planned: PlannedJob,
  delivery: Delivery,
  startedAt: Date,
): Reckoning {
  const usage = delivery.usage ?? formulaUsage(planned, delivery);
  const price = catalogue.priceOf(planned.route.row, planned.route.provider, startedAt);
  const images = delivery.images.map(({ width, height, applied }) => ({
    size: `${width}x${height}`,
    ...(applied.quality === undefined ? {} : { quality: applied.quality }),
  }));
  const listed = price === null ? null : costNanoUsd({ usage, images }, price);
  return {
    usage,
    costNanoUsd: planned.route.standIn ? 0 : listed,
    listCostNanoUsd: planned.route.standIn ? listed : null,
    priceRow: price?.id ?? null,
  };
}

function formulaUsage(planned: PlannedJob, delivery: Delivery): Usage | null {
  const { asked, fitted, route } = planned;
  const [first] = delivery.images;
  return estimateUsage({
    row: route.row,
    prompt: fitted.prompt,
    images: asked.images,
    mask: asked.mask,
    n: delivery.images.length,
    size: first,
    quality: first?.applied.quality ?? fitted.quality,
    inputFidelity: fitted.inputFidelity,
    partialImages: delivery.partialCount,
    imageSize: first?.applied.imageSize ?? fitted.imageSize,
    mediaResolution: fitted.mediaResolution,
    textOutChars: delivery.parts.reduce(
      (sum, part) => sum + (part.type === 'text' ? part.text.length : 0),
      0,
    ),
  });
}
