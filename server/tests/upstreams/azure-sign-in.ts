// Entra as in "OAuth 2.0 client credentials flow" (learn.microsoft.com/entra, 2026) and the managed identity of App Service as
// in "How to use managed identities for App Service" (2026), as far as @azure/identity 4.14.1 asks.
import {
  createServer as createPlainServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { makeCertificate } from '../support/make-certificate.ts';

export type SignIn = {
  /** Address of Entra, with TLS. */
  readonly authority: string;
  /** Of that address, to be trusted. */
  readonly certificate: string;
  /** IDENTITY_ENDPOINT of the managed identity. */
  readonly identityEndpoint: string;
  /** What was asked for, in order: the members of forms and of queries. */
  readonly asked: readonly Readonly<Record<string, string>>[];
  /** The tokens that were given, in order. */
  readonly given: readonly string[];
  /** Seconds until tokens end that are given from now on; default an hour. */
  readonly setLifetime: (seconds: number) => void;
  readonly close: () => Promise<void>;
};

export const tenant = '11111111-2222-4333-8444-555555555555';
export const clientSecret = 'secret-0123456789~abcdef';
export const identityHeader = 'identity-header-0123456789';

/** Starts both ways to a token on free ports of this machine. */
export async function openAzureSignIn(): Promise<SignIn> {
  const asked: Record<string, string>[] = [];
  const given: string[] = [];
  let lifetimeSeconds = 3600;
  const give = (): string => {
    const token = `token-${given.length + 1}-0123456789`;
    given.push(token);
    return token;
  };
  const { certificate, key } = makeCertificate();
  const entra = await listen(createServer({ cert: certificate, key }), async (request, response, origin) => {
    if (request.url?.includes('/.well-known/openid-configuration') === true) {
      answer(response, 200, {
        issuer: `${origin}/${tenant}/v2.0`,
        authorization_endpoint: `${origin}/${tenant}/oauth2/v2.0/authorize`,
        token_endpoint: `${origin}/${tenant}/oauth2/v2.0/token`,
        jwks_uri: `${origin}/${tenant}/discovery/v2.0/keys`,
      });
      return;
    }
    const form = Object.fromEntries(new URLSearchParams(await readBody(request)));
    asked.push(form);
    if (form.client_secret !== clientSecret) {
      const error_description = `AADSTS7000215: Invalid client secret provided: '${form.client_secret}'.`;
      answer(response, 401, { error: 'invalid_client', error_description, error_codes: [7000215] });
      return;
    }
    answer(response, 200, { token_type: 'Bearer', expires_in: lifetimeSeconds, access_token: give() });
  });
  const identity = await listen(createPlainServer(), async (request, response) => {
    const url = new URL(request.url ?? '', 'http://identity');
    asked.push(Object.fromEntries(url.searchParams));
    if (request.headers['x-identity-header'] !== identityHeader) {
      answer(response, 401, { error: 'unauthorized' });
      return;
    }
    const expires_on = String(Math.floor(Date.now() / 1000) + lifetimeSeconds);
    answer(response, 200, { access_token: give(), expires_on, token_type: 'Bearer', resource: '' });
  });
  return {
    authority: entra.origin.replace('http:', 'https:'),
    certificate,
    identityEndpoint: `${identity.origin}/MSI/token`,
    asked,
    given,
    setLifetime: (seconds) => {
      lifetimeSeconds = seconds;
    },
    close: async () => {
      await Promise.all([entra.close(), identity.close()]);
    },
  };
}

type Listening = ReturnType<typeof createPlainServer> | ReturnType<typeof createServer>;

async function listen(
  server: Listening,
  work: (request: IncomingMessage, response: ServerResponse, origin: string) => Promise<void>,
): Promise<{ readonly origin: string; readonly close: () => Promise<void> }> {
  const listener: RequestListener = (request, response) => {
    void work(request, response, `https://${request.headers.host}`).catch(() => response.destroy());
  };
  server.on('request', listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
