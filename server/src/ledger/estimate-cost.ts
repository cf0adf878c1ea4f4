import type { PriceRow } from '../models/index.ts';
import { boundTokens, choices, type TokenBounds } from './bound-tokens.ts';
import { perImageNanoUsd } from './cost-nano-usd.ts';
import type { EstimateFacts } from './estimate-facts.ts';

/** One end of a line: `count` times `rateNanoUsd` is `costNanoUsd`. Null: unknown. */
export type EstimateBound = {
  readonly count: number | null;
  readonly rateNanoUsd: number | null;
  readonly costNanoUsd: number | null;
};

/** One line of the arithmetic. */
export type EstimateLine = {
  readonly bucket: TokenBounds['bucket'] | 'images';
  readonly low: EstimateBound;
  readonly high: EstimateBound;
  readonly basis: string;
};

export type Estimate = {
  /** Whole nano-USD; null: unknown, which is never 0. */
  readonly lowNanoUsd: number | null;
  readonly highNanoUsd: number | null;
  readonly lines: readonly EstimateLine[];
  /** Null: no price is known. */
  readonly price: PriceRow | null;
  /** The most tokens it may have, as far as they can be computed; 0 for models without tokens. */
  readonly highTokens: number;
  /**
   * What a budget holds back for it: the high bound, or the sum of its known lines where one is unknown. Null: nothing
   * can be told, because there is no price.
   */
  readonly holdNanoUsd: number | null;
};

type TokenPrice = Extract<PriceRow['price'], { mode: 'token' }>;
type ImagePrice = Extract<PriceRow['price'], { mode: 'image' }>;

/** What a job will cost, between two bounds, with the arithmetic line by line. Calls and stores nothing. */
export function estimateCost(facts: EstimateFacts, price: PriceRow | null): Estimate {
  const lines = linesOf(facts, price);
  const highNanoUsd = isPriced(price, lines) ? total(lines.map((line) => line.high.costNanoUsd)) : null;
  return {
    lowNanoUsd: isPriced(price, lines) ? total(lines.map((line) => line.low.costNanoUsd)) : null,
    highNanoUsd,
    lines,
    price,
    highTokens: (boundTokens(facts) ?? []).reduce((sum, { high }) => sum + (high ?? 0), 0),
    holdNanoUsd: highNanoUsd ?? knownPart(lines),
  };
}

/** A price by the token says nothing of a model whose tokens nobody can count. */
function isPriced(price: PriceRow | null, lines: readonly EstimateLine[]): boolean {
  return price !== null && (price.price.mode === 'free' || lines.length > 0);
}

function linesOf(facts: EstimateFacts, price: PriceRow | null): readonly EstimateLine[] {
  if (price?.price.mode === 'free') return [];
  if (price?.price.mode === 'image') return [lineOfImages(facts, price.price)];
  const rates = price?.price ?? null;
  return (boundTokens(facts) ?? []).map((bounds) => lineOfTokens(bounds, rates));
}

function lineOfTokens(bounds: TokenBounds, price: TokenPrice | null): EstimateLine {
  const rateNanoUsd = price === null ? null : rateOf(bounds.bucket, price);
  return {
    bucket: bounds.bucket,
    low: bound(bounds.low, rateNanoUsd),
    high: bound(bounds.high, rateNanoUsd),
    basis: bounds.basis,
  };
}

/** Previews are billed as image output. A rate that is not published is 0 only where the price row says so. */
function rateOf(bucket: TokenBounds['bucket'], price: TokenPrice): number | null {
  const billedAs = bucket === 'partialImages' ? 'imageOut' : bucket;
  return price.perToken[billedAs] ?? (price.unbilled?.includes(billedAs) ? 0 : null);
}

function lineOfImages(facts: EstimateFacts, price: ImagePrice): EstimateLine {
  const options = choices(facts);
  const rates = (options.length === 0 ? [{ quality: facts.quality }] : options).map((option) =>
    perImageNanoUsd(price, {
      ...('size' in option ? { size: `${option.size.width}x${option.size.height}` } : {}),
      quality: option.quality,
    }),
  );
  const known = rates.filter((rate) => rate !== null);
  const isKnown = known.length === rates.length;
  return {
    bucket: 'images',
    low: bound(facts.n, isKnown ? Math.min(...known) : null),
    high: bound(facts.n, isKnown ? Math.max(...known) : null),
    basis: 'a price for each image; from the cheapest to the dearest of what is left to the model',
  };
}

function bound(count: number | null, rateNanoUsd: number | null): EstimateBound {
  const costNanoUsd = count === 0 ? 0 : count === null || rateNanoUsd === null ? null : count * rateNanoUsd;
  return { count, rateNanoUsd, costNanoUsd };
}

function total(costs: readonly (number | null)[]): number | null {
  let sum = 0;
  for (const cost of costs) {
    if (cost === null) return null;
    sum += cost;
  }
  return sum;
}

/** Null where not even a part is known. */
function knownPart(lines: readonly EstimateLine[]): number | null {
  const known = lines.map((line) => line.high.costNanoUsd).filter((cost) => cost !== null && cost > 0);
  return known.length === 0 ? null : total(known);
}
