import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Datasets with versions, evaluations, their runs cell by cell, ratings of people, and gates of labels. */
export const evaluations: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

const statements = [
  `create table datasets (
    id text primary key,
    number integer not null,
    project_id text not null references projects (id) on delete cascade,
    name text not null,
    description text,
    fields json not null,
    latest_version integer not null default 0,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    unique (project_id, name),
    unique (project_id, number)
  )`,
  `create table dataset_versions (
    dataset_id text not null references datasets (id) on delete cascade,
    version integer not null,
    row_count integer not null,
    fields json not null,
    note text,
    api_key_id text,
    created_at timestamptz not null,
    primary key (dataset_id, version)
  )`,
  // A row is part of every version from "since" up to the one before "until".
  `create table dataset_rows (
    dataset_id text not null references datasets (id) on delete cascade,
    row_id text not null,
    since integer not null,
    until integer,
    position integer not null,
    row_values json not null,
    primary key (dataset_id, row_id, since)
  )`,
  'create index dataset_rows_in_order on dataset_rows (dataset_id, position)',
  `create table evaluations (
    id text primary key,
    number integer not null,
    project_id text not null references projects (id) on delete cascade,
    name text not null,
    description text,
    dataset_id text not null references datasets (id),
    dataset_version integer,
    columns json not null,
    scorecard json,
    concurrency integer not null,
    cost_cap_nano_usd bigint,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    unique (project_id, name),
    unique (project_id, number)
  )`,
  `create table evaluation_runs (
    id text primary key,
    number integer not null,
    evaluation_id text not null references evaluations (id) on delete cascade,
    project_id text not null references projects (id) on delete cascade,
    api_key_id text not null,
    name text,
    status text not null,
    reason text,
    trigger text not null,
    dataset_id text not null,
    dataset_version integer not null,
    row_limit integer,
    columns json not null,
    scorecard json,
    concurrency integer not null,
    cost_cap_nano_usd bigint,
    prompt_id text,
    prompt_version integer,
    row_count integer not null default 0,
    prepared boolean not null default false,
    score double precision,
    verdict text,
    summary json,
    created_at timestamptz not null,
    started_at timestamptz,
    finished_at timestamptz,
    unique (project_id, number)
  )`,
  'create index evaluation_runs_in_order on evaluation_runs (evaluation_id, created_at, id)',
  'create index evaluation_runs_by_prompt on evaluation_runs (prompt_id, prompt_version) where prompt_id is not null',
  `create index evaluation_runs_open on evaluation_runs (id) where status in ('queued', 'running')`,
  `create table evaluation_rows (
    run_id text not null references evaluation_runs (id) on delete cascade,
    row_id text not null,
    position integer not null,
    score double precision,
    verdict text,
    steps json,
    primary key (run_id, row_id)
  )`,
  'create index evaluation_rows_in_order on evaluation_rows (run_id, position)',
  // A cell without a row here is queued.
  `create table evaluation_cells (
    run_id text not null references evaluation_runs (id) on delete cascade,
    row_id text not null,
    column_id text not null,
    status text not null,
    value json,
    passed boolean,
    score double precision,
    evidence json,
    images json not null default '[]',
    error_code text,
    error_message text,
    cost_nano_usd bigint,
    request_id text,
    duration_ms integer,
    attempt integer not null,
    input_hash text,
    updated_at timestamptz not null,
    primary key (run_id, row_id, column_id)
  )`,
  `create table evaluation_ratings (
    run_id text not null references evaluation_runs (id) on delete cascade,
    row_id text not null,
    column_id text not null,
    rater text not null,
    value json not null,
    note text,
    created_at timestamptz not null,
    primary key (run_id, row_id, column_id, rater)
  )`,
  `create table evaluation_gates (
    id text primary key,
    project_id text not null references projects (id) on delete cascade,
    evaluation_id text not null references evaluations (id) on delete cascade,
    prompt_id text not null references prompts (id) on delete cascade,
    labels json not null,
    run_on_new_version boolean not null,
    minimum text not null,
    judges json not null,
    api_key_id text not null,
    created_at timestamptz not null
  )`,
  'create index evaluation_gates_by_prompt on evaluation_gates (prompt_id)',
];
