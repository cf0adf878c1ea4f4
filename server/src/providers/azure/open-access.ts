import type { Caller } from '../kit/open-caller.ts';
import { openTokenSource, type TokenSource } from './open-token-source.ts';
import type { Resource } from './resource.ts';

/** How calls of a resource sign in. */
export type Access = {
  readonly headers: () => Promise<Readonly<Record<string, string>>>;
  /** Null: there is a key, which stays what it is. */
  readonly tokens: TokenSource | null;
  /** What no message may show. */
  readonly secrets: readonly string[];
};

/** A resource that is ready to be called. */
export type AzureService = {
  readonly resource: Resource;
  readonly caller: Caller;
  readonly access: Access;
};

export function openAccess(resource: Resource): Access {
  const { credential } = resource;
  if (credential.kind === 'key') {
    const headers = { 'api-key': credential.key };
    return { headers: async () => headers, tokens: null, secrets: [credential.key] };
  }
  const tokens = openTokenSource(resource, credential);
  const { client_secret: secret } = credential.entra;
  return {
    headers: async () => ({ authorization: `Bearer ${await tokens.read()}` }),
    tokens,
    secrets: secret === undefined ? [] : [secret],
  };
}
