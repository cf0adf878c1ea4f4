import { PictorError } from '../foundation/index.ts';
import type { Caller } from './caller.ts';
import { hashSecret, newSecret } from './hash-secret.ts';
import {
  addSession,
  addSignInLink,
  findSession,
  type KnownKey,
  listKeys,
  removeSession,
  spendSignInLink,
} from './queries.ts';
import { prepareRootKey, type RootKey } from './root-key.ts';
import type { AccessDatabase } from './tables.ts';

const signInLinkMs = 15 * 60_000;
const sessionMs = 30 * 24 * 60 * 60_000;

/** What a request carries that could tell who sends it. */
export type Credentials = {
  readonly authorization: string | undefined;
  readonly xApiKey: string | undefined;
  readonly session: string | undefined;
};

export type Access = {
  readonly rootKey: RootKey;
  /** Throws `invalid_api_key` or `session_required`. */
  readonly identify: (credentials: Credentials) => Promise<Caller>;
  /** A token for one sign-in, good for 15 minutes. */
  readonly newSignInToken: () => Promise<string>;
  /** A session for the token; throws `sign_in_link_spent`. */
  readonly signInByToken: (token: string) => Promise<Session>;
  /** A session for a key; throws `invalid_api_key`. */
  readonly signInByKey: (key: string) => Promise<Session>;
  readonly signOut: (session: string) => Promise<void>;
};

export type Session = { readonly token: string; readonly maxAgeSeconds: number };

/** Opens the room: the root key is made or read, and all keys are known in memory, so that no call waits for them. */
export async function openAccess(
  database: AccessDatabase,
  options: { readonly dataDir: string; readonly apiKey: string | undefined },
): Promise<Access> {
  const rootKey = await prepareRootKey(database, options);
  const keys = await listKeys(database);
  const byHash = new Map(keys.map((key) => [key.hash, key]));
  const byId = new Map(keys.map((key) => [key.id, key]));

  const openSession = async (apiKeyId: string): Promise<Session> => {
    const token = newSecret();
    const expiresAt = new Date(Date.now() + sessionMs);
    await addSession(database, { hash: hashSecret(token), apiKeyId, expiresAt });
    return { token, maxAgeSeconds: sessionMs / 1000 };
  };
  const keyOf = (key: string): KnownKey => {
    const known = byHash.get(hashSecret(key));
    if (known === undefined) throw wrongKey(key);
    return known;
  };
  const sessionKey = async (token: string): Promise<KnownKey | undefined> => {
    const keyId = await findSession(database, hashSecret(token), new Date());
    return keyId === null ? undefined : byId.get(keyId);
  };

  return {
    rootKey,
    identify: async (credentials) => {
      const key = readKey(credentials);
      if (key !== null) return toCaller(keyOf(key), 'key');
      const known = credentials.session === undefined ? undefined : await sessionKey(credentials.session);
      if (known === undefined) throw missingKey();
      return toCaller(known, 'session');
    },
    newSignInToken: async () => {
      const token = newSecret();
      await addSignInLink(database, {
        hash: hashSecret(token),
        expiresAt: new Date(Date.now() + signInLinkMs),
      });
      return token;
    },
    signInByToken: async (token) => {
      const keyId = await spendSignInLink(database, hashSecret(token), new Date());
      if (keyId === null) {
        throw new PictorError({
          code: 'sign_in_link_spent',
          message:
            'This sign-in link was used already or is older than 15 minutes. Restart Pictor for a new one, or sign in with the API key.',
        });
      }
      return await openSession(keyId);
    },
    signInByKey: async (key) => await openSession(keyOf(key).id),
    signOut: async (session) => await removeSession(database, hashSecret(session)),
  };
}

function toCaller(key: KnownKey, by: Caller['by']): Caller {
  return { projectId: key.projectId, projectName: key.projectName, keyId: key.id, by };
}

/** The key of a request: `Authorization: Bearer …`, or `x-api-key`. Null: none was sent. */
function readKey(credentials: Credentials): string | null {
  const { authorization, xApiKey } = credentials;
  if (authorization !== undefined) {
    const bearer = /^Bearer +(\S.*)$/i.exec(authorization.trim());
    return bearer?.[1] ?? '';
  }
  return xApiKey === undefined ? null : xApiKey.trim();
}

/** OpenAI's sentence shows the key's ends; ours shows nothing of it. */
function wrongKey(key: string): PictorError {
  const what = key === '' ? 'The Authorization header holds no Bearer key.' : 'Incorrect API key provided.';
  return new PictorError({
    code: 'invalid_api_key',
    message: `${what} Use the key that Pictor printed on its first start, which is kept in the file api-key of its data folder, or the value of PICTOR_API_KEY.`,
  });
}

function missingKey(): PictorError {
  return new PictorError({
    code: 'invalid_api_key',
    message:
      "You didn't provide an API key. Send it in the Authorization header (Authorization: Bearer YOUR_KEY), or as x-api-key.",
  });
}
