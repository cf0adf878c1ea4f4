import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What a model made is kept where its output was changed afterwards. */
export const originalImages: Migration = {
  up: async (db: Kysely<unknown>) => {
    await sql.raw('alter table images drop constraint images_role_check').execute(db);
    await sql
      .raw(
        `alter table images add constraint images_role_check
          check (role in ('output', 'input', 'mask', 'partial', 'original'))`,
      )
      .execute(db);
  },
};
