import type { SpendSearch } from './spend-search.ts';

const dayMs = 86_400_000;
/** More days than anybody looks at one by one. */
const maxDays = 400;

/** First and last day in UTC, both part of the period. */
export type DayPeriod = { readonly from: string; readonly to: string };

/** The days that the address asks for. */
export function toDayPeriod({ period = '30d', from, to }: SpendSearch, now: Date): DayPeriod {
  const today = toDay(now.getTime());
  switch (period) {
    case '7d':
      return { from: toDay(now.getTime() - 6 * dayMs), to: today };
    case '30d':
      return { from: toDay(now.getTime() - 29 * dayMs), to: today };
    case '90d':
      return { from: toDay(now.getTime() - 89 * dayMs), to: today };
    case 'month':
      return { from: `${today.slice(0, 7)}-01`, to: today };
    case 'last-month': {
      const end = Date.parse(`${today.slice(0, 7)}-01`) - dayMs;
      return { from: `${toDay(end).slice(0, 7)}-01`, to: toDay(end) };
    }
    case 'custom': {
      const last = to ?? today;
      const first = from ?? last;
      return first <= last ? { from: first, to: last } : { from: last, to: first };
    }
  }
}

/** Every day of a period, the last ones where there are too many. */
export function daysOf({ from, to }: DayPeriod): readonly string[] {
  const last = Date.parse(to);
  const first = Math.max(Date.parse(from), last - (maxDays - 1) * dayMs);
  return Array.from({ length: Math.round((last - first) / dayMs) + 1 }, (_, index) =>
    toDay(first + index * dayMs),
  );
}

/** `2026-11-21` → `21 Nov 2026`. */
export function formatDay(day: string): string {
  return new Date(day).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

/** The day of a moment in UTC, which is what the ledger counts by. */
export function toDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
