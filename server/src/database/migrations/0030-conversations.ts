import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Conversations are listed by when they last changed, and know their responses. */
export const conversations: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

const statements = [
  'alter table conversations add column updated_at timestamptz',
  `update conversations set updated_at = coalesce(
    (select max(response_items.created_at) from response_items where owner_id = conversations.id), created_at
  )`,
  'alter table conversations alter column updated_at set not null',
  'create index conversations_changed on conversations (project_id, updated_at desc, id desc)',
  `create index responses_of_conversation on responses (conversation_id, id)
    where conversation_id is not null`,
];
