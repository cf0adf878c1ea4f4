import type { Budget, Spend } from '@pictor/sdk';

const dayMs = 86_400_000;
/** Whole days, today included, whose pace is carried on. */
export const paceDays = 7;

export type Forecast = {
  /** USD a day: the known cost of the last seven days, divided by seven. */
  readonly pace: number;
  /** USD at the end of the period; null: the budget has no end. */
  readonly atEnd: number | null;
  /** When the limit is reached at this pace; null: not before the period ends. */
  readonly reachedAt: Date | null;
};

/** Carries the pace of the last seven days on to the end of a budget's period. */
export function forecastBudget(budget: Budget, lastDays: Spend, now: Date): Forecast {
  const rows = lastDays.data.filter(({ group }) => budget.key_id === null || group === budget.key_id);
  const pace = rows.reduce((sum, { cost }) => sum + (cost ?? 0), 0) / paceDays;
  const used = budget.spent + budget.held;
  const end = budget.resets_at === null ? null : budget.resets_at * 1000;
  const restDays = end === null ? null : Math.max(0, end - now.getTime()) / dayMs;
  const atEnd = restDays === null ? null : used + pace * restDays;
  const left = Math.max(0, budget.limit - used);
  const reachedMs = pace > 0 ? now.getTime() + (left / pace) * dayMs : Number.POSITIVE_INFINITY;
  const isReached = end === null ? Number.isFinite(reachedMs) : reachedMs < end;
  return { pace, atEnd, reachedAt: isReached && left > 0 ? toDate(reachedMs) : null };
}

/** Null where it is so far away that no date can say it. */
function toDate(ms: number): Date | null {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? null : date;
}
