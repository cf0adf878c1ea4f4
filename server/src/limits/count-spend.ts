import type { Budget } from './limit.ts';
import { startOf } from './period.ts';

/** What one budget has counted. */
export type SpendCounter = {
  readonly budget: Budget;
  readonly standing: (now: Date) => Standing;
  /** Holds an amount for a request. It counts for the period in which the request began. */
  readonly hold: (nanoUsd: number, now: Date) => SpendHold;
  /** Adds what earlier requests of the period that began then have spent. */
  readonly add: (nanoUsd: number, periodStart: Date) => void;
};

export type Standing = {
  /** Of requests that have ended. */
  readonly spentNanoUsd: number;
  /** For requests that run. */
  readonly heldNanoUsd: number;
};

/** `spent` takes the place of what was held; 0 gives it back. */
export type SpendHold = { readonly settle: (spentNanoUsd: number) => void };

/** Counts in memory, so that nobody waits for a database to learn whether there is money left. */
export function countSpend(budget: Budget): SpendCounter {
  let periodStartMs = 0;
  let spentNanoUsd = 0;
  let heldNanoUsd = 0;
  const turn = (now: Date): number => {
    const startMs = startOf(budget.period, now).getTime();
    if (startMs > periodStartMs) {
      periodStartMs = startMs;
      spentNanoUsd = 0;
      heldNanoUsd = 0;
    }
    return startMs;
  };
  return {
    budget,
    standing: (now) => {
      turn(now);
      return { spentNanoUsd, heldNanoUsd };
    },
    hold: (nanoUsd, now) => {
      const startMs = turn(now);
      if (startMs === periodStartMs) heldNanoUsd += nanoUsd;
      return {
        settle: (settledNanoUsd) => {
          // A period that is over counts no more.
          if (startMs !== periodStartMs) return;
          heldNanoUsd -= nanoUsd;
          spentNanoUsd += settledNanoUsd;
        },
      };
    },
    add: (nanoUsd, periodStart) => {
      if (turn(periodStart) === periodStartMs) spentNanoUsd += nanoUsd;
    },
  };
}
