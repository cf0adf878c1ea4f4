import type { CheckFailureReason } from '../check-failure.ts';
import type { CheckInputs, CheckResult } from '../image-check.ts';

/** What a process of the pool is asked. */
export type CheckTask = {
  readonly id: number;
  readonly check: string;
  readonly inputs: CheckInputs;
  /** Read before, with their defaults. */
  readonly options: Readonly<Record<string, unknown>>;
};

/** What it answers. */
export type CheckReply = { readonly id: number } & (
  | { readonly result: CheckResult }
  | { readonly failure: { readonly reason: CheckFailureReason; readonly message: string } }
);
