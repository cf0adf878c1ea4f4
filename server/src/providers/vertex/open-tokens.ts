import type { AuthClient, ExternalAccountClientOptions } from 'google-auth-library';
import { ProviderError } from '../../models/index.ts';
import type { Credentials } from './read-credentials.ts';

/** Headers that let a call in: the token, and the project that is billed for it where that differs. */
export type Tokens = () => Promise<Readonly<Record<string, string>>>;

const scope = 'https://www.googleapis.com/auth/cloud-platform';
/** Where Google's library asks for tokens of service accounts, whatever their file says. */
const libraryTokenUri = 'https://oauth2.googleapis.com/token';

/**
 * Tokens through Google's own library, which is loaded with the first call and renews them by itself. Without
 * credentials it looks where Google's clients look: the file of gcloud, then the machine's metadata server. The
 * headers throw a ProviderError where no token can be had.
 */
export function openTokens(provider: string, credentials: Credentials | null, setting: string): Tokens {
  let opened: Promise<AuthClient> | undefined;
  return async () => {
    opened ??= openClient(credentials);
    try {
      const headers = await (await opened).getRequestHeaders();
      return Object.fromEntries(headers);
    } catch (cause) {
      // What could not be opened may be there the next time.
      opened = undefined;
      throw toTokenFailure(provider, setting, cause);
    }
  };
}

async function openClient(credentials: Credentials | null): Promise<AuthClient> {
  const google = await import('google-auth-library');
  if (credentials === null) return await new google.GoogleAuth({ scopes: [scope] }).getClient();
  const quotaProjectId = credentials.quota_project_id;
  const shared = { scopes: [scope], ...(quotaProjectId === undefined ? {} : { quotaProjectId }) };
  switch (credentials.type) {
    case 'service_account':
      return new google.JWT({
        ...shared,
        email: credentials.client_email,
        key: credentials.private_key,
        ...(credentials.private_key_id === undefined ? {} : { keyId: credentials.private_key_id }),
        transporterOptions: atTokenUri(credentials.token_uri),
      });
    case 'authorized_user':
      return new google.UserRefreshClient({
        ...shared,
        clientId: credentials.client_id,
        clientSecret: credentials.client_secret,
        refreshToken: credentials.refresh_token,
      });
    case 'external_account': {
      // The library knows what these files hold for each cloud, and checks it.
      const options = credentials as unknown as ExternalAccountClientOptions;
      const client = google.ExternalAccountClient.fromJSON({ ...options, scopes: [scope] });
      if (client === null) throw new TypeError('The credentials are of no known kind.');
      return client;
    }
  }
}

function atTokenUri(tokenUri: string | undefined): { readonly fetchImplementation?: typeof fetch } {
  return tokenUri === undefined || tokenUri === libraryTokenUri
    ? {}
    : { fetchImplementation: fetchAt(tokenUri) };
}

/** Asks the file's own address where the library would ask Google's. */
function fetchAt(tokenUri: string): typeof fetch {
  return async (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    return await fetch(address === libraryTokenUri ? tokenUri : input, init);
  };
}

function toTokenFailure(provider: string, setting: string, cause: unknown): ProviderError {
  const status = statusOf(cause);
  const isRefused = status !== undefined && status >= 400 && status < 500;
  const isAway = status !== undefined || isNetworkFailure(cause);
  return new ProviderError({
    kind: isRefused || !isAway ? 'unauthorised' : 'unavailable',
    charged: 'no',
    provider,
    message:
      isRefused || !isAway
        ? `Google gives no token for the credentials in ${setting}.`
        : "Google's token service could not be reached.",
    ...(status === undefined ? {} : { upstreamStatus: status }),
    cause,
  });
}

function statusOf(cause: unknown): number | undefined {
  if (typeof cause !== 'object' || cause === null || !('response' in cause)) return undefined;
  const { response } = cause;
  if (typeof response !== 'object' || response === null || !('status' in response)) return undefined;
  return typeof response.status === 'number' ? response.status : undefined;
}

function isNetworkFailure(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  const code = 'code' in cause ? cause.code : undefined;
  if (typeof code === 'string' && /^(E[A-Z_]+|UND_ERR_\w+)$/.test(code) && code !== 'ERR') return true;
  return cause.cause !== undefined && isNetworkFailure(cause.cause);
}
