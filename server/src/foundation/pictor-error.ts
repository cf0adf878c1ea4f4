import { type ErrorCode, errorCatalogue } from './error-catalogue.ts';

export type PictorErrorFacts = {
  readonly code: ErrorCode;
  /** One or two sentences for the caller: what is wrong, and what to do. No secrets, no paths. */
  readonly message: string;
  /** The parameter at fault, in the wire's spelling: `size`, `images[2].image_url`. */
  readonly param?: string;
  /** Extra members beside the envelope's four, such as `moderation_details`. */
  readonly details?: Readonly<Record<string, unknown>>;
  /** The `pictor` object beside the envelope, where the request came far enough to have one. */
  readonly pictor?: Readonly<Record<string, unknown>>;
  /** False: a second try may pay twice or cannot help, and official clients are told not to make it by themselves. */
  readonly retrySafe?: boolean;
  /** Seconds after which another try makes sense; becomes `Retry-After`. */
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
};

/** An error that is an answer: it has a place in the catalogue, and a sentence that says what to do. */
export class PictorError extends Error {
  override readonly name = 'PictorError';
  readonly facts: PictorErrorFacts;

  constructor(facts: PictorErrorFacts) {
    super(facts.message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.facts = facts;
  }

  get code(): ErrorCode {
    return this.facts.code;
  }

  get status(): number {
    return errorCatalogue[this.facts.code].status;
  }

  /** The envelope of OpenAI's wire, the value of its `error` member. */
  toEnvelope(): { message: string; type: string; param: string | null; code: string } {
    return {
      message: this.message,
      type: errorCatalogue[this.facts.code].type,
      param: this.facts.param ?? null,
      code: this.facts.code,
      ...this.facts.details,
    };
  }
}
