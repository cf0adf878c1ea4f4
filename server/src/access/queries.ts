import type { AccessDatabase } from './tables.ts';

const rootKeyId = 'key_root';
const rootProjectId = 'proj_default';

export type KnownKey = { readonly id: string; readonly projectId: string; readonly projectName: string };

/** Writes the root key's row, or moves it to a new key. */
export async function saveRootKey(
  database: AccessDatabase,
  key: { hash: string; hint: string },
): Promise<void> {
  await database.sql
    .insertInto('api_keys')
    .values({ id: rootKeyId, project_id: rootProjectId, name: 'Root key', created_at: new Date(), ...key })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(key))
    .execute();
}

/** Every key that may be used, for the look-up in memory. */
export async function listKeys(database: AccessDatabase): Promise<(KnownKey & { readonly hash: string })[]> {
  return await database.sql
    .selectFrom('api_keys')
    .innerJoin('projects', 'projects.id', 'api_keys.project_id')
    .where('api_keys.revoked_at', 'is', null)
    .select([
      'api_keys.id',
      'api_keys.hash',
      'api_keys.project_id as projectId',
      'projects.name as projectName',
    ])
    .execute();
}

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
