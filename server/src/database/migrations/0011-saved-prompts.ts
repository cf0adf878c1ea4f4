import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Which version of which saved prompt a request came from, and with what in its variables. */
export const savedPrompts: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

const statements = [
  'alter table requests add column prompt_id text',
  'alter table requests add column prompt_version integer',
  'alter table requests add column prompt_label text',
  'alter table requests add column prompt_variables json',
];
