import { type Log, PictorError } from '../foundation/index.ts';
import type { Caller } from './caller.ts';
import { chooseProject, type NamedProject } from './choose-project.ts';
import { hashSecret, newSecret } from './hash-secret.ts';
import { listKeys } from './key-queries.ts';
import { openKeyTable } from './key-table.ts';
import { openUses } from './note-use.ts';
import { openDelegates } from './open-delegates.ts';
import { type Keys, openKeys } from './open-keys.ts';
import { openProjects, type Projects } from './open-projects.ts';
import { type ApiKey, type Project, rootKeyId } from './project.ts';
import { listProjects } from './project-queries.ts';
import { prepareRootKey, type RootKey } from './root-key.ts';
import { addSession, addSignInLink, findSession, removeSession, spendSignInLink } from './session-queries.ts';
import type { AccessDatabase } from './tables.ts';

const signInLinkMs = 15 * 60_000;
const sessionMs = 30 * 24 * 60 * 60_000;

/** What a request carries that could tell who sends it, and for which project. */
export type Credentials = {
  readonly authorization: string | undefined;
  readonly xApiKey: string | undefined;
  readonly session: string | undefined;
  readonly project: NamedProject;
};

export type Access = {
  readonly rootKey: RootKey;
  readonly projects: Projects;
  readonly keys: Keys;
  /** Throws `invalid_api_key`, and `mismatched_project` where the key may not act for the project that is named. */
  readonly identify: (credentials: Credentials) => Promise<Caller>;
  /**
   * A secret by which this process itself calls in the name of a key, for work that goes on without its caller. It is
   * good as long as the key is.
   */
  readonly delegate: (keyId: string) => string;
  /** A token for one sign-in, good for 15 minutes. */
  readonly newSignInToken: () => Promise<string>;
  /** A session for the token; throws `sign_in_link_spent`. */
  readonly signInByToken: (token: string) => Promise<Session>;
  /** A session for a key, and who it speaks for; throws `invalid_api_key`. */
  readonly signInByKey: (key: string) => Promise<Session & { readonly caller: Caller }>;
  readonly signOut: (session: string) => Promise<void>;
  /** Waits for what is still being noted. */
  readonly close: () => Promise<void>;
};

export type Session = { readonly token: string; readonly maxAgeSeconds: number };

/** Opens the room: the root key is made or read, and all keys are known in memory, so that no call waits for them. */
export async function openAccess(
  database: AccessDatabase,
  options: { readonly dataDir: string; readonly apiKey: string | undefined; readonly log: Log },
): Promise<Access> {
  const rootKey = await prepareRootKey(database, options);
  const table = openKeyTable(await listProjects(database), await listKeys(database));
  const delegates = openDelegates();
  const uses = openUses(database, table, options.log);

  /** It ends with its key, at the latest. */
  const openSession = async (key: ApiKey, lastDay: Date | null): Promise<Session> => {
    const token = newSecret();
    const endMs = Math.min(
      Date.now() + sessionMs,
      ...[key.expiresAt, lastDay].flatMap((end) => (end === null ? [] : end.getTime())),
    );
    await addSession(database, { hash: hashSecret(token), apiKeyId: key.id, expiresAt: new Date(endMs) });
    return { token, maxAgeSeconds: Math.max(0, Math.ceil((endMs - Date.now()) / 1000)) };
  };
  const keyOf = (secret: string): ApiKey => {
    const delegated = delegates.keyIdOf(secret);
    const key =
      delegated === null ? table.keyOfHash(hashSecret(secret), new Date()) : table.keyOfId(delegated);
    if (key === null || key.revokedAt !== null) throw wrongKey(secret);
    if (isExpired(key)) throw expiredKey();
    return key;
  };
  const sessionKey = async (token: string): Promise<ApiKey | null> => {
    const keyId = await findSession(database, hashSecret(token), new Date());
    const key = keyId === null ? null : table.keyOfId(keyId);
    return key === null || key.revokedAt !== null || isExpired(key) ? null : key;
  };
  const toCaller = (key: ApiKey, by: Caller['by'], named: NamedProject): Caller => {
    const project = chooseProject(table, key, named);
    uses.note(key.id);
    return callerOf(key, by, project);
  };

  return {
    rootKey,
    projects: openProjects(database, table),
    keys: openKeys(database, table),
    delegate: delegates.secretFor,
    identify: async ({ project, session, ...sent }) => {
      const secret = readKey(sent);
      if (secret !== null) return toCaller(keyOf(secret), 'key', { ...project, chosen: undefined });
      const key = session === undefined ? null : await sessionKey(session);
      if (key === null) throw missingKey();
      return toCaller(key, 'session', project);
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
      const key = keyId === null ? null : table.keyOfId(keyId);
      if (key === null) throw spentLink();
      return await openSession(key, null);
    },
    signInByKey: async (secret) => {
      const key = keyOf(secret);
      const caller = toCaller(key, 'key', { header: undefined, query: undefined, openai: undefined });
      // A secret that was rolled away must not live on in a session.
      const isPrevious = key.previousHash === hashSecret(secret);
      return { ...(await openSession(key, isPrevious ? key.previousExpiresAt : null)), caller };
    },
    signOut: async (session) => await removeSession(database, hashSecret(session)),
    close: uses.settled,
  };
}

function callerOf(key: ApiKey, by: Caller['by'], project: Project): Caller {
  return {
    projectId: project.id,
    projectName: project.name,
    keyId: key.id,
    by,
    scopes: key.id === rootKeyId ? [...key.scopes, 'root'] : key.scopes,
    allowedModels: key.allowedModels,
  };
}

function isExpired(key: ApiKey): boolean {
  return key.expiresAt !== null && key.expiresAt <= new Date();
}

/** The key of a request: `Authorization: Bearer …`, or `x-api-key`. Null: none was sent. */
function readKey(sent: Pick<Credentials, 'authorization' | 'xApiKey'>): string | null {
  const { authorization, xApiKey } = sent;
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
    message: `${what} Use the key that Pictor printed on its first start, which is kept in the file api-key of its data folder, the value of PICTOR_API_KEY, or a key of a project that was not revoked.`,
  });
}

/** Only who holds the key reads this, so it may say more. */
function expiredKey(): PictorError {
  return new PictorError({
    code: 'invalid_api_key',
    message: 'This API key has expired. Ask whoever manages the project for a new one.',
  });
}

function missingKey(): PictorError {
  return new PictorError({
    code: 'invalid_api_key',
    message:
      "You didn't provide an API key. Send it in the Authorization header (Authorization: Bearer YOUR_KEY), or as x-api-key.",
  });
}

function spentLink(): PictorError {
  return new PictorError({
    code: 'sign_in_link_spent',
    message:
      'This sign-in link was used already or is older than 15 minutes. Restart Pictor for a new one, or sign in with the API key.',
  });
}
