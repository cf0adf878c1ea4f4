/** The facts of a failed call. `status` 0: no answer came. */
export type PictorApiErrorFacts = {
  readonly status: number;
  readonly code: string | null;
  readonly type: string;
  readonly param: string | null;
  readonly message: string;
  readonly requestId: string | null;
  readonly cause?: unknown;
};

/**
 * Everything a call can fail with besides being aborted. Codes are the server's own, and two of the client:
 * `connection_failed` (no answer came) and `unreadable_answer` (the answer is not what this version expects).
 */
export class PictorApiError extends Error {
  override readonly name = 'PictorApiError';
  /** HTTP status; 0: no answer came. */
  readonly status: number;
  /** Short machine word: `invalid_api_key`, `moderation_blocked`, …; null: the server named none. */
  readonly code: string | null;
  /** Class of the error in OpenAI's words: `invalid_request_error`, `server_error`, … */
  readonly type: string;
  /** The parameter at fault; null: none in particular. */
  readonly param: string | null;
  /** The id under which the server logged the call; null: it never arrived. */
  readonly requestId: string | null;

  constructor(facts: PictorApiErrorFacts) {
    super(facts.message, { cause: facts.cause });
    this.status = facts.status;
    this.code = facts.code;
    this.type = facts.type;
    this.param = facts.param;
    this.requestId = facts.requestId;
  }
}
