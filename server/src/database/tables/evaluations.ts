import type { ColumnType, Generated } from 'kysely';

type Json<T> = ColumnType<T, string, string>;
type NullableJson<T> = ColumnType<T | null, string | null | undefined, string | null>;
type Wire = Record<string, unknown>;

/** Tables of datasets, evaluations and their runs. */
export type EvaluationTables = {
  datasets: {
    id: string;
    number: number;
    project_id: string;
    name: string;
    description: string | null;
    /** Of the draft: name and kind. */
    fields: Json<Wire[]>;
    /** 0: nothing is published. */
    latest_version: Generated<number>;
    created_at: Date;
    updated_at: Date;
  };
  dataset_versions: {
    dataset_id: string;
    version: number;
    row_count: number;
    fields: Json<Wire[]>;
    note: string | null;
    api_key_id: string | null;
    created_at: Date;
  };
  /** A row is part of every version from `since` up to the one before `until`; null: of the draft as well. */
  dataset_rows: {
    dataset_id: string;
    row_id: string;
    since: number;
    until: number | null;
    position: number;
    row_values: Json<Wire>;
  };
  evaluations: {
    id: string;
    number: number;
    project_id: string;
    name: string;
    description: string | null;
    dataset_id: string;
    /** Null: the newest when a run begins. */
    dataset_version: number | null;
    columns: Json<Wire[]>;
    scorecard: NullableJson<Wire>;
    /** Rows at a time. */
    concurrency: number;
    cost_cap_nano_usd: number | null;
    created_at: Date;
    updated_at: Date;
  };
  evaluation_runs: {
    id: string;
    number: number;
    evaluation_id: string;
    project_id: string;
    /** The key that it acts for. */
    api_key_id: string;
    name: string | null;
    status: 'queued' | 'running' | 'waiting' | 'completed' | 'cancelled' | 'failed';
    reason: string | null;
    trigger: 'manual' | 'gate';
    dataset_id: string;
    dataset_version: number;
    /** Only so many rows; null: all. */
    row_limit: number | null;
    columns: Json<Wire[]>;
    scorecard: NullableJson<Wire>;
    concurrency: number;
    cost_cap_nano_usd: number | null;
    /** The version that it says something about, for gates. */
    prompt_id: string | null;
    prompt_version: number | null;
    row_count: Generated<number>;
    /** True: versions of prompts are in its columns, and its rows are written. */
    prepared: Generated<boolean>;
    score: number | null;
    verdict: string | null;
    summary: NullableJson<Wire>;
    created_at: Date;
    started_at: Date | null;
    finished_at: Date | null;
  };
  evaluation_rows: {
    run_id: string;
    row_id: string;
    position: number;
    score: number | null;
    verdict: string | null;
    steps: NullableJson<unknown[]>;
  };
  /** A cell that is not here is queued. */
  evaluation_cells: {
    run_id: string;
    row_id: string;
    column_id: string;
    status: 'queued' | 'done' | 'failed' | 'skipped' | 'waiting';
    value: NullableJson<unknown>;
    passed: boolean | null;
    /** 0 to 1. */
    score: number | null;
    evidence: NullableJson<unknown>;
    /** Ids of pictures. */
    images: ColumnType<string[], string | undefined, string>;
    error_code: string | null;
    error_message: string | null;
    /** Null: unknown. */
    cost_nano_usd: number | null;
    request_id: string | null;
    duration_ms: number | null;
    attempt: number;
    /** Of its column's definition and all that it read. */
    input_hash: string | null;
    updated_at: Date;
  };
  evaluation_ratings: {
    run_id: string;
    row_id: string;
    column_id: string;
    rater: string;
    value: Json<unknown>;
    note: string | null;
    created_at: Date;
  };
  evaluation_gates: {
    id: string;
    project_id: string;
    evaluation_id: string;
    prompt_id: string;
    labels: Json<string[]>;
    run_on_new_version: boolean;
    minimum: 'pass' | 'warn';
    /** How far the judges agreed with people when it was made. */
    judges: Json<Wire[]>;
    /** The key that its runs act for. */
    api_key_id: string;
    created_at: Date;
  };
};
