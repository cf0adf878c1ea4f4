import { SettingsError } from '../../foundation/index.ts';
import type { ModelRow, OpenProvider, Provider, ProviderEnvironment } from '../../models/index.ts';
import { openChatModel } from '../kit/mainline/open-chat-model.ts';
import { openCaller } from '../kit/open-caller.ts';
import { checkUpstream } from '../kit/openai-images/check-upstream.ts';
import { checkHeader, readBaseUrl } from '../kit/read-settings.ts';
import { type ChatModelSettings, readModel, type ServiceSettings, services } from './settings.ts';

/** Text models with function calling, behind chat completions: they lead, and any image engine paints. */
export const provider: Provider = {
  id: 'chat',
  title: 'Chat models',
  order: 60,
  vendors: ['chat'],
  prefixes: [],
  external: true,
  variables: [
    {
      name: 'PICTOR_CHAT_BASE_URL',
      purpose: 'Address of a service with chat completions and function calling, with /v1 at its end',
      secret: false,
    },
    { name: 'PICTOR_CHAT_MODEL', purpose: 'Name of its model, as the service has it', secret: false },
    {
      name: 'PICTOR_CHAT_PAINTER',
      purpose: 'Image model behind the tool where a request names none',
      secret: false,
    },
    { name: 'PICTOR_CHAT_API_KEY', purpose: 'Its key, where it wants one', secret: true },
  ],
  settings: services,
  models: [],
  prices: [],
  proven: { live: null, wire: 'OpenAI API reference, chat completions with tools, 2026-11' },
  open: async (environment) => {
    const listed = services.parse(environment.settings ?? []);
    return [
      ...readVariables(environment).map((each) => openService(each, 'PICTOR_CHAT')),
      ...listed.map((each) => openService(each, `providers.chat (${each.name})`)),
    ];
  },
};

/** The service of the environment variables; empty: there is no address. */
function readVariables({ variable }: ProviderEnvironment): ServiceSettings[] {
  const address = variable('PICTOR_CHAT_BASE_URL');
  if (address === undefined) return [];
  const id = variable('PICTOR_CHAT_MODEL');
  if (id === undefined) {
    throw new SettingsError(
      'PICTOR_CHAT_BASE_URL needs PICTOR_CHAT_MODEL beside it: the name of the model as the service has it.',
    );
  }
  const key = variable('PICTOR_CHAT_API_KEY');
  const painter = variable('PICTOR_CHAT_PAINTER');
  return [
    {
      name: provider.id,
      base_url: address,
      ...(key === undefined ? {} : { api_key: key }),
      models: [{ id, ...(painter === undefined ? {} : { painter }) }],
    },
  ];
}

function openService(settings: ServiceSettings, place: string): OpenProvider {
  const names =
    place === 'PICTOR_CHAT'
      ? { key: 'PICTOR_CHAT_API_KEY', address: 'PICTOR_CHAT_BASE_URL' }
      : { key: `${place}.api_key`, address: `${place}.base_url` };
  const { api_key: key, name } = settings;
  if (key !== undefined) checkHeader(names.key, key);
  const caller = openCaller(name);
  const headers = key === undefined ? {} : { authorization: `Bearer ${key}` };
  const baseUrl = readBaseUrl(names.address, settings.base_url, 'http://127.0.0.1:11434/v1');
  const service = {
    provider: name,
    caller,
    baseUrl,
    url: `${baseUrl}/chat/completions`,
    headers: async () => headers,
    secrets: key === undefined ? [] : [key],
    settings: names,
  };
  const models = settings.models.map(readModel);
  return {
    name,
    models: models.map((model) => toRow(name, model)),
    prices: [],
    aliases: Object.fromEntries(models.map((model) => [model.id, `${name}/${model.id}`])),
    imageModel: () => null,
    mainline: (row) => {
      const model = models.find((each) => `${name}/${each.id}` === row.id);
      if (model === undefined) return null;
      const { id, painter, seesPictures } = model;
      return openChatModel(service, {
        upstreamModel: id,
        seesPictures,
        ...(painter === undefined ? {} : { painter }),
      });
    },
    check: (signal) => checkUpstream(service, signal),
    close: caller.close,
  };
}

function toRow(name: string, model: ChatModelSettings): ModelRow {
  return {
    id: `${name}/${model.id}`,
    title: `${model.id} (${name})`,
    vendor: 'chat',
    family: 'text',
    aliases: [],
    endpoints: ['responses'],
    unknownParameters: 'drop',
    promptMaxChars: 1_000_000,
    parameters: {},
    outputFormats: [],
    passThrough: [],
    tokens: 'none',
    lifecycle: { source: 'the settings of this server', sourceDate: '2026-11-21' },
    notes: [],
  };
}
