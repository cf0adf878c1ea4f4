import type { ColumnType, Generated, Selectable } from 'kysely';

/** JSON columns are written as text and read as values, on both engines. */
type Json<T> = ColumnType<T, string, string>;
type NullableJson<T> = ColumnType<T | null, string | null | undefined, string | null>;

/** One interface for each table; the same on the embedded engine and on a server. */
export type Tables = {
  projects: { id: string; name: string; created_at: Date };
  api_keys: {
    id: string;
    project_id: string;
    name: string;
    /** SHA-256 of the key, hex. */
    hash: string;
    /** The key's last characters, to tell keys apart. */
    hint: string;
    created_at: Date;
    last_used_at: Date | null;
    revoked_at: Date | null;
  };
  sign_in_links: { hash: string; api_key_id: string; expires_at: Date; used_at: Date | null };
  sessions: { hash: string; api_key_id: string; created_at: Date; expires_at: Date };
  requests: RequestsTable;
  /** Keys that callers chose, so that a repeated request is answered and not paid again. */
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
  webhook_deliveries: WebhookDeliveriesTable;
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

type RequestsTable = {
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
  end_user: string | null;
  /** Hash of key, route and body: equal for equal requests of one caller. */
  fingerprint: string | null;
  /** True once the whole answer went to its caller. */
  delivered: Generated<boolean>;
  created_at: Date;
  finished_at: Date | null;
  duration_ms: number | null;
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
  role: 'output' | 'input' | 'mask' | 'partial';
  position: Generated<number>;
  hash: string;
  media_type: string;
  byte_count: number;
  width: number;
  height: number;
  revised_prompt: string | null;
  applied: NullableJson<Record<string, unknown>>;
  replay: NullableJson<Record<string, unknown>>;
  created_at: Date;
};
