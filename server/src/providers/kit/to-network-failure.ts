import { type Charged, ProviderError } from '../../models/index.ts';

export type NetworkFacts = {
  readonly provider: string;
  readonly cause: unknown;
  /** Did sending the request begin? Before that, nothing can have been charged. */
  readonly sent: boolean;
  /** Did it end because a picture to be sent could not be read? The service then has no whole request. */
  readonly inputFailed: boolean;
  /** Did Pictor give the call up? */
  readonly gaveUp: boolean;
  /** Did the call take longer than any call may? */
  readonly timedOut: boolean;
};

/** Codes of failures that come before anything is sent, with what to tell. */
const connectionSentences: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'The service refuses connections at its address.',
  ENOTFOUND: "The name of the service's address is not known.",
  EAI_AGAIN: "The name of the service's address could not be looked up.",
  EHOSTUNREACH: 'There is no way to the address of the service.',
  ENETUNREACH: 'There is no way to the address of the service.',
  CONNECT_TIMEOUT: 'The service could not be reached in the time allowed for connecting.',
};

/** What went wrong on the way to a service or back, as a ProviderError. */
export function toNetworkFailure(facts: NetworkFacts): ProviderError {
  if (facts.cause instanceof ProviderError) return facts.cause;
  const { provider, cause } = facts;
  const charged: Charged = facts.sent && !facts.inputFailed ? 'maybe' : 'no';
  const failure = (kind: 'unavailable' | 'timed-out', message: string) =>
    new ProviderError({ kind, charged, provider, message, cause });
  if (facts.gaveUp) return failure('unavailable', 'Pictor ended the call to the service.');
  if (facts.timedOut) return failure('timed-out', 'The service did not answer in the time allowed.');
  if (facts.inputFailed) return failure('unavailable', 'A picture of the request could not be read.');
  const sentence = connectionSentences[codeOf(cause)];
  if (!facts.sent)
    return failure('unavailable', sentence ?? 'The connection to the service could not be made.');
  return failure('unavailable', 'The connection to the service was cut before its answer was complete.');
}

/** A connection to several addresses fails with one error for each. */
function codeOf(cause: unknown): string {
  if (!(cause instanceof Error)) return '';
  if ('code' in cause && typeof cause.code === 'string') return cause.code;
  return cause instanceof AggregateError ? codeOf(cause.errors[0]) : codeOf(cause.cause);
}
