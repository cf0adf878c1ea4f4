import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Addresses that are told how requests ended, what is to be told, and how it went. */
export const webhooks: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

const statements = [
  `create table webhooks (
    id text primary key,
    project_id text not null references projects (id),
    url text not null,
    events jsonb not null,
    secret text not null,
    created_at timestamptz not null
  )`,
  'create index webhooks_of_project on webhooks (project_id, id)',
  `create table webhook_deliveries (
    id text primary key,
    webhook_id text not null references webhooks (id) on delete cascade,
    request_id text references requests (id) on delete cascade,
    type text not null,
    status text not null check (status in ('pending', 'delivered', 'failed')),
    attempts integer not null default 0,
    failures integer not null default 0,
    resends integer not null default 0,
    queued boolean not null default false,
    next_attempt_at timestamptz not null,
    created_at timestamptz not null,
    unique (webhook_id, request_id)
  )`,
  'create index webhook_deliveries_of_request on webhook_deliveries (request_id)',
  `create index webhook_deliveries_pending on webhook_deliveries (next_attempt_at) where status = 'pending'`,
  'create index webhook_deliveries_oldest on webhook_deliveries (created_at)',
  `create table webhook_attempts (
    id text primary key,
    delivery_id text not null references webhook_deliveries (id) on delete cascade,
    attempt integer not null,
    status_code integer,
    duration_ms integer not null,
    error text,
    created_at timestamptz not null
  )`,
  'create index webhook_attempts_of_delivery on webhook_attempts (delivery_id, id)',
];
