/** One cell of a run, as its row has it. A cell without a row is queued for its first attempt. */
export type Cell = {
  readonly rowId: string;
  readonly columnId: string;
  readonly status: 'queued' | 'done' | 'failed' | 'skipped' | 'waiting';
  readonly value: unknown;
  /** Null: nothing was asked of it. */
  readonly passed: boolean | null;
  /** 0 to 1; null: none. */
  readonly score: number | null;
  readonly evidence: unknown;
  readonly images: readonly string[];
  readonly error: { readonly code: string; readonly message: string } | null;
  /** Of all its attempts; null: unknown. */
  readonly costNanoUsd: number | null;
  readonly requestId: string | null;
  readonly durationMs: number | null;
  /** From 1. */
  readonly attempt: number;
  /** Of its column's definition and all that it read; null: it never came so far. */
  readonly inputHash: string | null;
};
