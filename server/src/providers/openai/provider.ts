import type { Endpoint, ModelRow, OpenProvider, Provider, ProviderEnvironment } from '../../models/index.ts';
import { openResponsesModel } from '../kit/mainline/open-responses-model.ts';
import { openCaller } from '../kit/open-caller.ts';
import { checkUpstream } from '../kit/openai-images/check-upstream.ts';
import { openImageModel } from '../kit/openai-images/image-model.ts';
import { checkHeader, readBaseUrl } from '../kit/read-settings.ts';
import { type Account, accounts } from './settings.ts';

const defaultBaseUrl = 'https://api.openai.com/v1';

/** OpenAI's Images API with the operator's keys: the one of OPENAI_API_KEY, and those of pictor.yaml. */
export const provider: Provider = {
  id: 'openai',
  title: 'OpenAI',
  order: 10,
  vendors: ['openai'],
  prefixes: ['openai'],
  external: true,
  variables: [
    { name: 'OPENAI_API_KEY', purpose: 'Key of the OpenAI API', secret: true },
    {
      name: 'PICTOR_OPENAI_BASE_URL',
      purpose: `Address of the API, with /v1 at its end; default ${defaultBaseUrl}`,
      secret: false,
    },
    {
      name: 'OPENAI_ORGANIZATION',
      purpose: 'Organisation that is billed; OPENAI_ORG_ID means the same',
      secret: false,
    },
    {
      name: 'OPENAI_PROJECT',
      purpose: 'Project that is billed; OPENAI_PROJECT_ID means the same',
      secret: false,
    },
  ],
  settings: accounts,
  models: [],
  prices: [],
  proven: { live: null, wire: 'OpenAI API reference and openai 7.55.0, 2026-11' },
  open: async (environment) => {
    const listed = accounts.parse(environment.settings ?? []);
    const known = [
      ...readVariables(environment),
      ...listed.map((each) => ({ ...each, from: yamlNames(each) })),
    ];
    return known.map(openAccount);
  },
};

/** An account, with the names under which its operator finds its settings. */
type NamedAccount = Account & {
  readonly from: { readonly key: string; readonly address: string; readonly owner: string };
};

function yamlNames({ name }: Account): NamedAccount['from'] {
  const place = `providers.openai (${name})`;
  return { key: `${place}.api_key`, address: `${place}.base_url`, owner: place };
}

/** The account of the environment variables; empty: there is no key. */
function readVariables({ variable }: ProviderEnvironment): NamedAccount[] {
  const key = variable('OPENAI_API_KEY');
  if (key === undefined) return [];
  return [
    {
      name: provider.id,
      api_key: key,
      base_url: variable('PICTOR_OPENAI_BASE_URL'),
      organization: variable('OPENAI_ORGANIZATION') ?? variable('OPENAI_ORG_ID'),
      project: variable('OPENAI_PROJECT') ?? variable('OPENAI_PROJECT_ID'),
      from: {
        key: 'OPENAI_API_KEY',
        address: 'PICTOR_OPENAI_BASE_URL',
        owner: 'OPENAI_ORGANIZATION or OPENAI_PROJECT',
      },
    },
  ];
}

function openAccount(account: NamedAccount): OpenProvider {
  const { from } = account;
  checkHeader(from.key, account.api_key);
  for (const owner of [account.organization, account.project]) {
    if (owner !== undefined) checkHeader(from.owner, owner);
  }
  const headers: Readonly<Record<string, string>> = {
    authorization: `Bearer ${account.api_key}`,
    ...(account.organization === undefined ? {} : { 'openai-organization': account.organization }),
    ...(account.project === undefined ? {} : { 'openai-project': account.project }),
  };
  const caller = openCaller(account.name);
  const upstream = {
    provider: account.name,
    caller,
    baseUrl: readBaseUrl(from.address, account.base_url ?? defaultBaseUrl, defaultBaseUrl),
    headers: async () => headers,
    secrets: [account.api_key],
    settings: from,
  };
  const model = openImageModel(upstream);
  return {
    name: account.name,
    models: [],
    prices: [],
    aliases: {},
    imageModel: (row, endpoint) => (serves(account, row, endpoint) ? model : null),
    mainline: (row) =>
      leads(account, row)
        ? openResponsesModel(
            { ...upstream, url: `${upstream.baseUrl}/responses`, streams: true },
            { upstreamModel: row.id },
          )
        : null,
    check: (signal) => checkUpstream(upstream, signal),
    close: caller.close,
  };
}

function leads({ models }: Account, row: ModelRow): boolean {
  return (
    row.vendor === 'openai' && row.family === 'text' && (models === undefined || models.includes(row.id))
  );
}

/** Image models only; text models have no images wire. */
function serves({ models }: Account, row: ModelRow, endpoint: Endpoint): boolean {
  if (models !== undefined && !models.includes(row.id)) return false;
  const drawsPictures = row.family === 'gpt-image' || row.family === 'dall-e';
  return row.vendor === 'openai' && drawsPictures && row.endpoints.includes(endpoint);
}
