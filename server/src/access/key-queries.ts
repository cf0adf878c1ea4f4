import { cleanText, type Row } from '../database/index.ts';
import { type ApiKey, defaultProjectId, rootKeyId } from './project.ts';
import { type KeyScope, keyScopes } from './scopes.ts';
import type { AccessDatabase } from './tables.ts';

/** Writes the root key's row, or moves it to a new key. */
export async function saveRootKey(
  database: AccessDatabase,
  key: { hash: string; hint: string },
): Promise<void> {
  await database.sql
    .insertInto('api_keys')
    .values({
      id: rootKeyId,
      project_id: defaultProjectId,
      name: 'Root key',
      created_at: new Date(),
      scopes: JSON.stringify(keyScopes),
      ...key,
    })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(key))
    .execute();
}

/** Every key of every project, revoked ones too: what they did bears their names. */
export async function listKeys(database: AccessDatabase): Promise<ApiKey[]> {
  return (await database.sql.selectFrom('api_keys').selectAll().execute()).map(toApiKey);
}

export async function insertKey(database: AccessDatabase, key: ApiKey): Promise<void> {
  await database.sql
    .insertInto('api_keys')
    .values({
      id: key.id,
      project_id: key.projectId,
      name: cleanText(key.name),
      hash: key.hash,
      hint: key.hint,
      scopes: JSON.stringify(key.scopes),
      allowed_models: key.allowedModels === null ? null : JSON.stringify(key.allowedModels),
      created_at: key.createdAt,
      expires_at: key.expiresAt,
    })
    .execute();
}

/**
 * Gives a key another secret. The one before is good until the moment given, and so are the sessions that it opened;
 * null: both end now. Undefined: the key is gone.
 */
export async function replaceSecret(
  database: AccessDatabase,
  id: string,
  secret: { readonly hash: string; readonly hint: string; readonly previousUntil: Date | null },
): Promise<ApiKey | undefined> {
  const { hash, hint, previousUntil } = secret;
  return await database.sql.transaction().execute(async (transaction) => {
    const row = await transaction
      .updateTable('api_keys')
      .set((is) => ({
        hash,
        hint,
        previous_hash: previousUntil === null ? null : is.ref('hash'),
        previous_expires_at: previousUntil,
      }))
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .returningAll()
      .executeTakeFirst();
    if (row === undefined) return undefined;
    if (previousUntil === null) {
      await transaction.deleteFrom('sessions').where('api_key_id', '=', id).execute();
    } else {
      await transaction
        .updateTable('sessions')
        .set({ expires_at: previousUntil })
        .where('api_key_id', '=', id)
        .where('expires_at', '>', previousUntil)
        .execute();
    }
    return toApiKey(row);
  });
}

/** Its row stays, for what bears its name; its sessions end. */
export async function markRevoked(database: AccessDatabase, id: string, now: Date): Promise<void> {
  await database.sql.transaction().execute(async (transaction) => {
    await transaction
      .updateTable('api_keys')
      .set({ revoked_at: now, previous_hash: null, previous_expires_at: null })
      .where('id', '=', id)
      .execute();
    await transaction.deleteFrom('sessions').where('api_key_id', '=', id).execute();
  });
}

export async function writeLastUse(database: AccessDatabase, id: string, usedAt: Date): Promise<void> {
  await database.sql.updateTable('api_keys').set({ last_used_at: usedAt }).where('id', '=', id).execute();
}

function toApiKey(row: Row<'api_keys'>): ApiKey {
  return {
    id: row.id,
    projectId: row.project_id,
    name: row.name,
    hint: row.hint,
    hash: row.hash,
    previousHash: row.previous_hash,
    previousExpiresAt: row.previous_expires_at,
    // This room wrote the column from such a list.
    scopes: row.scopes as readonly KeyScope[],
    allowedModels: row.allowed_models,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
  };
}
