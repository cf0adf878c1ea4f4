import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Whether an answer was delivered, beside the wide rows with their many indexes, which a change would write anew. */
export const undeliveredRequests: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

const statements = [
  'create table undelivered_requests (request_id text primary key, fingerprint text not null)',
  'create index undelivered_requests_by_fingerprint on undelivered_requests (fingerprint)',
  `insert into undelivered_requests (request_id, fingerprint)
    select id, fingerprint from requests
    where not delivered and fingerprint is not null and created_at > now() - interval '1 hour'`,
  // Its index goes with it.
  'alter table requests drop column delivered',
];
