import { type Charged, ProviderError, type ProviderErrorKind } from '../../../models/index.ts';
import { cleanMessage } from '../clean-message.ts';
import { readRetryAfter } from '../read-retry-after.ts';
import { classifyFailure } from './classify-failure.ts';
import { type GoogleError, readGoogleError } from './read-error.ts';
import type { GoogleUpstream } from './upstream.ts';

/** Who failed, and what no message may show. */
export type FailureSource = {
  readonly upstream: Pick<GoogleUpstream, 'provider' | 'secrets' | 'settings'>;
  readonly prompt: string;
};

export type FailureFacts = {
  /** Of the reply; an error inside a reply has its own. */
  readonly status: number;
  /** Of the reply, lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed body or event; null: it was no JSON. */
  readonly body: unknown;
  readonly source: FailureSource;
};

/** Our names of members that the service blames. */
const parameters: Readonly<Record<string, string>> = {
  aspectratio: 'aspect_ratio',
  imagesize: 'image_size',
  thinkinglevel: 'thinking_level',
  mediaresolution: 'media_resolution',
  responsemodalities: 'response_modalities',
  seed: 'seed',
};

/** What a failure of the service means, in the contract's words. */
export function readFailure(facts: FailureFacts): ProviderError {
  const error = readGoogleError(facts.body);
  const status = facts.status < 300 ? (error?.code ?? facts.status) : facts.status;
  const kind = classifyFailure(status, error);
  const retryAfterMs = error?.retryAfterMs ?? readRetryAfter(facts.headers);
  const param = paramOf(error);
  const upstreamCode = error?.reason ?? error?.status;
  return new ProviderError({
    kind,
    charged: isCharged(facts.status, status, error),
    message: toSentence(kind, facts.source, status, error),
    provider: facts.source.upstream.provider,
    upstreamStatus: status,
    ...(upstreamCode === undefined ? {} : { upstreamCode }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(param === undefined ? {} : { param }),
    ...(kind === 'moderated' ? { moderation: { stage: 'unknown' as const, categories: [] } } : {}),
  });
}

/**
 * Google bills no request that fails with a status of 400 or 500 (ai.google.dev, billing, "Am I charged for failed
 * requests?"). That holds for what Google itself answers, before an answer has begun, and before a deadline.
 */
function isCharged(replyStatus: number, status: number, error: GoogleError | null): Charged {
  if (replyStatus < 300 || status === 504 || status === 408 || status === 499) return 'maybe';
  if (status < 500) return 'no';
  return error === null && status !== 503 ? 'maybe' : 'no';
}

function paramOf(error: GoogleError | null): string | undefined {
  const named = /aspect_?ratio|image_?size|thinking_?level|media_?resolution|response_?modalities|\bseed\b/i;
  const [name] = named.exec(error?.field ?? error?.message ?? '') ?? [];
  return name === undefined ? undefined : parameters[name.replaceAll('_', '').toLowerCase()];
}

/**
 * Where the caller can act, the service's own words count. Where only the operator can, they might tell the caller
 * about the operator's account, so the sentence is Pictor's.
 */
function toSentence(
  kind: ProviderErrorKind,
  source: FailureSource,
  status: number,
  error: GoogleError | null,
): string {
  const hidden = { secrets: source.upstream.secrets, prompt: source.prompt };
  const told = cleanMessage(error?.message ?? '', hidden).replaceAll(
    /\bprojects?[ /=:]+[\w.:-]+/gi,
    'the project',
  );
  switch (kind) {
    case 'moderated':
      return told || 'Google refused the content of this request.';
    case 'rejected':
      return told || `Google calls the request wrong, without a reason (status ${status}).`;
    case 'unauthorised':
      return toOperatorSentence(source.upstream.settings, status, error);
    case 'blocked-account':
      return 'The account or project at Google is suspended or blocked. This is not about the content of the request.';
    case 'quota':
      return 'The account at Google has no money, or no allowance for this model, left.';
    case 'rate-limited':
      return 'Google receives requests too fast from this account, or has no room for them now.';
    case 'timed-out':
      return `Google did not answer in the time allowed (status ${status}).`;
    case 'unavailable':
      return `Google failed or is overloaded (status ${status}).`;
    case 'unreadable':
      return 'Google answered with an error that says nothing Pictor knows.';
  }
}

function toOperatorSentence(
  settings: GoogleUpstream['settings'],
  status: number,
  error: GoogleError | null,
): string {
  if (error?.reason === 'SERVICE_DISABLED') return 'The API is not enabled in the project at Google.';
  if (countryClosed(error)) return 'Google does not serve this API to the place where Pictor runs.';
  if (error === null && (status === 404 || (status >= 300 && status < 400))) {
    return `There is no Gemini API at the address in ${settings.address}.`;
  }
  if (status === 404) {
    return 'The account at Google does not have this model at its location, or the model is gone there.';
  }
  if (status === 400 || status === 401)
    return `Google does not accept the key or credentials in ${settings.key}.`;
  return `Google does not let this account do that (status ${status}). See ${settings.key}.`;
}

function countryClosed(error: GoogleError | null): boolean {
  return /location is not supported/i.test(error?.message ?? '');
}
