import type { Verdict } from '@pictor/api';

/** One step of a scorecard, over a row or over all rows. */
export type StepScore = {
  readonly title: string;
  readonly columnId: string;
  readonly weight: number;
  readonly isRequired: boolean;
  /** 0 to 1; null: it could not be found out. */
  readonly score: number | null;
  readonly verdict: Verdict;
  readonly evidence: unknown;
};

export type RowScore = {
  readonly score: number | null;
  /** Null: something that counts is not done yet. */
  readonly verdict: Verdict | null;
  readonly steps: readonly StepScore[];
};

export type RunSummary = {
  readonly score: number | null;
  readonly verdict: Verdict | null;
  readonly steps: readonly StepScore[];
  /** Rows by their verdict. */
  readonly verdicts: Readonly<Record<Verdict, number>>;
};
