import { rootKeyId } from './project.ts';
import type { AccessDatabase } from './tables.ts';

export async function addSignInLink(
  database: AccessDatabase,
  link: { hash: string; expiresAt: Date },
): Promise<void> {
  await database.sql.deleteFrom('sign_in_links').where('expires_at', '<', new Date()).execute();
  await database.sql
    .insertInto('sign_in_links')
    .values({ hash: link.hash, api_key_id: rootKeyId, expires_at: link.expiresAt })
    .execute();
}

/** Marks the link as used and gives its key; null: unknown, used already, or expired. */
export async function spendSignInLink(
  database: AccessDatabase,
  hash: string,
  now: Date,
): Promise<string | null> {
  const spent = await database.sql
    .updateTable('sign_in_links')
    .set({ used_at: now })
    .where('hash', '=', hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning('api_key_id')
    .executeTakeFirst();
  return spent?.api_key_id ?? null;
}

export async function addSession(
  database: AccessDatabase,
  session: { hash: string; apiKeyId: string; expiresAt: Date },
): Promise<void> {
  await database.sql.deleteFrom('sessions').where('expires_at', '<', new Date()).execute();
  await database.sql
    .insertInto('sessions')
    .values({
      hash: session.hash,
      api_key_id: session.apiKeyId,
      created_at: new Date(),
      expires_at: session.expiresAt,
    })
    .execute();
}

/** The id of the key that opened the session; null: no such session, or it is over. */
export async function findSession(database: AccessDatabase, hash: string, now: Date): Promise<string | null> {
  const session = await database.sql
    .selectFrom('sessions')
    .where('hash', '=', hash)
    .where('expires_at', '>', now)
    .select('api_key_id')
    .executeTakeFirst();
  return session?.api_key_id ?? null;
}

export async function removeSession(database: AccessDatabase, hash: string): Promise<void> {
  await database.sql.deleteFrom('sessions').where('hash', '=', hash).execute();
}
