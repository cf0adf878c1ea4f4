import type { Log } from '../foundation/index.ts';
import { type BookedAttempt, countedNanoUsd } from '../ledger/index.ts';
import type { RateCounter, RateHold } from './count-rate.ts';
import type { SpendCounter, SpendHold } from './count-spend.ts';
import { counts, type Limited } from './limit.ts';
import { budgetUsedUp, priceUnknown, softWarning, tooFast } from './refusals.ts';

/** A request that is about to call an engine. */
export type Wanted = {
  readonly caller: Limited;
  readonly requestId: string;
  /** Catalogue id, for errors. */
  readonly model: string;
  /** The most that it is thought to cost; null: nobody can tell. */
  readonly holdNanoUsd: number | null;
  /** Pictures that are asked for; 0: the turn of a text model, whose pictures are held apart. */
  readonly images: number;
  /** 0: a part of a request that counts already. Default: 1. */
  readonly requests?: number;
  /** The most that it is thought to have, as far as that can be computed. */
  readonly tokens: number;
  readonly now: Date;
  /** True: an engine works on it already, so it is counted and never refused. Default: false. */
  readonly isUnderWay?: boolean;
};

/** What is held for one request until it has ended. Settling or releasing it again changes nothing. */
export type Hold = {
  readonly holdNanoUsd: number | null;
  /** Sentences about soft budgets. */
  readonly warnings: readonly string[];
  /** To be called once the closing row is written: what was used takes the place of what was held. */
  readonly settle: (attempts: readonly SettledAttempt[]) => void;
  /** Nothing was begun: everything is given back. */
  readonly release: () => void;
};

type SettledAttempt = Pick<BookedAttempt, 'costNanoUsd' | 'kind' | 'usage' | 'billedImages'>;

/** A request that runs, for budgets that are made meanwhile. */
type Running = {
  readonly wanted: Wanted;
  readonly spends: SpendHold[];
};

export type Holds = {
  /** Throws `insufficient_quota` or `rate_limit_exceeded`, and then holds nothing. */
  readonly hold: (wanted: Wanted) => Hold;
  /** Holds for a new budget what it would hold for the requests that run. Gives their ids. */
  readonly join: (counter: SpendCounter) => readonly string[];
};

/** Holds and settles against counters that others keep. Everything happens at once, without a wait in between. */
export function openHolds(parts: {
  readonly log: Log;
  readonly spends: () => Iterable<SpendCounter>;
  readonly rates: () => Iterable<RateCounter>;
}): Holds {
  const running = new Map<string, Running>();
  return {
    hold: (wanted) => {
      const rates = [...parts.rates()].filter(({ limit }) => counts(limit, wanted.caller));
      const spends = [...parts.spends()].filter(({ budget }) => counts(budget, wanted.caller));
      if (wanted.isUnderWay !== true) check(rates, spends, wanted);
      const warnings = spends.flatMap((spend) => warningOf(spend, wanted));
      for (const warning of warnings) parts.log.warn({ request: wanted.requestId }, warning);
      const heldRates = rates.map((rate) => ({
        metric: rate.limit.metric,
        hold: rate.hold(amountOf(rate, wanted), wanted.now),
      }));
      const entry: Running = {
        wanted,
        spends: spends.map((spend) => spend.hold(wanted.holdNanoUsd ?? 0, wanted.now)),
      };
      running.set(wanted.requestId, entry);
      const end = (spentNanoUsd: number): boolean => {
        if (!running.delete(wanted.requestId)) return false;
        for (const spend of entry.spends) spend.settle(spentNanoUsd);
        return true;
      };
      return {
        holdNanoUsd: wanted.holdNanoUsd,
        warnings,
        settle: (attempts) => {
          if (!end(countedNanoUsd(attempts, wanted.holdNanoUsd))) return;
          for (const { metric, hold } of heldRates) settleRate(metric, hold, attempts);
        },
        release: () => {
          if (end(0)) for (const { hold } of heldRates) hold.settle(0);
        },
      };
    },
    join: (counter) => {
      const joined = [...running.values()].filter(({ wanted }) => counts(counter.budget, wanted.caller));
      for (const { wanted, spends } of joined) {
        spends.push(counter.hold(wanted.holdNanoUsd ?? 0, wanted.now));
      }
      return joined.map(({ wanted }) => wanted.requestId);
    },
  };
}

function amountOf({ limit }: RateCounter, wanted: Wanted): number {
  return limit.metric === 'requests' ? (wanted.requests ?? 1) : wanted[limit.metric];
}

function check(rates: readonly RateCounter[], spends: readonly SpendCounter[], wanted: Wanted): void {
  for (const rate of rates) checkRate(rate, wanted);
  for (const spend of spends) checkBudget(spend, wanted);
}

function checkRate(rate: RateCounter, wanted: Wanted): void {
  const amount = amountOf(rate, wanted);
  if (amount === 0) return;
  const waitMs = rate.waitMs(amount, wanted.now);
  if (waitMs === null || waitMs > 0) throw tooFast(rate.limit, amount, waitMs);
}

/**
 * All of its images but the last must fit, so that a budget is overshot by one image at most and yet is used to its
 * end. What costs nothing is never refused.
 */
function checkBudget({ budget, standing }: SpendCounter, wanted: Wanted): void {
  if (budget.mode === 'soft' || wanted.holdNanoUsd === 0) return;
  if (wanted.holdNanoUsd === null) throw priceUnknown(budget, wanted.model);
  const now = standing(wanted.now);
  const butTheLast = wanted.holdNanoUsd - wanted.holdNanoUsd / Math.max(1, wanted.images);
  if (now.spentNanoUsd + now.heldNanoUsd + butTheLast >= budget.limitNanoUsd) {
    throw budgetUsedUp(budget, now, wanted.now);
  }
}

function warningOf({ budget, standing }: SpendCounter, wanted: Wanted): readonly string[] {
  if (budget.mode === 'hard' || wanted.holdNanoUsd === 0) return [];
  const before = standing(wanted.now);
  const now = { ...before, heldNanoUsd: before.heldNanoUsd + (wanted.holdNanoUsd ?? 0) };
  if (now.spentNanoUsd + now.heldNanoUsd < budget.limitNanoUsd) return [];
  return [softWarning(budget, now, wanted.now)];
}

/** Tokens of which nobody knows how many there were stay as they were held. */
function settleRate(
  metric: RateCounter['limit']['metric'],
  hold: RateHold,
  attempts: readonly SettledAttempt[],
): void {
  switch (metric) {
    case 'requests':
      return;
    case 'images':
      hold.settle(attempts.reduce((sum, { billedImages }) => sum + billedImages.length, 0));
      return;
    case 'tokens': {
      const known = attempts.flatMap(({ usage }) => (usage === null ? [] : [usage]));
      const free = attempts.every(({ costNanoUsd }) => costNanoUsd === 0);
      if (known.length > 0 || free) hold.settle(known.reduce((sum, usage) => sum + tokensOf(usage), 0));
    }
  }
}

function tokensOf(usage: NonNullable<SettledAttempt['usage']>): number {
  return (usage.textIn ?? 0) + (usage.imageIn ?? 0) + (usage.textOut ?? 0) + (usage.imageOut ?? 0);
}
