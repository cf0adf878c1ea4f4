import type { TokenCredential } from '@azure/identity';
import { ProviderError } from '../../models/index.ts';
import type { Cloud } from './read-azure-url.ts';
import type { Resource } from './resource.ts';

/** Tokens of Entra: fetched when first needed, used until shortly before they end. */
export type TokenSource = {
  /** Throws a ProviderError that costs nothing. */
  readonly read: () => Promise<string>;
  /** Fetches another one in place of one that was refused. False: there is none but that. */
  readonly renew: () => Promise<boolean>;
};

type Entra = Extract<Resource['credential'], { kind: 'entra' }>;
type Token = { readonly text: string; readonly endsAtMs: number };

/** A token is replaced this long before it ends, so that none ends on the way. */
const marginMs = 5 * 60 * 1000;
const timeoutMs = 30_000;

const clouds: Readonly<Record<Cloud, { readonly authority: string; readonly scope: string }>> = {
  public: {
    authority: 'https://login.microsoftonline.com',
    scope: 'https://cognitiveservices.azure.com/.default',
  },
  government: {
    authority: 'https://login.microsoftonline.us',
    scope: 'https://cognitiveservices.azure.us/.default',
  },
  china: {
    authority: 'https://login.chinacloudapi.cn',
    scope: 'https://cognitiveservices.azure.cn/.default',
  },
};

/** Nothing is loaded or asked before the first `read`. */
export function openTokenSource(resource: Resource, credential: Entra): TokenSource {
  const { address, from } = resource;
  const scope =
    credential.entra.scope ??
    (address.foundry && address.cloud === 'public'
      ? 'https://ai.azure.com/.default'
      : clouds[address.cloud].scope);
  let issuer: Promise<TokenCredential> | null = null;
  let token: Token | null = null;
  let pending: Promise<Token> | null = null;

  const fetchToken = async (): Promise<Token> => {
    issuer ??= openIssuer(credential, address.cloud);
    const issued = await withTimeout((await issuer).getToken(scope), resource.name);
    if (issued === null) throw new Error('There is no token.');
    return { text: issued.token, endsAtMs: issued.expiresOnTimestamp };
  };

  /** Calls that need a token at the same time wait for the same one. */
  const replace = async (): Promise<Token> => {
    pending ??= fetchToken().finally(() => {
      pending = null;
    });
    token = await pending.catch((error: unknown) => {
      throw toFailure(error, resource.name, from.key);
    });
    return token;
  };

  return {
    read: async () => {
      const isFresh = token !== null && Date.now() < token.endsAtMs - marginMs;
      return (isFresh && token !== null ? token : await replace()).text;
    },
    renew: async () => {
      const refused = token?.text;
      // The library keeps tokens as well; one that is new has none.
      issuer = null;
      return (await replace()).text !== refused;
    },
  };
}

/** The library is large, and most installations use keys, so it is loaded only here. */
async function openIssuer({ entra, federated }: Entra, cloud: Cloud): Promise<TokenCredential> {
  const library = await import('@azure/identity');
  const { tenant_id: tenantId, client_id: clientId, client_secret: clientSecret } = entra;
  const authorityHost = entra.authority ?? clouds[cloud].authority;
  const known = Object.values(clouds).some(({ authority }) => authorityHost.startsWith(authority));
  // A sign-in service of one's own is not in the list that would be asked whether it is one.
  const options = { authorityHost, disableInstanceDiscovery: !known, retryOptions: { maxRetries: 1 } };
  if (tenantId !== undefined && clientId !== undefined && clientSecret !== undefined) {
    return new library.ClientSecretCredential(tenantId, clientId, clientSecret, options);
  }
  if (federated) {
    return new library.WorkloadIdentityCredential({
      ...options,
      ...(tenantId === undefined ? {} : { tenantId }),
      ...(clientId === undefined ? {} : { clientId }),
    });
  }
  return new library.ManagedIdentityCredential(clientId === undefined ? {} : { clientId });
}

async function withTimeout<Value>(work: Promise<Value>, provider: string): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    const message = 'Entra gave no token for Azure in 30 seconds.';
    const late = () => reject(new ProviderError({ kind: 'timed-out', charged: 'no', provider, message }));
    timer = setTimeout(late, timeoutMs);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** What the numbers of Entra's errors mean, where the operator can act on them. */
const reasons: Readonly<Record<string, string>> = {
  AADSTS7000215: 'the client secret is wrong',
  AADSTS7000222: 'the client secret has expired',
  AADSTS700016: 'the tenant does not know the application',
  AADSTS90002: 'there is no such tenant',
  AADSTS900023: 'there is no such tenant',
  AADSTS500011: 'the tenant does not know the scope',
  AADSTS53003: 'a policy of conditional access forbids it',
};

function toFailure(error: unknown, provider: string, setting: string): ProviderError {
  if (error instanceof ProviderError) return error;
  const facts = { provider, charged: 'no', cause: error } as const;
  const text = error instanceof Error ? error.message : '';
  const code = /AADSTS\d+/.exec(text)?.[0];
  if (code === undefined && isNetworkError(error)) {
    return new ProviderError({
      ...facts,
      kind: 'unavailable',
      message: 'Entra, which gives the tokens for Azure, could not be reached.',
    });
  }
  const reason = code === undefined ? '' : ` (${[code, reasons[code]].filter(Boolean).join(': ')})`;
  const message = `Entra gave no token for Azure${reason}. See ${setting}.`;
  return new ProviderError({ ...facts, kind: 'unauthorised', message });
}

function isNetworkError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const names =
    /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|network_error/;
  return names.test(error.message) || isNetworkError(error.cause);
}
