import { isRecord } from '../read-error-body.ts';

/** An error in Google's words, with what its details say. */
export type GoogleError = {
  readonly code?: number;
  /** `INVALID_ARGUMENT`, `RESOURCE_EXHAUSTED`, … */
  readonly status?: string;
  readonly message: string;
  /** Of ErrorInfo: `API_KEY_INVALID`, `CONSUMER_SUSPENDED`, … */
  readonly reason?: string;
  /** Of QuotaFailure: the ids of the limits that were reached, each with its value. */
  readonly limits: readonly { readonly id: string; readonly value?: string }[];
  /** Of RetryInfo, in milliseconds. */
  readonly retryAfterMs?: number;
  /** Of BadRequest: the member that is blamed. */
  readonly field?: string;
};

/** Reads `{error: {code, status, message, details}}`, alone or in a list. Null: it is none. */
export function readGoogleError(body: unknown): GoogleError | null {
  const first: unknown = Array.isArray(body) ? body[0] : body;
  const error = isRecord(first) ? first.error : undefined;
  if (!isRecord(error)) return null;
  const details = Array.isArray(error.details) ? error.details.filter(isRecord) : [];
  const ofType = (type: string) =>
    details.filter((detail) => typeof detail['@type'] === 'string' && detail['@type'].endsWith(`.${type}`));
  const reason = ofType('ErrorInfo')[0]?.reason;
  const violation = listOf(ofType('BadRequest')[0]?.fieldViolations)[0];
  const retryAfterMs = readDuration(ofType('RetryInfo')[0]?.retryDelay);
  return {
    message: typeof error.message === 'string' ? error.message : '',
    limits: ofType('QuotaFailure')
      .flatMap((failure) => listOf(failure.violations))
      .map(readLimit),
    ...(typeof error.code === 'number' ? { code: error.code } : {}),
    ...(typeof error.status === 'string' ? { status: error.status } : {}),
    ...(typeof reason === 'string' ? { reason } : {}),
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
    ...(typeof violation?.field === 'string' ? { field: violation.field } : {}),
  };
}

type Members = Readonly<Record<string, unknown>>;

function listOf(value: unknown): readonly Members[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function readLimit(violation: Members): GoogleError['limits'][number] {
  const names = [violation.quotaId, violation.quotaMetric, violation.subject].filter(
    (name) => typeof name === 'string',
  );
  const value = violation.quotaValue;
  return { id: names.join(' '), ...(typeof value === 'string' ? { value } : {}) };
}

/** `34.07s` in milliseconds. */
function readDuration(value: unknown): number | null {
  const match = typeof value === 'string' ? /^(\d+(?:\.\d+)?)s$/.exec(value) : null;
  return match === null ? null : Math.round(Number(match[1]) * 1000);
}
