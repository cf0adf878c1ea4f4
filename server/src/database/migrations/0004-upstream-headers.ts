import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What an answer passed on of its provider's headers, so that it can be given again whole. */
export const upstreamHeaders: Migration = {
  up: async (db: Kysely<unknown>) => {
    await sql.raw('alter table requests add column upstream_headers json').execute(db);
  },
};
