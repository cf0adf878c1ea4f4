export type JudgeFailureReason =
  /** No model that sees pictures is configured, or the one that was named does not. */
  | 'judge_unavailable'
  /** The model would not judge. */
  | 'judge_refused'
  /** It answered, and not with what was asked. */
  | 'judge_unreadable'
  | 'judge_timed_out'
  | 'invalid_input';

/** A judgement that did not come about. What was answered before is kept; asking again may help, and may cost again. */
export class JudgeFailure extends Error {
  override readonly name = 'JudgeFailure';
  readonly reason: JudgeFailureReason;
  /** Of the calls that were made. Null: unknown. */
  readonly costNanoUsd: number | null;
  /** The last response that was asked for; null: none. */
  readonly responseId: string | null;

  /** @param message A sentence for the caller. */
  constructor(
    reason: JudgeFailureReason,
    message: string,
    facts: { readonly costNanoUsd?: number | null; readonly responseId?: string | null } = {},
  ) {
    super(message);
    this.reason = reason;
    this.costNanoUsd = facts.costNanoUsd === undefined ? 0 : facts.costNanoUsd;
    this.responseId = facts.responseId ?? null;
  }
}
