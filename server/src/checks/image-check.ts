import type { z } from 'zod';

/** What a check is given. All pictures are paths of files. */
export type CheckInputs = {
  readonly image: string;
  /** The picture that it is compared with. */
  readonly reference?: string;
  /** Transparent where an edit was allowed, as in the Images API; any picture of the same ratio. */
  readonly mask?: string;
  /** The other pictures of a set, for duplicates. */
  readonly others?: readonly string[];
  /**
   * What a row of a dataset wants, as text: `1024`, `16:9`, `png`, `3`, a lettering, colours. Stands above the option
   * that says the same for all rows.
   */
  readonly expected?: string;
};

export type CheckInput = keyof CheckInputs;

/** What came out of a check. It is JSON. */
export type CheckResult = {
  /** What was measured; its unit is in the check's description. Null: there was nothing to measure, the evidence says why. */
  readonly value: number | string | boolean | null;
  /** Null: nothing was asked of it, it was only measured. */
  readonly passed: boolean | null;
  /** The facts behind the verdict, by name, for people who doubt it. */
  readonly evidence: Readonly<Record<string, unknown>>;
};

/** A check, by what a caller needs to know. */
export type CheckDescription = {
  /** As in a column's configuration: `near_duplicate`. */
  readonly name: string;
  /** `Near duplicate`. */
  readonly title: string;
  /** What it measures, how, and what it is good for, in a sentence or two. */
  readonly description: string;
  /** Of `value`: `pixels`, `share`, `distance`, …; null where it is a text or a yes or no. */
  readonly unit: string | null;
  /** Whether more is better, for sorting by worst; null where neither is. */
  readonly better: 'higher' | 'lower' | null;
  readonly requires: readonly CheckInput[];
  /** Used where given. */
  readonly accepts: readonly CheckInput[];
  /** Reads the options of a column and fills in their defaults. */
  readonly options: z.ZodType<Readonly<Record<string, unknown>>>;
};
