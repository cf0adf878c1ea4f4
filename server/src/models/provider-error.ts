/** Every way in which a provider can fail. The list is closed: a new failure is mapped to one of these. */
export type ProviderErrorKind =
  | 'moderated' // the content was refused; another try will be refused too
  | 'rate-limited' // too fast; the same call may work later
  | 'quota' // out of money or monthly allowance; waiting does not help
  | 'rejected' // the service calls the request wrong
  | 'unauthorised' // key, token or deployment is wrong: the operator must act
  | 'blocked-account' // the account or resource is suspended: never shown as a content refusal
  | 'unavailable' // overloaded, down, cut off
  | 'timed-out' // no answer in the time allowed
  | 'unreadable'; // an answer came, and holds no image that can be decoded

/** Was money possibly spent? Decides whether anything may be tried again without asking. */
export type Charged = 'no' | 'maybe' | 'yes';

export type ProviderErrorFacts = {
  readonly kind: ProviderErrorKind;
  readonly charged: Charged;
  /** A sentence that may be shown to the caller. Holds no credentials and no prompt. */
  readonly message: string;
  readonly provider: string;
  readonly upstreamStatus?: number;
  readonly upstreamCode?: string;
  readonly upstreamRequestId?: string;
  /** The service's own hint, in milliseconds. */
  readonly retryAfterMs?: number;
  /** The parameter that the service blames. */
  readonly param?: string;
  readonly moderation?: {
    readonly stage: 'input' | 'output' | 'unknown';
    readonly categories: readonly string[];
  };
  readonly cause?: unknown;
};

/** The only error that an image model may throw. It carries facts; the edge decides how they look on a wire. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly facts: ProviderErrorFacts;

  constructor(facts: ProviderErrorFacts) {
    super(facts.message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.facts = facts;
  }

  get kind(): ProviderErrorKind {
    return this.facts.kind;
  }

  /** True when a second try cannot pay twice and has a chance to succeed. */
  get retrySafe(): boolean {
    const passing = this.kind === 'rate-limited' || this.kind === 'unavailable' || this.kind === 'timed-out';
    return passing && this.facts.charged === 'no';
  }
}
