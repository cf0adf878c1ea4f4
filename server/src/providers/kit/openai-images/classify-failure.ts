import type { ProviderErrorKind } from '../../../models/index.ts';
import type { ErrorBody } from '../read-error-body.ts';

/** Codes and types that mean the same under every status. */
const kindsByCode: Readonly<Record<string, ProviderErrorKind>> = {
  account_deactivated: 'blocked-account',
  account_suspended: 'blocked-account',
  access_terminated: 'blocked-account',
  organization_deactivated: 'blocked-account',
  insufficient_quota: 'quota',
  billing_hard_limit_reached: 'quota',
  billing_not_active: 'quota',
  moderation_blocked: 'moderated',
  content_policy_violation: 'moderated',
  image_content_policy_violation: 'moderated',
  content_filter: 'moderated',
  contentFilter: 'moderated',
  invalid_api_key: 'unauthorised',
  // Callers name models of the catalogue, so it is this account that lacks one: another target may have it.
  model_not_found: 'unauthorised',
  rate_limit_exceeded: 'rate-limited',
  server_error: 'unavailable',
};

const accountBlocked = [
  /\b(account|organi[sz]ation|resource|subscription)\b.{0,60}\b(deactivated|suspended|terminated|disabled|blocked|banned)\b/is,
  /\b(access (was|is|has been)|you (are|have been)) (\w+ )?(deactivated|suspended|terminated|revoked|disabled|blocked|banned)\b/i,
];
const moneyGone = /exceeded your current quota|billing hard limit|check your (plan and )?billing/i;
const contentRefused = /safety system|safety_violations=|content polic(y|ies)|usage polic(y|ies)/i;

const threat =
  /\b(may|might|could|can|will)\b.{0,60}\b(account|access|organi[sz]ation|resource|subscription)\b.{0,60}\b(deactivated|suspended|terminated|disabled|blocked|banned)\b|\b(account|access|organi[sz]ation|resource|subscription) (may|might|could|can|will)\b/is;

/** Words of what will happen to an account some day: a refusal of content that warns is still one. */
export function isThreat(message: string): boolean {
  return threat.test(message);
}

/**
 * The kind of a failure: what its code says, else what its words say, else its status. A blocked account is looked
 * for before a refusal of content, because services word both alike.
 */
export function classifyFailure(status: number, error: ErrorBody | null): ProviderErrorKind {
  return byCode(error) ?? byWords(status, error) ?? byStatus(status, error);
}

function byCode(error: ErrorBody | null): ProviderErrorKind | undefined {
  const { code, type, param } = error ?? {};
  if (code !== undefined && Object.hasOwn(kindsByCode, code)) return kindsByCode[code];
  const isBare = code === undefined || code === 'image_generation_user_error';
  // With a parameter or a code of its own, this type blames the request and not its content.
  if (type === 'image_generation_user_error' && isBare && param === undefined) return 'moderated';
  return isBare && type !== undefined && Object.hasOwn(kindsByCode, type) ? kindsByCode[type] : undefined;
}

function byWords(status: number, error: ErrorBody | null): ProviderErrorKind | undefined {
  if (error?.moderation !== undefined) return 'moderated';
  const message = error?.message ?? '';
  if (status >= 300 && status < 400) return undefined;
  if (status < 500 && !isThreat(message) && accountBlocked.some((each) => each.test(message))) {
    return 'blocked-account';
  }
  if (![200, 400, 401, 403, 429].includes(status)) return undefined;
  if (moneyGone.test(message)) return 'quota';
  // Who is not let in was not read.
  const hasReason = status === 401 || error?.code !== undefined || error?.param !== undefined;
  return contentRefused.test(message) && !hasReason ? 'moderated' : undefined;
}

function byStatus(status: number, error: ErrorBody | null): ProviderErrorKind {
  switch (status) {
    case 401:
    case 403:
      return 'unauthorised';
    case 402:
      return 'quota';
    // A service that knows the route says what is missing; something else answers at a wrong address.
    case 404:
      return error === null ? 'unauthorised' : 'rejected';
    case 408:
      return 'timed-out';
    case 409:
    case 425:
      return 'unavailable';
    case 429:
      return 'rate-limited';
  }
  if (status >= 500) return 'unavailable';
  if (status >= 400) return 'rejected';
  if (status >= 300) return 'unauthorised';
  // Gateways answer 200 and put the status of the service behind them into the body.
  const inner = /^[45]\d\d$/.exec(error?.code ?? '')?.[0];
  return inner === undefined ? 'unreadable' : byStatus(Number(inner), error);
}
