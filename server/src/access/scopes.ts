import { PictorError } from '../foundation/index.ts';

/** What a project's key may be allowed to do. */
export const keyScopes = ['generate', 'read', 'manage'] as const;

export type KeyScope = (typeof keyScopes)[number];

/** `root` is the root key's alone: it cannot be given to a key. */
export type Scope = KeyScope | 'root';

/** `any-key`: whoever is known. `no-key`: everybody; the route itself says what it shows to whom. */
export type RouteNeed = Scope | 'any-key' | 'no-key';

/** What a route asks of its callers' keys; one of the needs is enough. */
export type RouteNeeds = { readonly config: { readonly needs: readonly RouteNeed[] } };

/** Declares what a route needs, as its second argument: `server.get('/v1/files', needs('read'), …)`. */
export function needs(...anyOf: readonly [RouteNeed, ...RouteNeed[]]): RouteNeeds {
  return { config: { needs: anyOf } };
}

/** Throws `missing_scope` when there is none of what is needed. */
export function requireNeed(scopes: readonly Scope[], anyOf: readonly RouteNeed[]): void {
  if (anyOf.includes('any-key') || anyOf.includes('no-key')) return;
  if (scopes.some((scope) => anyOf.includes(scope))) return;
  throw missingScope(anyOf);
}

/** OpenAI's sentence for a restricted key, and what to do about it. */
export function missingScope(anyOf: readonly string[]): PictorError {
  const advice = anyOf.includes('root')
    ? 'Only the root key may do this.'
    : 'Use a key that has the scope, or have one made.';
  return new PictorError({
    code: 'missing_scope',
    message: `You have insufficient permissions for this operation. Missing scopes: ${anyOf.join(' or ')}. ${advice}`,
  });
}
