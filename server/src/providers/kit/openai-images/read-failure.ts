import { type Charged, ProviderError, type ProviderErrorKind } from '../../../models/index.ts';
import { cleanMessage } from '../clean-message.ts';
import { type ErrorBody, readErrorBody } from '../read-error-body.ts';
import { readRequestId } from '../read-request-id.ts';
import { readRetryAfter, readRetryHint } from '../read-retry-after.ts';
import { classifyFailure } from './classify-failure.ts';
import type { Upstream } from './upstream.ts';

/** Who failed, and what no message may show. */
export type FailureSource = {
  readonly upstream: Pick<Upstream, 'provider' | 'secrets' | 'settings' | 'classify'>;
  readonly prompt: string;
};

export type FailureFacts = {
  readonly status: number;
  /** Of the reply, lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed body or event; null: it was no JSON. */
  readonly body: unknown;
  /** Did pictures or previews arrive before? */
  readonly picturesCame: boolean;
  readonly source: FailureSource;
};

/** What a failure of the service means, in the contract's words. */
export function readFailure(facts: FailureFacts): ProviderError {
  const { status, headers } = facts;
  const error = readErrorBody(facts.body);
  const { upstream } = facts.source;
  const verdict = upstream.classify?.(status, error) ?? { kind: classifyFailure(status, error) };
  const { kind } = verdict;
  const moderation = kind === 'moderated' ? readModeration(error) : undefined;
  const hintMs = kind === 'rate-limited' ? readRetryHint(error?.message ?? '') : undefined;
  const retryAfterMs = readRetryAfter(headers) ?? hintMs;
  const upstreamRequestId = readRequestId(headers);
  return new ProviderError({
    kind,
    charged: isCharged(facts, kind),
    message: verdict.message ?? toSentence(kind, facts, error),
    provider: upstream.provider,
    upstreamStatus: status,
    ...(error?.code === undefined ? {} : { upstreamCode: error.code }),
    ...(upstreamRequestId === undefined ? {} : { upstreamRequestId }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(error?.param === undefined ? {} : { param: error.param }),
    ...(moderation === undefined ? {} : { moderation }),
  });
}

/** Statuses that a service or the proxy before it gives without having begun. */
const notBegun: readonly number[] = [425, 503, 521, 522, 523, 529];

function isCharged({ status, picturesCame }: FailureFacts, kind: ProviderErrorKind): Charged {
  if (picturesCame) return 'maybe';
  if (kind === 'moderated' || notBegun.includes(status)) return 'no';
  // An error inside an answer that began well comes after work has begun.
  const began = status < 300 || status >= 500 || status === 408 || status === 409;
  return began ? 'maybe' : 'no';
}

/**
 * Where the caller can act, the service's own words count. Where only the operator can, they might tell the caller
 * about the operator's account, so the sentence is Pictor's.
 */
function toSentence(kind: ProviderErrorKind, facts: FailureFacts, error: ErrorBody | null): string {
  const { status, source } = facts;
  const hidden = { secrets: source.upstream.secrets, prompt: source.prompt };
  const told = error?.message === undefined ? '' : cleanMessage(error.message, hidden);
  switch (kind) {
    case 'moderated':
      return told || 'The service refused the content of this request.';
    case 'rejected':
      return told || `The service calls the request wrong, without a reason (status ${status}).`;
    case 'unauthorised':
      return toOperatorSentence(source.upstream.settings, status, error);
    case 'blocked-account':
      return 'The account at the service is blocked or deactivated. This is not about the content of the request.';
    case 'quota':
      return 'The account at the service has no money or allowance left.';
    case 'rate-limited':
      return 'The service receives requests too fast from this account.';
    case 'timed-out':
      return `The service did not answer in the time allowed (status ${status}).`;
    case 'unavailable':
      return `The service failed or is overloaded (status ${status}).`;
    case 'unreadable':
      return 'The service answered with an error that says nothing Pictor knows.';
  }
}

function toOperatorSentence(settings: Upstream['settings'], status: number, error: ErrorBody | null): string {
  if (status === 401) return `The service does not accept the key in ${settings.key}.`;
  if (error?.code === 'model_not_found') {
    return 'The account at the service does not have this model, or the model has another name there.';
  }
  if (status === 404 || (status >= 300 && status < 400)) {
    return `There is no Images API at the address in ${settings.address}.`;
  }
  return /verif/i.test(error?.message ?? '')
    ? 'The organisation must be verified at the service before it may use this model.'
    : `The service does not let this account do that (status ${status}).`;
}

function readModeration(error: ErrorBody | null): NonNullable<ErrorBody['moderation']> {
  if (error?.moderation !== undefined) return error.moderation;
  const named = /safety_violations=\[([^\]]*)\]/.exec(error?.message ?? '')?.[1] ?? '';
  const categories = named.split(',').map((name) => name.trim());
  return { stage: 'unknown', categories: categories.filter((name) => name !== '') };
}
