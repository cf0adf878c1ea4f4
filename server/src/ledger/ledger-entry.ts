import type { Charged, ProviderErrorKind, Usage } from '../models/index.ts';
import type { BilledImage } from './cost-nano-usd.ts';

/** What is booked of one call of one engine: an attempt at a picture, or a turn of a text model. */
export type BookedAttempt = {
  /** From 1. */
  readonly number: number;
  /** `image`: a picture was made or tried. `mainline`: a text model decided what to do. */
  readonly kind: 'image' | 'mainline';
  /** Whose prices hold. */
  readonly provider: string;
  /** The cell that was called. */
  readonly engine: string;
  /** Catalogue id. */
  readonly modelId: string;
  readonly startedAt: Date;
  /** Null: it succeeded, or ended for a reason that no provider gave. */
  readonly error: { readonly kind: ProviderErrorKind } | null;
  readonly charged: Charged;
  readonly upstreamRequestId: string | null;
  /** Null where the model has no tokens, or nobody knows. */
  readonly usage: Usage | null;
  /** Previews that came. */
  readonly partialImages: number;
  /** Every picture that came, for prices per image. */
  readonly billedImages: readonly BilledImage[];
  /** True where a free engine stood in for the model. */
  readonly standIn: boolean;
  /** What was paid; null: unknown. */
  readonly costNanoUsd: number | null;
  /** What the model would have cost where sketch stood in; null: unknown, or nobody stood in. */
  readonly listCostNanoUsd: number | null;
  readonly priceRow: string | null;
};

/** How the request ended that the attempts belong to. */
export type BookedOutcome = 'succeeded' | 'failed' | 'interrupted' | 'cancelled';

/** The cost of a request: the sum of its attempts, 0 where none was made. Null as soon as one is unknown. */
export function sumCosts(attempts: readonly Pick<BookedAttempt, 'costNanoUsd'>[]): number | null {
  let total = 0;
  for (const { costNanoUsd } of attempts) {
    if (costNanoUsd === null) return null;
    total += costNanoUsd;
  }
  return total;
}

/**
 * What budgets count of a request that has ended: what it cost, and for every picture whose cost is unknown what was
 * held for the request. A hold that is unknown itself, and a text model's unknown turn, count nothing.
 */
export function countedNanoUsd(
  attempts: readonly Pick<BookedAttempt, 'costNanoUsd' | 'kind'>[],
  holdNanoUsd: number | null,
): number {
  return attempts.reduce(
    (sum, attempt) => sum + (attempt.costNanoUsd ?? heldOf(attempt, holdNanoUsd) ?? 0),
    0,
  );
}

/** What is kept back for an attempt while its cost is unknown. */
export function heldOf(
  attempt: Pick<BookedAttempt, 'costNanoUsd' | 'kind'>,
  holdNanoUsd: number | null,
): number | null {
  return attempt.costNanoUsd === null && attempt.kind === 'image' ? holdNanoUsd : null;
}
