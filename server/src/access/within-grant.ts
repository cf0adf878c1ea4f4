import { modelNotAllowed } from './allowed-models.ts';
import type { KeyGrant } from './project.ts';
import { refuse } from './read-body.ts';
import type { AskedKey } from './read-key.ts';
import { type KeyScope, missingScope } from './scopes.ts';

const usualScopes: readonly KeyScope[] = ['generate', 'read'];

/**
 * What a new key allows. Whatever was not asked for comes from its maker; null: the root key made it. Throws what
 * `requireWithin` throws.
 */
export function toGrant(asked: AskedKey, maker: KeyGrant | null): KeyGrant {
  const grant: KeyGrant = {
    scopes: asked.scopes ?? usualScopes.filter((scope) => maker === null || maker.scopes.includes(scope)),
    allowedModels: asked.allowedModels === undefined ? (maker?.allowedModels ?? null) : asked.allowedModels,
    expiresAt: asked.expiresAt === undefined ? (maker?.expiresAt ?? null) : asked.expiresAt,
  };
  if (grant.scopes.length === 0) throw missingScope(usualScopes);
  requireWithin(grant, maker);
  return grant;
}

/**
 * Nobody makes or rolls a key that may more, or lives longer, than the key in their hand. Throws `missing_scope`,
 * `model_not_allowed` and `invalid_value`. A maker of null is the root key, which may everything.
 */
export function requireWithin(grant: KeyGrant, maker: KeyGrant | null): void {
  if (maker === null) return;
  const tooMuch = grant.scopes.filter((scope) => !maker.scopes.includes(scope));
  if (tooMuch.length > 0) throw missingScope(tooMuch);
  const own = maker.allowedModels;
  // Names are compared as they are written: whether one glob is within another would be hard to explain.
  const foreign =
    own === null ? undefined : (grant.allowedModels ?? ['*']).find((glob) => !own.includes(glob));
  if (foreign !== undefined) throw modelNotAllowed(foreign);
  if (maker.expiresAt === null || (grant.expiresAt !== null && grant.expiresAt <= maker.expiresAt)) return;
  throw refuse(
    'invalid_value',
    'A key lives no longer than the key that makes or rolls it. Send an earlier expires_at.',
    'expires_at',
  );
}
