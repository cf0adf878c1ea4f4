import type { Log } from '../foundation/index.ts';
import { countRate, type RateCounter } from './count-rate.ts';
import { countSpend, type SpendCounter } from './count-spend.ts';
import { type Budget, counts, type Limited, type RateLimit } from './limit.ts';
import { type Hold, openHolds, type Wanted } from './open-holds.ts';
import { startOf } from './period.ts';
import {
  deleteBudget,
  deleteRate,
  listBudgets,
  listRates,
  listRecent,
  saveBudget,
  saveRate,
  sumSpent,
} from './queries.ts';
import type { LimitsDatabase } from './tables.ts';
import { writeLimitHeaders } from './write-limit-headers.ts';

/** Budgets and rate limits of projects and keys. One Pictor counts for one database. */
export type Limits = {
  /**
   * Holds what a request may use, before its engine is called. Throws `insufficient_quota` or `rate_limit_exceeded`,
   * and then holds nothing. Never waits.
   */
  readonly hold: (wanted: Wanted) => Hold;
  /** `x-ratelimit-*` of an answer, for the tightest limit of each metric; empty: none is set. */
  readonly headers: (caller: Limited, now: Date) => Readonly<Record<string, string>>;
  readonly budgets: (projectId: string) => readonly SpendCounter[];
  readonly rates: (projectId: string) => readonly RateCounter[];
  /** Makes a budget or changes it, and counts what was spent before. */
  readonly saveBudget: (budget: Budget) => Promise<SpendCounter>;
  readonly saveRate: (limit: RateLimit) => Promise<RateCounter>;
  readonly removeBudget: (id: string) => Promise<void>;
  readonly removeRate: (id: string) => Promise<void>;
};

const minuteMs = 60_000;

/**
 * Opens the limits, and counts from the rows what was spent before this start. To be opened once what a killed process
 * left running is closed. Whatever is counted from then on is counted in memory.
 */
export async function openLimits(parts: {
  readonly database: LimitsDatabase;
  readonly log: Log;
}): Promise<Limits> {
  const { database } = parts;
  const spends = new Map<string, SpendCounter>();
  const rates = new Map<string, RateCounter>();
  const holds = openHolds({ ...parts, spends: () => spends.values(), rates: () => rates.values() });

  /** From the moment of this call on every request is counted; those of before are read from their rows. */
  const count = async (budget: Budget): Promise<SpendCounter> => {
    const counter = countSpend(budget);
    const before = new Date();
    const exceptRequests = holds.join(counter);
    spends.set(budget.id, counter);
    const since = startOf(budget.period, before);
    counter.add(await sumSpent(database, { budget, since, before, exceptRequests }), before);
    return counter;
  };

  for (const budget of await listBudgets(database)) await count(budget);
  for (const limit of await listRates(database)) {
    const counter = countRate(limit);
    for (const recent of await listRecent(database, limit.projectId, new Date(Date.now() - minuteMs))) {
      if (limit.keyId !== null && recent.keyId !== limit.keyId) continue;
      counter.hold(recent[limit.metric], recent.createdAt);
    }
    rates.set(limit.id, counter);
  }

  return {
    hold: holds.hold,
    headers: (caller, now) =>
      writeLimitHeaders(
        [...rates.values()].filter(({ limit }) => counts(limit, caller)),
        now,
      ),
    budgets: (projectId) => [...spends.values()].filter(({ budget }) => budget.projectId === projectId),
    rates: (projectId) => [...rates.values()].filter(({ limit }) => limit.projectId === projectId),
    saveBudget: async (budget) => {
      await saveBudget(database, budget);
      return await count(budget);
    },
    saveRate: async (limit) => {
      await saveRate(database, limit);
      const counter = rates.get(limit.id) ?? countRate(limit);
      counter.change(limit);
      rates.set(limit.id, counter);
      return counter;
    },
    removeBudget: async (id) => {
      await deleteBudget(database, id);
      spends.delete(id);
    },
    removeRate: async (id) => {
      await deleteRate(database, id);
      rates.delete(id);
    },
  };
}
