import type { Charged, PriceRow, Usage } from '../models/index.ts';
import { type BilledImage, costNanoUsd } from './cost-nano-usd.ts';

/** How a call of an engine ended, as far as its cost depends on it. */
export type AttemptFacts = {
  /** What the provider says of the money: `no` where it refused before it worked. */
  readonly charged: Charged;
  /** The provider's own, or computed for what came; null: neither. */
  readonly usage: Usage | null;
  /** Every picture that came, with what was really used. */
  readonly images: readonly BilledImage[];
  /** Null: no price is known. */
  readonly price: PriceRow | null;
  /** True where a free engine stood in for the model: nothing is paid, and the model's price is only told. */
  readonly standIn: boolean;
};

export type AttemptCost = {
  readonly standIn: boolean;
  /** What was paid in whole nano-USD; null: unknown, which is never 0. */
  readonly costNanoUsd: number | null;
  /** What the model would have cost where a free engine stood in; null: unknown, or nobody stood in. */
  readonly listCostNanoUsd: number | null;
  readonly priceRow: string | null;
};

/**
 * The cost of one attempt, of a picture or of a text model's turn (kind `mainline`).
 *
 * Usage counts wherever there is some, also of a refusal: providers bill the input that they read. Without usage, an
 * attempt that was not charged costs 0, and one that may have been has an unknown cost. For a text model hand over its
 * usage with the tokens of its pictures left out (`imageOut: 0`): those are an attempt of their own, of kind `image`.
 */
export function costOfAttempt(facts: AttemptFacts): AttemptCost {
  const { price, standIn } = facts;
  const listed = priced(facts);
  return {
    standIn,
    costNanoUsd: standIn ? 0 : listed,
    listCostNanoUsd: standIn ? listed : null,
    priceRow: price?.id ?? null,
  };
}

function priced({ charged, usage, images, price }: AttemptFacts): number | null {
  if (price?.price.mode === 'free') return 0;
  const nothingCame = usage === null && images.length === 0;
  if (nothingCame && charged === 'no') return 0;
  if (nothingCame || price === null) return null;
  return costNanoUsd({ usage, images }, price);
}
