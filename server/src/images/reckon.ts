import { type AttemptCost, type BilledImage, costOfAttempt, estimateUsage } from '../ledger/index.ts';
import type { Charged, Usage } from '../models/index.ts';
import type { Delivery } from './delivery.ts';
import type { PlannedJob } from './planned-job.ts';
import { providerFacts } from './provider-facts.ts';

/** What a job used and cost. */
export type Reckoning = AttemptCost & {
  /** Null where the model has no tokens. */
  readonly usage: Usage | null;
  /** Every picture that came, with what was really used. */
  readonly billedImages: readonly BilledImage[];
};

/** A call that has ended. */
type Called = {
  readonly planned: PlannedJob;
  readonly delivery: Delivery;
  /** Null: it succeeded, wholly or in part. */
  readonly error: unknown;
  readonly startedAt: Date;
};

/**
 * What a call used and cost. The provider's own usage counts first, the documented formula where it gave none. Of a
 * failure, what its provider says of the money counts, and its usage where it told any. The sketch engine costs nothing.
 */
export function reckonAttempt({ planned, delivery, error, startedAt }: Called): Reckoning {
  const images = billedImages(planned, delivery);
  const facts =
    error === null
      ? { usage: delivery.usage ?? formulaUsage(planned, delivery), charged: 'yes' as const }
      : { usage: delivery.usage, charged: providerFacts(error)?.charged ?? ('maybe' as const) };
  return priced(planned, { ...facts, images }, startedAt);
}

function priced(
  { route }: PlannedJob,
  facts: { readonly usage: Usage | null; readonly charged: Charged; readonly images: readonly BilledImage[] },
  startedAt: Date,
): Reckoning {
  const price = route.catalogue.priceOf(route.row, route.provider, startedAt);
  return {
    usage: facts.usage,
    billedImages: facts.images,
    ...costOfAttempt({ ...facts, price, standIn: route.standIn }),
  };
}

/** Where the provider does not say which quality it used, it is the one that was asked for, or the model's own. */
function billedImages({ fitted, route }: PlannedJob, delivery: Delivery): readonly BilledImage[] {
  const rule = route.row.parameters.quality;
  const asked = fitted.quality ?? (rule?.kind === 'choice' ? rule.default : undefined);
  return delivery.images.map(({ width, height, applied }) => {
    const quality = applied.quality ?? (asked === 'auto' ? undefined : asked);
    return { size: `${width}x${height}`, ...(quality === undefined ? {} : { quality }) };
  });
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
