import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What every call of an engine cost, and the limits that are held against it. */
export const ledger: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

const statements = [
  'alter table requests add column held_nano_usd bigint',
  'alter table requests add column prompt_name text',
  `alter table requests add column tags jsonb not null default '[]'`,
  `create table ledger_entries (
    id text primary key,
    request_id text references requests (id) on delete set null,
    project_id text not null references projects (id) on delete cascade,
    api_key_id text,
    attempt integer not null,
    kind text not null check (kind in ('image', 'mainline')),
    provider text not null,
    engine text not null,
    model_id text not null,
    outcome text not null check (outcome in ('succeeded', 'failed', 'interrupted', 'correction')),
    error_kind text,
    charged text not null check (charged in ('no', 'maybe', 'yes')),
    upstream_request_id text,
    text_in bigint,
    text_in_cached bigint,
    image_in bigint,
    image_in_cached bigint,
    text_out bigint,
    image_out bigint,
    partial_images integer not null default 0,
    images jsonb not null default '[]',
    stand_in boolean not null default false,
    usage_source text check (usage_source in ('provider', 'formula')),
    price_row text,
    cost_nano_usd bigint,
    list_cost_nano_usd bigint,
    held_nano_usd bigint,
    prompt_name text,
    tags jsonb not null default '[]',
    corrects text references ledger_entries (id) on delete cascade,
    corrected boolean not null default false,
    created_at timestamptz not null,
    booked_at timestamptz not null
  )`,
  'create index ledger_entries_newest on ledger_entries (project_id, created_at, id)',
  'create index ledger_entries_by_id on ledger_entries (project_id, id desc)',
  'create index ledger_entries_of_key on ledger_entries (api_key_id, created_at)',
  'create index ledger_entries_of_request on ledger_entries (request_id)',
  'create index ledger_entries_corrections on ledger_entries (corrects) where corrects is not null',
  // Requests of before the ledger had one call each.
  `insert into ledger_entries (
     id, request_id, project_id, api_key_id, attempt, kind, provider, engine, model_id, outcome, charged,
     upstream_request_id, text_in, text_in_cached, image_in, image_in_cached, text_out, image_out, usage_source,
     stand_in, price_row, cost_nano_usd, list_cost_nano_usd, created_at, booked_at)
   select 'ent_' || substr(id, 5) || '_0', id, project_id, api_key_id, 1, 'image',
     coalesce(provider, 'unknown'), coalesce(engine, 'unknown'), model_id,
     case status when 'succeeded' then 'succeeded' when 'interrupted' then 'interrupted' else 'failed' end,
     case status when 'succeeded' then 'yes' else 'maybe' end, upstream_request_id,
     (usage ->> 'textIn')::bigint, (usage ->> 'textInCached')::bigint, (usage ->> 'imageIn')::bigint,
     (usage ->> 'imageInCached')::bigint, (usage ->> 'textOut')::bigint, (usage ->> 'imageOut')::bigint,
     usage ->> 'source', list_cost_nano_usd is not null, price_row, cost_nano_usd, list_cost_nano_usd, created_at, coalesce(finished_at, created_at)
   from requests where status <> 'running'`,
  `create table budgets (
    id text primary key,
    project_id text not null references projects (id) on delete cascade,
    api_key_id text references api_keys (id) on delete cascade,
    period text not null check (period in ('day', 'month', 'total')),
    limit_nano_usd bigint not null check (limit_nano_usd >= 0),
    mode text not null check (mode in ('soft', 'hard')),
    created_at timestamptz not null
  )`,
  'create index budgets_of_project on budgets (project_id, id)',
  `create table rate_limits (
    id text primary key,
    project_id text not null references projects (id) on delete cascade,
    api_key_id text references api_keys (id) on delete cascade,
    metric text not null check (metric in ('requests', 'images', 'tokens')),
    per_minute bigint not null check (per_minute > 0),
    created_at timestamptz not null
  )`,
  'create index rate_limits_of_project on rate_limits (project_id, id)',
];
