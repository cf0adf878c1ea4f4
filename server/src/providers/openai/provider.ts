import { SettingsError } from '../../foundation/index.ts';
import type { Endpoint, ModelRow, OpenProvider, Provider, ProviderEnvironment } from '../../models/index.ts';
import { openCaller } from '../kit/open-caller.ts';
import { openImageModel } from './image-model.ts';

const defaultBaseUrl = 'https://api.openai.com/v1';

/** OpenAI's Images API with the operator's key. Configured when OPENAI_API_KEY is set. */
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
  models: [],
  prices: [],
  open,
};

async function open({ variable }: ProviderEnvironment): Promise<OpenProvider | null> {
  const key = variable('OPENAI_API_KEY');
  if (key === undefined) return null;
  checkHeader('OPENAI_API_KEY', key);
  const caller = openCaller(provider.id);
  const model = openImageModel({
    caller,
    key,
    baseUrl: readBaseUrl(variable('PICTOR_OPENAI_BASE_URL') ?? defaultBaseUrl),
    headers: {
      ...readHeader(variable, 'openai-organization', ['OPENAI_ORGANIZATION', 'OPENAI_ORG_ID']),
      ...readHeader(variable, 'openai-project', ['OPENAI_PROJECT', 'OPENAI_PROJECT_ID']),
    },
  });
  return {
    imageModel: (row, endpoint) => (serves(row, endpoint) ? model : null),
    close: caller.close,
  };
}

/** Image models only; text models have no images wire. */
function serves(row: ModelRow, endpoint: Endpoint): boolean {
  const drawsPictures = row.family === 'gpt-image' || row.family === 'dall-e';
  return row.vendor === 'openai' && drawsPictures && row.endpoints.includes(endpoint);
}

function readBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isPlain = url !== null && url.search === '' && url.hash === '' && url.username === '';
  if (url === null || !isPlain || !['http:', 'https:'].includes(url.protocol)) {
    throw new SettingsError(`PICTOR_OPENAI_BASE_URL must be a full address such as ${defaultBaseUrl}.`);
  }
  return url.href.replace(/\/+$/, '');
}

function readHeader(
  variable: ProviderEnvironment['variable'],
  header: string,
  names: readonly string[],
): Record<string, string> {
  for (const name of names) {
    const value = variable(name);
    if (value === undefined) continue;
    checkHeader(name, value);
    return { [header]: value };
  }
  return {};
}

/** The sentence does not show the value: it may be a key. */
function checkHeader(name: string, value: string): void {
  if (/^[\x21-\x7e]+$/.test(value)) return;
  throw new SettingsError(`${name} holds a character that it cannot have, such as a space or a line break.`);
}
