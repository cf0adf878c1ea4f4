import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Responses, what went into them and came out of them, and conversations. */
export const responses: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

const statements = [
  `create table conversations (
    id text primary key,
    project_id text not null references projects (id) on delete cascade,
    metadata json not null,
    created_at timestamptz not null
  )`,
  `create table responses (
    id text primary key,
    project_id text not null references projects (id) on delete cascade,
    api_key_id text,
    model text not null,
    director text not null,
    status text not null check (status in
      ('queued', 'in_progress', 'completed', 'failed', 'incomplete', 'cancelled')),
    background boolean not null,
    asked json not null,
    parent_id text,
    conversation_id text,
    error json,
    incomplete_reason text,
    usage json,
    tool_usage json,
    report json,
    events json,
    idempotency_key text,
    fingerprint text,
    created_at timestamptz not null,
    completed_at timestamptz
  )`,
  `create index responses_running on responses (status) where status in ('queued', 'in_progress')`,
  'create index responses_by_parent on responses (parent_id)',
  `create unique index responses_by_key on responses (project_id, idempotency_key)
    where idempotency_key is not null`,
  'create index responses_newest on responses (project_id, id desc)',
  `create table response_items (
    owner_id text not null,
    position integer not null,
    id text not null,
    project_id text not null references projects (id) on delete cascade,
    role text not null check (role in ('input', 'output')),
    type text not null,
    item json not null,
    pictures json not null,
    maker text,
    replay json,
    created_at timestamptz not null,
    primary key (owner_id, position)
  )`,
  'create index response_items_by_id on response_items (id)',
  'alter table requests add column parent_id text',
  'create index requests_of_parent on requests (parent_id) where parent_id is not null',
];
