import { ProviderError, type ProviderErrorKind } from '../models/index.ts';
import type { Route } from '../routing/index.ts';
import type { Attempt } from './attempt.ts';

/** `again`: the same target may be called again; `next`: only another one; `end`: nobody. */
export type Verdict = 'again' | 'next' | 'end';

/** Failures that say nothing against the request: somewhere else it may succeed. */
const elsewhere: readonly ProviderErrorKind[] = [
  'unavailable',
  'timed-out',
  'rate-limited',
  'quota',
  'unauthorised',
  'blocked-account',
];

/** Failures after which nobody knows whether the picture was made. */
const unknown: readonly ProviderErrorKind[] = ['unavailable', 'timed-out', 'unreadable'];

/**
 * Whether a job goes on after a call. Nothing is paid twice: what may have been charged ends it, unless the operator
 * said otherwise and the caller has seen no preview of a picture that is then thrown away.
 */
export function judgeAttempt({ error, delivery }: Attempt, settings: Route['settings']): Verdict {
  if (!(error instanceof ProviderError)) return 'end';
  const { kind, facts } = error;
  if (facts.charged === 'no') {
    if (error.retrySafe) return 'again';
    return elsewhere.includes(kind) ? 'next' : 'end';
  }
  const mayPayTwice = settings.fallback_when_charge_unknown && facts.charged === 'maybe';
  return mayPayTwice && unknown.includes(kind) && delivery.partialCount === 0 ? 'next' : 'end';
}
