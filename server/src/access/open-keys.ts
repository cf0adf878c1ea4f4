import { askDatabase } from '../database/index.ts';
import { newId, PictorError } from '../foundation/index.ts';
import { hashSecret, hintOf, newApiKey } from './hash-secret.ts';
import { insertKey, markRevoked, replaceSecret } from './key-queries.ts';
import type { KeyTable } from './key-table.ts';
import { type ApiKey, type KeyGrant, rootKeyId } from './project.ts';
import type { AccessDatabase } from './tables.ts';

/** A key with its secret, for the only time. */
export type NewKey = { readonly key: ApiKey; readonly secret: string };

/** The keys of projects. The root key is none of them. Everything throws `not_found`; changes `database_unavailable`. */
export type Keys = {
  /** Newest first, revoked and expired ones too. */
  readonly list: (projectId: string) => readonly ApiKey[];
  readonly get: (projectId: string, id: string) => ApiKey;
  readonly create: (projectId: string, key: KeyGrant & { readonly name: string }) => Promise<NewKey>;
  /** Another secret for the same key; the one before dies after the grace, or now. Revoked keys are not found. */
  readonly roll: (projectId: string, id: string, graceSeconds: number) => Promise<NewKey>;
  /** It is refused from now on. Nothing happens to one that is revoked already. */
  readonly revoke: (projectId: string, id: string) => Promise<ApiKey>;
};

export function openKeys(database: AccessDatabase, table: KeyTable): Keys {
  const get = (projectId: string, id: string): ApiKey => {
    const key = id === rootKeyId ? null : table.findKey(projectId, id);
    if (key === null) throw noSuchKey();
    return key;
  };
  return {
    list: (projectId) => table.keysOf(projectId).filter((key) => key.id !== rootKeyId),
    get,
    create: async (projectId, wanted) => {
      const secret = newApiKey();
      const key: ApiKey = {
        ...wanted,
        id: newId('key'),
        projectId,
        hash: hashSecret(secret),
        hint: hintOf(secret),
        previousHash: null,
        previousExpiresAt: null,
        createdAt: new Date(),
        lastUsedAt: null,
        revokedAt: null,
      };
      await askDatabase(insertKey(database, key));
      table.setKey(key);
      return { key, secret };
    },
    roll: async (projectId, id, graceSeconds) => {
      if (get(projectId, id).revokedAt !== null) throw noSuchKey();
      const secret = newApiKey();
      const previousUntil = graceSeconds === 0 ? null : new Date(Date.now() + graceSeconds * 1000);
      const changed = await askDatabase(
        replaceSecret(database, id, { hash: hashSecret(secret), hint: hintOf(secret), previousUntil }),
      );
      // Who revoked it in this moment, or deleted its project, has the last word.
      const current = table.findKey(projectId, id);
      if (changed === undefined || current === null || current.revokedAt !== null) throw noSuchKey();
      table.setKey(changed);
      return { key: changed, secret };
    },
    revoke: async (projectId, id) => {
      const key = get(projectId, id);
      const revokedAt = key.revokedAt ?? new Date();
      // Refused from this moment on, whatever the database says: a leaked key must not outlive an outage of it.
      const revoked = { ...key, previousHash: null, previousExpiresAt: null, revokedAt };
      table.setKey(revoked);
      await askDatabase(markRevoked(database, id, revokedAt));
      return revoked;
    },
  };
}

function noSuchKey(): PictorError {
  return new PictorError({
    code: 'not_found',
    message: 'There is no key with this id in your project.',
    param: 'key_id',
  });
}
