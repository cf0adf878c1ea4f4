import type { KeyGrant } from './project.ts';
import { readMembers, refuse, requireName } from './read-body.ts';
import { type KeyScope, keyScopes } from './scopes.ts';

const members: readonly string[] = ['name', 'scopes', 'allowed_models', 'expires_at', 'expires_in_seconds'];
const maxGlobs = 50;
const maxGlobLength = 100;
const maxGraceSeconds = 7 * 24 * 60 * 60;
/** A century; more is no date any more. */
const maxLifetimeSeconds = 100 * 365 * 24 * 60 * 60;

/** What the body of a new key says; members that are not there are for the maker to fill in. */
export type AskedKey = { readonly name: string } & {
  readonly [Member in keyof KeyGrant]: KeyGrant[Member] | undefined;
};

/** Reads the body that makes a key. Throws the caller's errors. */
export function readNewKey(body: unknown): AskedKey {
  const sent = readMembers(body, 'A key', members);
  return {
    name: requireName(sent.name, 'the key'),
    scopes: readScopes(sent.scopes),
    allowedModels: readGlobs(sent.allowed_models),
    expiresAt: readEnd(sent.expires_at, sent.expires_in_seconds),
  };
}

/** Reads the body of a roll: seconds that the old secret lives on, by default none. Throws the caller's errors. */
export function readGrace(body: unknown): number {
  const { grace_seconds: seconds = 0 } = readMembers(body, 'A roll', ['grace_seconds']);
  if (Number.isInteger(seconds) && Number(seconds) >= 0 && Number(seconds) <= maxGraceSeconds) {
    return Number(seconds);
  }
  throw refuse(
    'invalid_value',
    `grace_seconds must be a whole number from 0 to ${maxGraceSeconds}, which is a week.`,
    'grace_seconds',
  );
}

function readScopes(value: unknown): readonly KeyScope[] | undefined {
  if (value === undefined || value === null) return undefined;
  const asked: readonly unknown[] = Array.isArray(value) ? value : [];
  const scopes = keyScopes.filter((scope) => asked.includes(scope));
  if (scopes.length > 0 && asked.every((each) => keyScopes.some((scope) => scope === each))) return scopes;
  throw refuse(
    'invalid_value',
    `scopes must be a list with one or more of ${keyScopes.join(', ')}.`,
    'scopes',
  );
}

function readGlobs(value: unknown): readonly string[] | null | undefined {
  if (value === undefined || value === null) return value;
  const asked: readonly unknown[] = Array.isArray(value) ? value : [];
  const globs = asked.filter((glob) => typeof glob === 'string').map((glob) => glob.trim());
  const whole = globs.length > 0 && globs.length === asked.length && globs.length <= maxGlobs;
  if (whole && globs.every((glob) => glob !== '' && glob.length <= maxGlobLength)) return [...new Set(globs)];
  throw refuse(
    'invalid_value',
    `allowed_models must be a list of 1 to ${maxGlobs} names such as gpt-image-2 or gpt-image-*, of ${maxGlobLength} characters at most; null allows every model.`,
    'allowed_models',
  );
}

/** A moment in Unix seconds, or seconds from now. Null: never. */
function readEnd(at: unknown, inSeconds: unknown): Date | null | undefined {
  if (at !== undefined && inSeconds !== undefined) {
    throw refuse('invalid_value', 'Send expires_at or expires_in_seconds, not both.', 'expires_at');
  }
  if (inSeconds !== undefined && inSeconds !== null) {
    if (isSeconds(inSeconds)) return new Date(Date.now() + inSeconds * 1000);
    throw refuse(
      'invalid_value',
      'expires_in_seconds must be a whole number of seconds from now, 1 or more.',
      'expires_in_seconds',
    );
  }
  if (at === undefined || at === null) return inSeconds === null ? null : at;
  const nowSeconds = Math.floor(Date.now() / 1000);
  if (typeof at === 'number' && isSeconds(at - nowSeconds)) return new Date(at * 1000);
  throw refuse('invalid_value', 'expires_at must be a moment to come, in Unix seconds.', 'expires_at');
}

function isSeconds(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= maxLifetimeSeconds;
}
