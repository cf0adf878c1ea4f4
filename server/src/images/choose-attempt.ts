import { ProviderError } from '../models/index.ts';
import type { Attempt } from './attempt.ts';

/**
 * The attempt whose end the caller is told. One that ended the search by itself is the last: it succeeded, it was a
 * refusal, or it may have been charged. Where every target failed, one that may work later says more than one that the
 * operator must mend.
 */
export function chooseAttempt(attempts: readonly Attempt[]): Attempt {
  const last = attempts.at(-1);
  if (last === undefined) throw new Error('A job ended without an attempt.');
  const isFinal = !(last.error instanceof ProviderError) || last.error.facts.charged !== 'no';
  if (isFinal || isRefusal(last.error)) return last;
  return attempts.findLast(({ error }) => error instanceof ProviderError && error.retrySafe) ?? last;
}

function isRefusal(error: unknown): boolean {
  return error instanceof ProviderError && (error.kind === 'moderated' || error.kind === 'rejected');
}
