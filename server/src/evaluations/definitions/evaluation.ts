import type { Scorecard } from '@pictor/api';
import type { RunColumn } from '../runs/run.ts';

/** A dataset, the columns that are done for its rows, and what counts of them. */
export type Evaluation = {
  readonly id: string;
  /** Within the project. */
  readonly number: number;
  readonly projectId: string;
  readonly name: string;
  readonly description: string | null;
  readonly datasetId: string;
  /** Null: the newest when a run begins. */
  readonly datasetVersion: number | null;
  readonly columns: readonly RunColumn[];
  readonly scorecard: Scorecard | null;
  /** Rows at a time. */
  readonly concurrency: number;
  /** Null: none. */
  readonly costCapNanoUsd: number | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};
