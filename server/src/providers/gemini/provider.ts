import { join } from 'node:path';
import type { Finding, OpenProvider, Provider, ProviderEnvironment } from '../../models/index.ts';
import { cannotCall, sendCheck, tellError } from '../kit/google/check-google.ts';
import { openGoogleModel } from '../kit/google/image-model.ts';
import { servesGoogle } from '../kit/google/serves-google.ts';
import type { GoogleUpstream } from '../kit/google/upstream.ts';
import { openCaller } from '../kit/open-caller.ts';
import { isRecord } from '../kit/read-error-body.ts';
import { checkHeader, readBaseUrl } from '../kit/read-settings.ts';
import { type Account, accounts } from './settings.ts';

const defaultBaseUrl = 'https://generativelanguage.googleapis.com';

/** Google's Gemini API with the operator's keys: the one of GEMINI_API_KEY, and those of pictor.yaml. */
export const provider: Provider = {
  id: 'gemini',
  title: 'Gemini API',
  order: 30,
  vendors: ['google'],
  prefixes: ['gemini', 'google'],
  external: true,
  variables: [
    { name: 'GEMINI_API_KEY', purpose: 'Key of the Gemini API; GOOGLE_API_KEY means the same', secret: true },
    {
      name: 'PICTOR_GEMINI_BASE_URL',
      purpose: `Origin of the API, without a version; default ${defaultBaseUrl}`,
      secret: false,
    },
  ],
  settings: accounts,
  models: [],
  prices: [],
  proven: {
    live: null,
    wire: 'Gemini API v1beta by @google/genai 3.1.0 and the image generation guide, 2026-11',
  },
  open: async (environment) => {
    const listed = accounts.parse(environment.settings ?? []);
    const known = [
      ...readVariables(environment),
      ...listed.map((each) => ({ ...each, from: yamlNames(each) })),
    ];
    return known.map((each) => openAccount(each, environment.dataDir));
  },
};

/** An account, with the names under which its operator finds its settings. */
type NamedAccount = Account & { readonly from: GoogleUpstream['settings'] };

function yamlNames({ name }: Account): NamedAccount['from'] {
  const place = `providers.gemini (${name})`;
  return { key: `${place}.api_key`, address: `${place}.base_url` };
}

/** The account of the environment variables; empty: there is no key. */
function readVariables({ variable }: ProviderEnvironment): NamedAccount[] {
  const own = variable('GEMINI_API_KEY');
  // Google's own clients take the general key for Vertex AI where this is set.
  const isOfVertex = /^(1|true)$/i.test(variable('GOOGLE_GENAI_USE_VERTEXAI') ?? '');
  const key = own ?? (isOfVertex ? undefined : variable('GOOGLE_API_KEY'));
  if (key === undefined) return [];
  return [
    {
      name: provider.id,
      api_key: key,
      base_url: variable('PICTOR_GEMINI_BASE_URL'),
      from: {
        key: own === undefined ? 'GOOGLE_API_KEY' : 'GEMINI_API_KEY',
        address: 'PICTOR_GEMINI_BASE_URL',
      },
    },
  ];
}

function openAccount(account: NamedAccount, dataDir: string): OpenProvider {
  const { from } = account;
  checkHeader(from.key, account.api_key);
  const baseUrl = readBaseUrl(from.address, account.base_url ?? defaultBaseUrl, defaultBaseUrl);
  const caller = openCaller(account.name);
  const headers = { 'x-goog-api-key': account.api_key };
  const upstream: GoogleUpstream = {
    provider: account.name,
    platform: 'gemini',
    caller,
    toUrl: (model, method) => `${baseUrl}/v1beta/models/${encodeURIComponent(model)}:${method}`,
    headers: async () => headers,
    secrets: [account.api_key],
    settings: from,
    safetySettings: account.safety_settings ?? [],
    holdFolder: join(dataDir, 'images', 'tmp'),
  };
  const model = openGoogleModel(upstream);
  return {
    name: account.name,
    models: [],
    prices: [],
    aliases: {},
    imageModel: (row, endpoint) => (servesGoogle(account.models, row, endpoint) ? model : null),
    check: (signal) => checkKey(upstream, baseUrl, signal),
    close: caller.close,
  };
}

/** Asks for the list of models, which costs nothing. */
async function checkKey(upstream: GoogleUpstream, baseUrl: string, signal: AbortSignal): Promise<Finding[]> {
  const { settings } = upstream;
  try {
    const url = `${baseUrl}/v1beta/models?pageSize=1`;
    const reply = await sendCheck(upstream, { url, headers: await upstream.headers(), signal });
    const isList = isRecord(reply.body) && Array.isArray(reply.body.models);
    if (reply.status !== 200 || !isList) return tellError(reply, { address: baseUrl, settings });
    return [
      { part: 'address', status: 'works', message: `${baseUrl} answers with a list of models.` },
      { part: 'key', status: 'works', message: 'The key is accepted.' },
    ];
  } catch (error) {
    return cannotCall(error, settings.address);
  }
}
