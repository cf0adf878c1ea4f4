import type { ColumnType } from 'kysely';

type Json<T> = ColumnType<T, string, string>;
type NullableJson<T> = ColumnType<T | null, string | null | undefined, string | null>;
/** Left out where it is null. */
type Nullable<T> = ColumnType<T | null, T | null | undefined, T | null>;
type Wire = Record<string, unknown>;

/** What people keep about calls. */
export type RequestLogTables = {
  request_logs: {
    id: string;
    /** Counts within the project, for wires that know numbers only. */
    number: number;
    project_id: string;
    api_key_id: Nullable<string>;
    /** `gateway`: nobody told anything of it; `run`: a saved prompt's; `sdk`, `log`: told by a client. */
    source: 'gateway' | 'run' | 'sdk' | 'log';
    /** The gateway's own row of the same call. Null, with `response_id` too: it was made elsewhere. */
    request_id: Nullable<string>;
    response_id: Nullable<string>;
    /** Of what a client told: equal where it told the same again. */
    call_hash: Nullable<string>;
    function_name: Nullable<string>;
    provider: Nullable<string>;
    model: Nullable<string>;
    parameters: NullableJson<Wire>;
    /** The rendered template that went in, without bytes. */
    input: NullableJson<Wire>;
    /** Blocks that came out: texts, and pictures by the ids of their rows or by foreign addresses. */
    output: NullableJson<unknown[]>;
    input_text: Nullable<string>;
    output_text: Nullable<string>;
    prompt_id: Nullable<string>;
    prompt_name: Nullable<string>;
    prompt_version: Nullable<number>;
    prompt_label: Nullable<string>;
    prompt_variables: NullableJson<Wire>;
    tags: ColumnType<string[], string | undefined, string>;
    metadata: ColumnType<Record<string, string>, string | undefined, string>;
    group_number: Nullable<number>;
    status: Nullable<'SUCCESS' | 'WARNING' | 'ERROR'>;
    error_type: Nullable<string>;
    error_message: Nullable<string>;
    input_tokens: Nullable<number>;
    output_tokens: Nullable<number>;
    cost_nano_usd: Nullable<number>;
    price_row: Nullable<string>;
    span_id: Nullable<string>;
    started_at: Date;
    finished_at: Nullable<Date>;
    created_at: Date;
  };
  /** 0 to 100, one for each name. */
  request_scores: { log_id: string; name: string; value: number; created_at: Date };
  request_groups: { project_id: string; number: number; created_at: Date };
  request_spans: {
    project_id: string;
    trace_id: string;
    span_id: string;
    parent_span_id: string | null;
    name: string;
    status: 'OK' | 'ERROR';
    error_message: string | null;
    /** Without bytes of pictures. */
    attributes: Json<Wire>;
    started_at: Date;
    finished_at: Date | null;
    created_at: Date;
  };
  prompt_folders: { project_id: string; number: number; path: string; created_at: Date };
  /** View: a log joined with the gateway's own row of the same call. */
  request_log_entries: {
    id: string;
    number: number;
    project_id: string;
    api_key_id: string | null;
    source: 'gateway' | 'run' | 'sdk' | 'log';
    request_id: string | null;
    response_id: string | null;
    function_name: string | null;
    parameters: Wire | null;
    input: Wire | null;
    output: unknown[] | null;
    tags: string[];
    metadata: Record<string, string>;
    group_number: number | null;
    error_type: string | null;
    price_row: string | null;
    span_id: string | null;
    created_at: Date;
    provider: string | null;
    model: string | null;
    input_text: string | null;
    output_text: string | null;
    prompt_id: string | null;
    prompt_name: string | null;
    prompt_version: number | null;
    prompt_label: string | null;
    prompt_variables: Wire | null;
    status: 'RUNNING' | 'SUCCESS' | 'WARNING' | 'ERROR';
    error_message: string | null;
    input_tokens: number | null;
    output_tokens: number | null;
    cost_nano_usd: number | null;
    started_at: Date;
    finished_at: Date | null;
    latency_ms: number | null;
  };
};
