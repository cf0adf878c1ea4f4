import { ProviderError, type ProviderErrorKind } from '../../../models/index.ts';
import { isWire } from '../../items/item.ts';
import { membersOf } from './to-body.ts';

const kinds: Readonly<Record<string, ProviderErrorKind>> = {
  moderation_blocked: 'moderated',
  content_policy_violation: 'moderated',
  image_content_policy_violation: 'moderated',
  bio_policy: 'moderated',
  misalignment_policy_violation: 'moderated',
  contentFilter: 'moderated',
  content_filter: 'moderated',
  rate_limit_exceeded: 'rate-limited',
  insufficient_quota: 'quota',
  invalid_api_key: 'unauthorised',
};

/** An `error` object inside an answer that began well, as what it means. Work had begun, so it may be charged. */
export function toFailure(value: unknown, provider: string): ProviderError {
  const error = membersOf(value);
  const code = typeof error.code === 'string' ? error.code : undefined;
  const kind = kindOf(code, error.type);
  const details = membersOf(error.moderation_details);
  const stage = details.moderation_stage;
  return new ProviderError({
    kind,
    charged: kind === 'moderated' || kind === 'rejected' ? 'no' : 'maybe',
    provider,
    message:
      typeof error.message === 'string' && error.message !== '' ? error.message : 'The service failed.',
    ...(code === undefined ? {} : { upstreamCode: code }),
    ...(typeof error.param === 'string' ? { param: error.param } : {}),
    ...(kind === 'moderated'
      ? {
          moderation: {
            stage: stage === 'input' || stage === 'output' ? stage : 'unknown',
            categories: Array.isArray(details.categories)
              ? details.categories.filter((each) => typeof each === 'string')
              : [],
          },
        }
      : {}),
  });
}

function kindOf(code: string | undefined, type: unknown): ProviderErrorKind {
  if (code !== undefined && Object.hasOwn(kinds, code)) return kinds[code] ?? 'unavailable';
  if (
    type === 'image_generation_user_error' ||
    /^(invalid|image|unsupported|empty|failed_to_download)_/.test(code ?? '')
  ) {
    return 'rejected';
  }
  return 'unavailable';
}

/** Is there an error in this member? */
export function hasError(value: unknown): boolean {
  return isWire(value) && typeof value.message === 'string';
}
