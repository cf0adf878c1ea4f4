import { toUsd } from '../foundation/index.ts';
import type { RateCounter } from './count-rate.ts';
import type { SpendCounter } from './count-spend.ts';
import { endOf } from './period.ts';

/** A budget as the API shows it. Money is USD here; rows keep integer nano-USD. */
export function toBudgetView({ budget, standing }: SpendCounter, now: Date) {
  const { spentNanoUsd, heldNanoUsd } = standing(now);
  const end = endOf(budget.period, now);
  return {
    id: budget.id,
    object: 'budget',
    key_id: budget.keyId,
    period: budget.period,
    mode: budget.mode,
    limit: toUsd(budget.limitNanoUsd),
    limit_nano_usd: budget.limitNanoUsd,
    spent: toUsd(spentNanoUsd),
    held: toUsd(heldNanoUsd),
    remaining: toUsd(Math.max(0, budget.limitNanoUsd - spentNanoUsd - heldNanoUsd)),
    resets_at: end === null ? null : toSeconds(end),
    created_at: toSeconds(budget.createdAt),
  };
}

/** A rate limit as the API shows it. */
export function toRateView({ limit, remaining }: RateCounter, now: Date) {
  return {
    id: limit.id,
    object: 'rate_limit',
    key_id: limit.keyId,
    metric: limit.metric,
    per_minute: limit.perMinute,
    remaining: remaining(now),
    created_at: toSeconds(limit.createdAt),
  };
}

function toSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
