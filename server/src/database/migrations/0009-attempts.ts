import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Every call that a request made, since routing may make several. */
export const attempts: Migration = {
  up: async (db: Kysely<unknown>) => {
    await sql.raw('alter table requests add column attempts json').execute(db);
  },
};
