import type { ProviderErrorKind } from '../../../models/index.ts';
import type { GoogleError } from './read-error.ts';

/** Reasons of ErrorInfo that mean the same under every status. */
const kindsByReason: Readonly<Record<string, ProviderErrorKind>> = {
  API_KEY_INVALID: 'unauthorised',
  API_KEY_EXPIRED: 'unauthorised',
  API_KEY_SERVICE_BLOCKED: 'unauthorised',
  API_KEY_HTTP_REFERRER_BLOCKED: 'unauthorised',
  API_KEY_IP_ADDRESS_BLOCKED: 'unauthorised',
  SERVICE_DISABLED: 'unauthorised',
  CONSUMER_INVALID: 'unauthorised',
  IAM_PERMISSION_DENIED: 'unauthorised',
  ACCESS_TOKEN_EXPIRED: 'unauthorised',
  ACCESS_TOKEN_SCOPE_INSUFFICIENT: 'unauthorised',
  CREDENTIALS_MISSING: 'unauthorised',
  ACCOUNT_STATE_INVALID: 'blocked-account',
  CONSUMER_SUSPENDED: 'blocked-account',
  USER_BLOCKED_BY_ADMIN: 'blocked-account',
  BILLING_DISABLED: 'quota',
  RATE_LIMIT_EXCEEDED: 'rate-limited',
};

const accountBlocked =
  /\b(account|project|consumer|organi[sz]ation)\b.{0,80}\b(suspended|terminated|disabled|blocked|banned|denied access)\b/is;
const keyWrong = /\bapi[ _-]?key\b.{0,60}\b(not valid|invalid|expired|leaked|not found|missing)\b/is;
const moneyGone =
  /\bbilling\b.{0,60}\b(enable|disabled|required|set up|not active)|enable billing|credits? (are|is|have been|has been) (depleted|exhausted)|spend(ing)?[ -](cap|limit)|prepay/i;
const apiDisabled = /has not been used in project|api is (not enabled|disabled)|or it is disabled/i;
const countryClosed = /location is not supported|not available in your (country|region)/i;
const contentRefused =
  /responsible ai|safety (filter|polic|system)|prohibited (use|content)|violates? .{0,40}polic/i;

/**
 * The kind of a failure: what its reason says, else what its words say, else its status. A blocked account is looked
 * for before a refusal of content, because both are worded alike.
 */
export function classifyFailure(status: number, error: GoogleError | null): ProviderErrorKind {
  if (status === 429 || error?.status === 'RESOURCE_EXHAUSTED') return ofLimits(error);
  return byReason(error) ?? byWords(status, error) ?? byStatus(status);
}

/**
 * Too fast, or nothing left? The sentence speaks of plan and billing in both cases, so the names of the limits count:
 * one by the day, or one of zero, is not over in a minute.
 */
function ofLimits(error: GoogleError | null): ProviderErrorKind {
  if (error === null) return 'rate-limited';
  if (moneyGone.test(error.message)) return 'quota';
  if (error.limits.length > 0) {
    const isLong = error.limits.some(({ id, value }) => /per_?(day|month)|spend/i.test(id) || value === '0');
    return isLong ? 'quota' : 'rate-limited';
  }
  if (error.retryAfterMs !== undefined) return 'rate-limited';
  return /per day|daily|check your plan and billing/i.test(error.message) ? 'quota' : 'rate-limited';
}

function byReason(error: GoogleError | null): ProviderErrorKind | undefined {
  const reason = error?.reason;
  return reason !== undefined && Object.hasOwn(kindsByReason, reason) ? kindsByReason[reason] : undefined;
}

function byWords(status: number, error: GoogleError | null): ProviderErrorKind | undefined {
  if (![200, 400, 401, 403].includes(status)) return undefined;
  const message = error?.message ?? '';
  if (keyWrong.test(message)) return 'unauthorised';
  if (apiDisabled.test(message)) return 'unauthorised';
  if (moneyGone.test(message)) return 'quota';
  if (accountBlocked.test(message)) return 'blocked-account';
  if (countryClosed.test(message)) return 'unauthorised';
  return status !== 401 && contentRefused.test(message) && error?.field === undefined
    ? 'moderated'
    : undefined;
}

function byStatus(status: number): ProviderErrorKind {
  switch (status) {
    case 401:
    case 403:
      return 'unauthorised';
    case 402:
      return 'quota';
    // Callers name models of the catalogue, so it is this account or this place that lacks one: another may have it.
    case 404:
      return 'unauthorised';
    case 408:
    case 504:
      return 'timed-out';
    case 409:
    case 425:
    case 499:
      return 'unavailable';
  }
  if (status >= 500) return 'unavailable';
  if (status >= 400) return 'rejected';
  return status >= 300 ? 'unauthorised' : 'unreadable';
}
