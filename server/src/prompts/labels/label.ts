/** A share of a label's traffic that goes to a version. */
export type Share = {
  readonly version: number;
  /** The shares of one split make 100. */
  readonly percent: number;
};

/** Traffic with these values in its metadata has a split of its own. The first that fits counts. */
export type Segment = {
  /** Metadata key → the values that fit. */
  readonly metadata: Readonly<Record<string, readonly string[]>>;
  readonly shares: readonly Share[];
};

/** How a label deals traffic out to several versions. */
export type Split = {
  readonly shares: readonly Share[];
  readonly segments: readonly Segment[];
  /** Metadata key whose value always goes the same way; null: every draw is a new one. */
  readonly stickyBy: string | null;
};

/** A name that stands for a version, and can be moved to another. */
export type Label = {
  readonly id: string;
  /** For wires that know numbers only. */
  readonly number: number;
  readonly promptId: string;
  readonly name: string;
  readonly version: number;
  /** Moves and deletions must be asked for twice: with `confirm`. */
  readonly isProtected: boolean;
  /** Null: all traffic goes to `version`. */
  readonly split: Split | null;
  readonly createdAt: Date;
};
