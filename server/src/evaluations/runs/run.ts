import type { EvaluationColumn, Scorecard } from '@pictor/api';
import type { RunSummary } from '../scores/score.ts';

/** A column of which it is known what it is called everywhere. */
export type RunColumn = EvaluationColumn & { readonly id: string };

export type RunStatus = 'queued' | 'running' | 'waiting' | 'completed' | 'cancelled' | 'failed';

/** One run of an evaluation, with all that it took along when it was begun. */
export type Run = {
  readonly id: string;
  readonly number: number;
  readonly evaluationId: string;
  readonly projectId: string;
  /** The key that it acts for. */
  readonly keyId: string;
  readonly name: string | null;
  readonly status: RunStatus;
  /** Why it failed or ended early; null: it did not. */
  readonly reason: string | null;
  readonly trigger: 'manual' | 'gate';
  readonly datasetId: string;
  readonly datasetVersion: number;
  /** Null: all rows. */
  readonly rowLimit: number | null;
  readonly columns: readonly RunColumn[];
  readonly scorecard: Scorecard | null;
  /** Rows at a time. */
  readonly concurrency: number;
  /** Null: none. */
  readonly costCapNanoUsd: number | null;
  /** What it says something about, for gates; null: nothing. */
  readonly promptId: string | null;
  readonly promptVersion: number | null;
  readonly rowCount: number;
  /** True: versions of prompts are in its columns, and its rows are written. */
  readonly isPrepared: boolean;
  readonly summary: RunSummary | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
};
