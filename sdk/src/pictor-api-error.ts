/** The facts of a failed call. `status` 0: no answer came. */
export type PictorApiErrorFacts = {
  readonly status: number;
  readonly code: string | null;
  readonly type: string;
  readonly param: string | null;
  readonly message: string;
  readonly requestId: string | null;
  /** The server's own hint, in milliseconds; null or absent: none. */
  readonly retryAfterMs?: number | null;
  /** What the server says about trying again; null or absent: nothing. */
  readonly shouldRetry?: boolean | null;
  readonly cause?: unknown;
};

/**
 * Everything a call can fail with besides being aborted; a subclass says which kind it is. Codes are the server's own,
 * and two of the client: `connection_failed` (no answer came) and `unreadable_answer` (the answer is not what this
 * version expects).
 */
export class PictorApiError extends Error {
  override readonly name: string = 'PictorApiError';
  /** HTTP status; 0: no answer came. 200: the error came as an event of a stream that had begun well. */
  readonly status: number;
  /** Short machine word: `invalid_api_key`, `moderation_blocked`, …; null: the server named none. */
  readonly code: string | null;
  /** Class of the error in OpenAI's words: `invalid_request_error`, `server_error`, … */
  readonly type: string;
  /** The parameter at fault; null: none in particular. */
  readonly param: string | null;
  /** The id under which the server logged the call; null: it never arrived. */
  readonly requestId: string | null;
  /** How long the server asks to wait before another try, in milliseconds; null: it says nothing. */
  readonly retryAfterMs: number | null;
  /** Whether the server says that another try makes sense and pays nothing twice; null: it says nothing. */
  readonly shouldRetry: boolean | null;

  constructor(facts: PictorApiErrorFacts) {
    super(facts.message, { cause: facts.cause });
    this.status = facts.status;
    this.code = facts.code;
    this.type = facts.type;
    this.param = facts.param;
    this.requestId = facts.requestId;
    this.retryAfterMs = facts.retryAfterMs ?? null;
    this.shouldRetry = facts.shouldRetry ?? null;
  }
}

/** The request is wrong, and stays wrong: `message` says what to change, `param` where. */
export class InvalidRequestError extends PictorApiError {
  override readonly name = 'InvalidRequestError';
}

/** The key is missing, unknown, expired or revoked. */
export class AuthenticationError extends PictorApiError {
  override readonly name = 'AuthenticationError';
}

/** The key is known, and not for this: a scope, a model or a project is missing. */
export class PermissionDeniedError extends PictorApiError {
  override readonly name = 'PermissionDeniedError';
}

/** There is no such thing in the project, or no such model. */
export class NotFoundError extends PictorApiError {
  override readonly name = 'NotFoundError';
}

/** What is there already is in the way: a name that is taken, a key that was used with another body. */
export class ConflictError extends PictorApiError {
  override readonly name = 'ConflictError';
}

/** The prompt or a picture was refused for what it shows. */
export class ModerationError extends PictorApiError {
  override readonly name = 'ModerationError';
}

/** A budget of Pictor's, or the account at the provider, is used up. */
export class QuotaError extends PictorApiError {
  override readonly name = 'QuotaError';
}

/** Too many requests within a minute, here or at the provider. `retryAfterMs` says how long to wait. */
export class RateLimitError extends PictorApiError {
  override readonly name = 'RateLimitError';
}

/** The provider failed: it is away, too slow, refuses its key, or answered what cannot be read. */
export class UpstreamError extends PictorApiError {
  override readonly name = 'UpstreamError';
}

/** Pictor itself failed, stops, or waits for its database. */
export class ServerError extends PictorApiError {
  override readonly name = 'ServerError';
}

/** No answer came: the server is not running, or the line broke. */
export class ConnectionError extends PictorApiError {
  override readonly name = 'ConnectionError';
}

/** An answer came that this version of the client cannot read. */
export class UnreadableAnswerError extends PictorApiError {
  override readonly name = 'UnreadableAnswerError';
}

/** The error of the class that its code, or else its status, belongs to. */
export function toErrorClass(facts: PictorApiErrorFacts): PictorApiError {
  const { code, status } = facts;
  if (code === 'moderation_blocked') return new ModerationError(facts);
  if (code === 'insufficient_quota') return new QuotaError(facts);
  if (code === 'upstream_rate_limited' || code === 'rate_limit_exceeded') return new RateLimitError(facts);
  if (code === 'upstream_rejected') return new InvalidRequestError(facts);
  if (code?.startsWith('upstream_') === true) return new UpstreamError(facts);
  if (status === 0) return new ConnectionError(facts);
  if (status === 401) return new AuthenticationError(facts);
  if (status === 403) return new PermissionDeniedError(facts);
  if (status === 404 || status === 410) return new NotFoundError(facts);
  if (status === 409) return new ConflictError(facts);
  if (status === 429) return new RateLimitError(facts);
  if (status >= 400 && status < 500) return new InvalidRequestError(facts);
  return facts.type.startsWith('invalid_request') ? new InvalidRequestError(facts) : new ServerError(facts);
}
