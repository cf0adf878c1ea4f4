import type { RateLimit } from './limit.ts';

/** What one rate limit has counted in the last minute. */
export type RateCounter = {
  readonly limit: RateLimit;
  /** Another number for the same limit; what was counted stays. */
  readonly change: (limit: RateLimit) => void;
  readonly remaining: (now: Date) => number;
  /** Until nothing counts any more; 0: nothing does. */
  readonly resetMs: (now: Date) => number;
  /** Until there is room for so much; null: it is more than a whole minute's worth. */
  readonly waitMs: (amount: number, now: Date) => number | null;
  readonly hold: (amount: number, now: Date) => RateHold;
};

/** `actual` takes the place of what was held. */
export type RateHold = { readonly settle: (actual: number) => void };

const minuteMs = 60_000;

/** A sliding minute: never more than the limit within any 60 seconds, and room again as soon as what counts grows old. */
export function countRate(first: RateLimit): RateCounter {
  let limit = first;
  let counted: { readonly atMs: number; amount: number }[] = [];
  const used = (now: Date): number => {
    const since = now.getTime() - minuteMs;
    counted = counted.filter(({ atMs }) => atMs > since);
    return counted.reduce((sum, { amount }) => sum + amount, 0);
  };
  return {
    get limit() {
      return limit;
    },
    change: (changed) => {
      limit = changed;
    },
    remaining: (now) => Math.max(0, limit.perMinute - used(now)),
    resetMs: (now) => {
      used(now);
      return Math.max(0, ...counted.map(({ atMs }) => atMs + minuteMs - now.getTime()));
    },
    waitMs: (amount, now) => {
      if (amount > limit.perMinute) return null;
      let excess = used(now) + amount - limit.perMinute;
      let waitMs = 0;
      for (const each of counted) {
        if (excess <= 0) break;
        excess -= each.amount;
        waitMs = each.atMs + minuteMs - now.getTime();
      }
      return waitMs;
    },
    hold: (amount, now) => {
      const event = { atMs: now.getTime(), amount };
      counted.push(event);
      return {
        settle: (actual) => {
          event.amount = actual;
        },
      };
    },
  };
}
