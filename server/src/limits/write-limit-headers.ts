import type { RateCounter } from './count-rate.ts';

/** OpenAI's headers for Pictor's own limits. Of several for one metric, the one with the least room is told. */
export function writeLimitHeaders(rates: readonly RateCounter[], now: Date): Record<string, string> {
  const headers = new Map<string, string>();
  for (const metric of ['requests', 'images', 'tokens'] as const) {
    const [tightest] = rates
      .filter(({ limit }) => limit.metric === metric)
      .toSorted((one, other) => one.remaining(now) - other.remaining(now));
    if (tightest === undefined) continue;
    headers.set(`x-ratelimit-limit-${metric}`, String(tightest.limit.perMinute));
    headers.set(`x-ratelimit-remaining-${metric}`, String(tightest.remaining(now)));
    headers.set(`x-ratelimit-reset-${metric}`, duration(tightest.resetMs(now)));
  }
  return Object.fromEntries(headers);
}

/** As OpenAI writes it: `350ms`, `1.5s`, `1m0s`. */
function duration(waitMs: number): string {
  if (waitMs < 1000) return `${Math.ceil(waitMs)}ms`;
  if (waitMs < 60_000) return `${Math.ceil(waitMs / 100) / 10}s`;
  return `${Math.floor(waitMs / 60_000)}m${Math.ceil((waitMs % 60_000) / 1000)}s`;
}
