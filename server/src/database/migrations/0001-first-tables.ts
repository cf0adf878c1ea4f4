import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Projects, keys, sessions, requests, images and files. */
export const firstTables: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

const statements = [
  `create table projects (
    id text primary key,
    name text not null,
    created_at timestamptz not null
  )`,
  `insert into projects (id, name, created_at) values ('proj_default', 'Default', now())`,
  `create table api_keys (
    id text primary key,
    project_id text not null references projects (id),
    name text not null,
    hash text not null unique,
    hint text not null,
    created_at timestamptz not null,
    last_used_at timestamptz,
    revoked_at timestamptz
  )`,
  `create table sign_in_links (
    hash text primary key,
    api_key_id text not null references api_keys (id) on delete cascade,
    expires_at timestamptz not null,
    used_at timestamptz
  )`,
  `create table sessions (
    hash text primary key,
    api_key_id text not null references api_keys (id) on delete cascade,
    created_at timestamptz not null,
    expires_at timestamptz not null
  )`,
  `create table requests (
    id text primary key,
    project_id text not null references projects (id),
    api_key_id text,
    kind text not null check (kind in ('generate', 'edit', 'vary')),
    route text not null,
    status text not null check (status in ('running', 'succeeded', 'failed', 'interrupted', 'cancelled')),
    model text not null,
    model_id text not null,
    provider text,
    engine text,
    prompt text not null,
    parameters jsonb not null,
    adjustments json not null,
    warnings json not null,
    answer json,
    usage jsonb,
    cost_nano_usd bigint,
    list_cost_nano_usd bigint,
    price_row text,
    error json,
    upstream_request_id text,
    end_user text,
    created_at timestamptz not null,
    finished_at timestamptz,
    duration_ms integer
  )`,
  'create index requests_newest on requests (project_id, created_at desc, id desc)',
  'create index requests_by_id on requests (project_id, id desc)',
  `create index requests_running on requests (status) where status = 'running'`,
  `create table images (
    id text primary key,
    project_id text not null references projects (id),
    request_id text references requests (id),
    role text not null check (role in ('output', 'input', 'mask', 'partial')),
    position integer not null default 0,
    hash text not null,
    media_type text not null,
    byte_count bigint not null,
    width integer not null,
    height integer not null,
    revised_prompt text,
    applied jsonb,
    replay jsonb,
    created_at timestamptz not null
  )`,
  'create index images_of_request on images (request_id)',
  'create index images_newest on images (project_id, created_at desc, id desc)',
  'create index images_by_hash on images (hash)',
  `create table files (
    id text primary key,
    project_id text not null references projects (id),
    purpose text not null,
    filename text not null,
    byte_count bigint not null,
    media_type text,
    hash text not null,
    status text not null,
    created_at timestamptz not null,
    expires_at timestamptz
  )`,
  'create index files_newest on files (project_id, created_at desc, id desc)',
  'create index files_by_hash on files (hash)',
];
