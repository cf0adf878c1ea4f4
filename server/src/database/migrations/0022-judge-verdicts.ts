import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What judges said of pictures, by what they were asked, so that the same is not paid for again. */
export const judgeVerdicts: Migration = {
  up: async (db: Kysely<unknown>) => {
    await sql.raw(statement).execute(db);
  },
};

const statement = `create table judge_verdicts (
  project_id text not null references projects (id) on delete cascade,
  key text not null,
  model text not null,
  value json not null,
  response_id text not null,
  created_at timestamptz not null,
  primary key (project_id, key)
)`;
