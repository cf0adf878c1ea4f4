import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Prompts, their immutable versions, and the labels that point at them. */
export const prompts: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

// Numbers count within a project: one that counted for all would tell each how much the others make.
const statements = [
  `create table project_counters (
    project_id text not null references projects (id) on delete cascade,
    noun text not null,
    value integer not null,
    primary key (project_id, noun)
  )`,
  `create table prompts (
    id text primary key,
    number integer not null,
    project_id text not null references projects (id) on delete cascade,
    name text not null,
    folder text not null default '',
    tags jsonb not null default '[]',
    latest_version integer not null,
    archived_at timestamptz,
    created_at timestamptz not null,
    unique (project_id, name),
    unique (project_id, number)
  )`,
  `create table prompt_versions (
    id text primary key,
    number integer not null,
    prompt_id text not null references prompts (id) on delete cascade,
    version integer not null,
    template json not null,
    model json,
    metadata json not null,
    commit_message text not null default '',
    api_key_id text,
    created_at timestamptz not null,
    unique (prompt_id, version)
  )`,
  `create table prompt_labels (
    id text primary key,
    number integer not null,
    prompt_id text not null references prompts (id) on delete cascade,
    name text not null,
    version integer not null,
    is_protected boolean not null default false,
    split json,
    created_at timestamptz not null,
    unique (prompt_id, name)
  )`,
  `create table prompt_label_moves (
    id text primary key,
    prompt_id text not null references prompts (id) on delete cascade,
    label text not null,
    from_version integer,
    to_version integer,
    api_key_id text,
    created_at timestamptz not null
  )`,
  'create index prompt_label_moves_by_prompt on prompt_label_moves (prompt_id, id)',
  // Which versions name which snippet, so that a change of one shows whom it touches.
  `create table prompt_snippets (
    version_id text not null references prompt_versions (id) on delete cascade,
    project_id text not null references projects (id) on delete cascade,
    name text not null,
    version integer,
    label text
  )`,
  'create index prompt_snippets_by_name on prompt_snippets (project_id, name)',
  'create index prompt_snippets_by_version on prompt_snippets (version_id)',
];
