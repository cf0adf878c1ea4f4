/**
 * One difference between what was asked and what was sent, told to the caller in the `pictor` object.
 * - `approximated`: sent with another value (`applied`).
 * - `dropped`: not sent at all (`applied` is null).
 * - `passed-through`: sent as given although Pictor does not model it, so nobody has checked it.
 */
export type Adjustment = {
  readonly parameter: string;
  readonly action: 'approximated' | 'dropped' | 'passed-through';
  /** As the caller sent it. */
  readonly requested: unknown;
  /** As it went on; null when dropped. */
  readonly applied: unknown;
  /** One sentence that says why. */
  readonly reason: string;
};
