import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What it takes to answer a repeated request from the first one's row instead of paying again. */
export const idempotency: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

const statements = [
  'alter table requests add column fingerprint text',
  'alter table requests add column delivered boolean not null default false',
  `create index requests_undelivered on requests (fingerprint, finished_at) where not delivered`,
  `create table idempotency_keys (
    project_id text not null references projects (id),
    key text not null,
    request_id text not null references requests (id),
    fingerprint text not null,
    created_at timestamptz not null,
    primary key (project_id, key)
  )`,
];
