import type { ColumnType, Generated, Selectable } from 'kysely';
import type { EvaluationTables } from './tables/evaluations.ts';
import type { JudgeTables } from './tables/judge-verdicts.ts';
import type { PromptTables } from './tables/prompts.ts';
import type { RequestLogTables } from './tables/request-logs.ts';
import type { SearchColumns, SearchTables } from './tables/search.ts';

/** JSON columns are written as text and read as values, on both engines. */
type Json<T> = ColumnType<T, string, string>;
type NullableJson<T> = ColumnType<T | null, string | null | undefined, string | null>;

/** One interface for each table; the same on the embedded engine and on a server. */
export type Tables = PromptTables &
  JudgeTables &
  EvaluationTables &
  RequestLogTables &
  SearchTables & {
    projects: {
      id: string;
      name: string;
      created_at: Date;
      /** Days after which what the project keeps goes by itself; null: never. */
      retention_images_days: number | null;
      retention_requests_days: number | null;
      retention_files_days: number | null;
    };
    api_keys: {
      id: string;
      project_id: string;
      name: string;
      /** SHA-256 of the key, hex. */
      hash: string;
      /** The key's last characters, to tell keys apart. */
      hint: string;
      scopes: Json<string[]>;
      /** Globs over names of models; null: every model. */
      allowed_models: NullableJson<string[]>;
      created_at: Date;
      /** Null: never. */
      expires_at: Date | null;
      /** Of the key that a roll replaced; good until `previous_expires_at`. */
      previous_hash: string | null;
      previous_expires_at: Date | null;
      last_used_at: Date | null;
      revoked_at: Date | null;
    };
    sign_in_links: { hash: string; api_key_id: string; expires_at: Date; used_at: Date | null };
    sessions: { hash: string; api_key_id: string; created_at: Date; expires_at: Date };
    requests: RequestsTable;
    /** Keys that callers chose, so that a repeated request is answered and not paid again. */
    /** Requests whose answer has not gone to its caller as a whole, as far as is known. */
    undelivered_requests: { request_id: string; fingerprint: string };
    idempotency_keys: {
      project_id: string;
      key: string;
      request_id: string;
      /** Of the request that came first with this key. */
      fingerprint: string;
      created_at: Date;
    };
    images: ImagesTable;
    files: {
      id: string;
      project_id: string;
      purpose: string;
      filename: string;
      byte_count: number;
      media_type: string | null;
      hash: string;
      status: string;
      created_at: Date;
      expires_at: Date | null;
    };
    /** Addresses that want to hear how requests ended. */
    webhooks: {
      id: string;
      project_id: string;
      url: string;
      events: Json<string[]>;
      /** In clear: it signs every delivery. Never leaves the server after the answer that made it. */
      secret: string;
      created_at: Date;
    };
    ledger_entries: LedgerEntriesTable;
    /** How much a project, or one of its keys, may spend in a while. */
    budgets: {
      id: string;
      project_id: string;
      /** Null: all keys of the project together. */
      api_key_id: string | null;
      period: 'day' | 'month' | 'total';
      limit_nano_usd: number;
      mode: 'soft' | 'hard';
      created_at: Date;
    };
    /** How much a project, or one of its keys, may do in a minute. */
    rate_limits: {
      id: string;
      project_id: string;
      api_key_id: string | null;
      metric: 'requests' | 'images' | 'tokens';
      per_minute: number;
      created_at: Date;
    };
    webhook_deliveries: WebhookDeliveriesTable;
    responses: ResponsesTable;
    response_items: ResponseItemsTable;
    conversations: {
      id: string;
      project_id: string;
      metadata: Json<Record<string, string>>;
      created_at: Date;
      /** When it last grew, was changed, or was asked something. */
      updated_at: Date;
    };
    /** Every try to deliver, as it went. */
    webhook_attempts: {
      id: string;
      delivery_id: string;
      /** From 1, counted on when a delivery is sent again. */
      attempt: number;
      /** Null: nobody answered. */
      status_code: number | null;
      duration_ms: number;
      /** Null: it was delivered. */
      error: string | null;
      created_at: Date;
    };
  };

/** A row as it is read. */
export type Row<Name extends keyof Tables> = Selectable<Tables[Name]>;

type RequestsTable = SearchColumns & {
  id: string;
  project_id: string;
  api_key_id: string | null;
  kind: 'generate' | 'edit' | 'vary';
  route: string;
  status: 'running' | 'succeeded' | 'failed' | 'interrupted' | 'cancelled';
  /** As asked. */
  model: string;
  /** Catalogue id. */
  model_id: string;
  provider: string | null;
  engine: string | null;
  prompt: string;
  parameters: Json<Record<string, unknown>>;
  adjustments: Json<unknown[]>;
  warnings: Json<string[]>;
  /** Everything that is needed to build the answer again, except bytes. Plain json: the order of members counts. */
  answer: NullableJson<Record<string, unknown>>;
  usage: NullableJson<Record<string, unknown>>;
  cost_nano_usd: number | null;
  list_cost_nano_usd: number | null;
  price_row: string | null;
  error: NullableJson<Record<string, unknown>>;
  upstream_request_id: string | null;
  /** Those that the answer passed on, under the provider's names. Null: none are known. */
  upstream_headers: NullableJson<Record<string, string>>;
  /** Every call of an engine, in order. Null: it still runs, or none was made. */
  attempts: NullableJson<AttemptFacts[]>;
  end_user: string | null;
  /** Hash of key, route and body: equal for equal requests of one caller. */
  fingerprint: string | null;
  /** The response that this image was made for. Null: it was asked for by itself. */
  parent_id: Generated<string | null>;
  created_at: Date;
  finished_at: Date | null;
  duration_ms: number | null;
  /** The most that it was thought to cost, before its engine was called. Null: nobody can tell. */
  held_nano_usd: number | null;
  /** The saved prompt that it came from; null: none. */
  prompt_name: string | null;
  prompt_id: string | null;
  prompt_version: number | null;
  /** The label that chose the version. */
  prompt_label: string | null;
  /** Without bytes of pictures. */
  prompt_variables: NullableJson<Record<string, unknown>>;
  tags: ColumnType<string[], string | undefined, string>;
};

/** A call as the request's row tells it. Seconds since 1970, milliseconds, nano-USD; null: unknown. */
export type AttemptFacts = {
  readonly number: number;
  readonly kind: 'image' | 'mainline';
  readonly engine: string;
  readonly model: string;
  readonly started_at: number;
  readonly duration_ms: number;
  readonly charged: 'no' | 'maybe' | 'yes';
  readonly images: number;
  readonly upstream_request_id: string | null;
  readonly cost_nano_usd: number | null;
  readonly error: {
    readonly kind: string;
    readonly message: string;
    readonly upstream_status: number | null;
    readonly upstream_code: string | null;
    readonly retry_after_ms: number | null;
  } | null;
};

/** One call of one engine, or the correction of one. A request's cost is the sum of its entries. */
type LedgerEntriesTable = {
  id: string;
  /** Null once the request itself is gone. */
  request_id: string | null;
  project_id: string;
  api_key_id: string | null;
  /** From 1. */
  attempt: number;
  kind: 'image' | 'mainline';
  /** Whose prices hold. */
  provider: string;
  engine: string;
  model_id: string;
  outcome: 'succeeded' | 'failed' | 'interrupted' | 'correction';
  /** Null: it succeeded, or what happened is not known. */
  error_kind: string | null;
  charged: 'no' | 'maybe' | 'yes';
  upstream_request_id: string | null;
  text_in: number | null;
  text_in_cached: number | null;
  image_in: number | null;
  image_in_cached: number | null;
  text_out: number | null;
  image_out: number | null;
  partial_images: Generated<number>;
  /** Size and quality of every picture that came, for prices per image. */
  images: ColumnType<{ size?: string; quality?: string }[], string | undefined, string>;
  usage_source: 'provider' | 'formula' | null;
  /** True where the built-in engine drew for a model that nobody serves: nothing was paid. */
  stand_in: Generated<boolean>;
  price_row: string | null;
  /** Null: unknown, which is never 0. Of a correction: the difference. */
  cost_nano_usd: number | null;
  list_cost_nano_usd: number | null;
  /** What budgets count while the cost is unknown; null: nobody can tell. */
  held_nano_usd: number | null;
  prompt_name: string | null;
  tags: ColumnType<string[], string | undefined, string>;
  /** The entry that this one corrects. */
  corrects: string | null;
  /** True once another entry corrects this one: an unknown cost is then known. */
  corrected: Generated<boolean>;
  /** When the call began: the day that it counts for. */
  created_at: Date;
  booked_at: Date;
};

/** One answer of the Responses API. Its items are rows of their own, and bytes are nowhere in it. */
type ResponsesTable = {
  id: string;
  project_id: string;
  api_key_id: string | null;
  /** As asked. */
  model: string;
  /** Who decided the turn. */
  director: string;
  status: 'queued' | 'in_progress' | 'completed' | 'failed' | 'incomplete' | 'cancelled';
  background: boolean;
  /** Members of the request that the response object repeats. */
  asked: Json<Record<string, unknown>>;
  /** The response whose conversation this one goes on; moves up when that one is deleted. */
  parent_id: string | null;
  conversation_id: string | null;
  error: NullableJson<Record<string, unknown>>;
  incomplete_reason: string | null;
  usage: NullableJson<Record<string, unknown>>;
  tool_usage: NullableJson<Record<string, unknown>>;
  /** What Pictor tells beside OpenAI's fields. */
  report: NullableJson<Record<string, unknown>>;
  /** Its events without bytes, so that a stream can be taken up later. */
  events: NullableJson<unknown[]>;
  idempotency_key: string | null;
  fingerprint: string | null;
  /** The saved prompt that it came from: id, name, version, label, variables. Null: none. */
  saved_prompt: NullableJson<Record<string, unknown>>;
  /** The words that went in and came out, once it ended. Those of both are indexed as `words`. */
  input_text: Generated<string | null>;
  output_text: Generated<string | null>;
  created_at: Date;
  completed_at: Date | null;
};

/** What went into a response, came out of it, or stands in a conversation. */
type ResponseItemsTable = {
  /** Id of the response or the conversation. */
  owner_id: string;
  position: number;
  id: string;
  project_id: string;
  role: 'input' | 'output';
  type: string;
  /** As on the wire, without bytes. */
  item: Json<Record<string, unknown>>;
  /** Where in it which stored picture belongs. */
  pictures: Json<unknown[]>;
  /** The upstream that made it. Null: nobody's. */
  maker: string | null;
  /** What its maker wants back with its text. */
  replay: NullableJson<Record<string, unknown>>;
  created_at: Date;
};

/** One message to one address. Written with the closing row that it tells of, in one transaction. */
type WebhookDeliveriesTable = {
  id: string;
  webhook_id: string;
  /** Null: a test. */
  request_id: string | null;
  /** The event's name. */
  type: string;
  status: 'pending' | 'delivered' | 'failed';
  /** How often it was tried. */
  attempts: Generated<number>;
  /** Failures since it was written or sent again: the step of the back-off. */
  failures: Generated<number>;
  /** How often somebody asked to send it again. */
  resends: Generated<number>;
  /** True once a job for the next attempt exists. */
  queued: Generated<boolean>;
  next_attempt_at: Date;
  created_at: Date;
};

type ImagesTable = {
  id: string;
  project_id: string;
  request_id: string | null;
  role: 'output' | 'input' | 'mask' | 'partial' | 'original';
  position: Generated<number>;
  hash: string;
  media_type: string;
  byte_count: number;
  width: number;
  height: number;
  revised_prompt: string | null;
  applied: NullableJson<Record<string, unknown>>;
  replay: NullableJson<Record<string, unknown>>;
  /** Words that people sort pictures by. */
  tags: ColumnType<string[], string | undefined, string>;
  created_at: Date;
};
