export type CheckFailureReason =
  /** No check has this name. */
  | 'unknown_check'
  | 'invalid_options'
  /** A picture or text that the check requires was not given. */
  | 'missing_input'
  /** The text in `expected` is none that the check can read. */
  | 'invalid_expected'
  /** A picture is missing, damaged, or has too many pixels. */
  | 'unreadable_image'
  | 'timed_out'
  /** The process that looked at the picture ended, mostly because it needed too much memory. */
  | 'crashed'
  | 'aborted';

/** A check that came to no result. Another try may help with `timed_out` and `crashed` only. */
export class CheckFailure extends Error {
  override readonly name = 'CheckFailure';
  readonly reason: CheckFailureReason;

  /** @param message A sentence for the caller. */
  constructor(reason: CheckFailureReason, message: string) {
    super(message);
    this.reason = reason;
  }
}
