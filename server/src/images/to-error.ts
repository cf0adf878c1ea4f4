import { type ErrorCode, PictorError } from '../foundation/index.ts';
import { ProviderError, type ProviderErrorKind } from '../models/index.ts';

const codes: Readonly<Record<ProviderErrorKind, ErrorCode>> = {
  moderated: 'moderation_blocked',
  'rate-limited': 'upstream_rate_limited',
  quota: 'insufficient_quota',
  rejected: 'upstream_rejected',
  unauthorised: 'upstream_unauthorised',
  'blocked-account': 'upstream_account_blocked',
  unavailable: 'upstream_unavailable',
  'timed-out': 'upstream_timed_out',
  unreadable: 'upstream_unreadable',
};

/** What went wrong while a job ran, as an error that can be answered and kept. */
export function toError(error: unknown): PictorError {
  if (error instanceof PictorError) return error;
  if (error instanceof ProviderError) return fromProvider(error);
  return new PictorError({
    code: 'internal_error',
    message: 'Pictor failed while it made this picture. The log has the details under the id of the request.',
    cause: error,
  });
}

function fromProvider(error: ProviderError): PictorError {
  const { facts } = error;
  const moderation =
    facts.moderation === undefined
      ? undefined
      : {
          moderation_details: {
            moderation_stage: facts.moderation.stage,
            categories: facts.moderation.categories,
          },
        };
  return new PictorError({
    code: codes[facts.kind],
    message: facts.message,
    cause: error,
    retrySafe: error.retrySafe,
    ...(facts.param === undefined ? {} : { param: facts.param }),
    ...(moderation === undefined ? {} : { details: moderation }),
    ...(facts.retryAfterMs === undefined ? {} : { retryAfterSeconds: Math.ceil(facts.retryAfterMs / 1000) }),
  });
}
