import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What keys allow, how long projects keep things, and rows that go with the project or request they belong to. */
export const projectsAndKeys: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

/** Names of constraints are those that PostgreSQL gave them in the steps before. */
function cascade(table: string, column: string, target: string): string {
  return `alter table ${table} drop constraint ${table}_${column}_fkey,
    add constraint ${table}_${column}_fkey foreign key (${column}) references ${target} (id) on delete cascade`;
}

const statements = [
  'alter table projects add column retention_images_days integer check (retention_images_days > 0)',
  'alter table projects add column retention_requests_days integer check (retention_requests_days > 0)',
  'alter table projects add column retention_files_days integer check (retention_files_days > 0)',
  `alter table api_keys add column scopes jsonb not null default '["generate", "read", "manage"]'`,
  'alter table api_keys alter column scopes drop default',
  'alter table api_keys add column allowed_models jsonb',
  'alter table api_keys add column expires_at timestamptz',
  'alter table api_keys add column previous_hash text unique',
  'alter table api_keys add column previous_expires_at timestamptz',
  'create index api_keys_of_project on api_keys (project_id)',
  cascade('api_keys', 'project_id', 'projects'),
  cascade('requests', 'project_id', 'projects'),
  cascade('images', 'project_id', 'projects'),
  cascade('images', 'request_id', 'requests'),
  cascade('idempotency_keys', 'project_id', 'projects'),
  cascade('idempotency_keys', 'request_id', 'requests'),
  cascade('files', 'project_id', 'projects'),
  cascade('webhooks', 'project_id', 'projects'),
  'create index idempotency_keys_of_request on idempotency_keys (request_id)',
];
