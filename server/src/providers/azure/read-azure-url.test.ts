import { describe, expect, test } from 'vitest';
import { SettingsError } from '../../foundation/index.ts';
import { type AzureAddress, readAzureUrl } from './read-azure-url.ts';

const plain: AzureAddress = {
  root: 'https://my-res.openai.azure.com',
  v1Path: '/openai/v1',
  resource: 'my-res',
  project: null,
  deployment: null,
  apiVersion: null,
  family: null,
  cloud: 'public',
  foundry: false,
};
const v1 = { family: 'v1' } as const;
const dated = { family: 'deployments', apiVersion: '2025-04-01-preview' } as const;
const img = { ...dated, deployment: 'my-img' } as const;
const foundry = { root: 'https://my-res.services.ai.azure.com', foundry: true } as const;
const gateway = { root: 'https://apim.example/ai', resource: null } as const;
const local = { root: 'http://127.0.0.1:4500', resource: null } as const;

const res = 'https://my-res.openai.azure.com';
const ai = 'https://my-res.services.ai.azure.com';

/** What was pasted → how it differs from the host alone. */
const table: readonly (readonly [string, Partial<AzureAddress>])[] = [
  // The host, in every spelling
  [res, {}],
  [`${res}/`, {}],
  [`${res}//`, {}],
  [`  ${res}/  `, {}],
  [`"${res}"`, {}],
  [`<${res}>`, {}],
  ['my-res.openai.azure.com', {}],
  ['MY-RES.OpenAI.Azure.com/', {}],
  ['http://my-res.openai.azure.com', {}],
  [`${res}:443/`, {}],
  ['https://my-res.privatelink.openai.azure.com', { root: 'https://my-res.privatelink.openai.azure.com' }],
  [`${res}/openai`, {}],
  [`${res}/openai/`, {}],
  // The v1 family
  [`${res}/openai/v1`, v1],
  [`${res}/openai/v1/`, v1],
  [`${res}/openai/v1/images/generations`, v1],
  [`${res}/openai/v1/images/edits`, v1],
  [`${res}/openai/v1/images/generations?api-version=preview`, { ...v1, apiVersion: 'preview' }],
  [`${res}/openai/v1/responses`, v1],
  [`${res}/openai/v1/models#top`, v1],
  // The family of deployments
  [`${res}/openai/deployments/my-img/images/generations?api-version=2025-04-01-preview`, img],
  [`${res}/openai/deployments/my-img/images/edits?api-version=2025-04-01-preview`, img],
  [`${res}/openai/deployments/my-img/?api-version=2025-04-01-preview`, img],
  [`${res}/openai/deployments/my-img?API-Version=2025-04-01-preview`, img],
  [`${res}/openai/deployments/my-img?api_version=2025-04-01-preview`, img],
  [
    `${res}/openai/deployments/my%20img/images/edits?api-version=2025-04-01-preview`,
    { ...dated, deployment: 'my img' },
  ],
  [
    `${res}/openai/deployments/100%/images/edits?api-version=2025-04-01-preview`,
    { ...dated, deployment: '100%' },
  ],
  [`${res}/openai/deployments/my-img/images/generations`, { family: 'deployments', deployment: 'my-img' }],
  [
    `${res}/openai/deployments/my-img/images/generations?api-version=`,
    { family: 'deployments', deployment: 'my-img' },
  ],
  [`${res}/openai/deployments?api-version=2025-04-01-preview`, dated],
  [`${res}/openai/deployments/gpt-4o/chat/completions?api-version=2025-04-01-preview`, dated],
  [`${res}/openai/deployments/words/embeddings?api-version=2025-04-01-preview`, dated],
  [`${res}/openai/responses?api-version=2025-04-01-preview`, dated],
  [`${res}/openai/models?api-version=2025-04-01-preview`, dated],
  [
    `${res}/openai/images/generations:submit?api-version=2023-06-01-preview`,
    { family: 'deployments', apiVersion: '2023-06-01-preview' },
  ],
  [`${res}?api-version=2025-04-01-preview`, { apiVersion: '2025-04-01-preview' }],
  // Azure AI Foundry
  [ai, foundry],
  [`${ai}/openai/v1/`, { ...foundry, ...v1 }],
  [`${ai}/openai/v1/images/generations`, { ...foundry, ...v1 }],
  [
    `${ai}/openai/deployments/my-img/images/generations?api-version=2025-04-01-preview`,
    { ...foundry, ...img },
  ],
  [`${ai}/models`, foundry],
  [
    `${ai}/models/chat/completions?api-version=2024-05-01-preview`,
    { ...foundry, apiVersion: '2024-05-01-preview' },
  ],
  [`${ai}/api/projects/my-project`, { ...foundry, project: 'my-project' }],
  [`${ai}/api/projects/my-project/`, { ...foundry, project: 'my-project' }],
  [`${ai}/api/projects/my-project/openai/v1/images/edits`, { ...foundry, ...v1, project: 'my-project' }],
  ['my-res.services.ai.azure.com/api/projects/p', { ...foundry, project: 'p' }],
  // Other hosts of Azure's
  ['https://my-res.cognitiveservices.azure.com/', { root: 'https://my-res.cognitiveservices.azure.com' }],
  [
    'https://my-res.cognitiveservices.azure.com/openai/deployments/my-img/images/edits?api-version=2025-04-01-preview',
    { ...img, root: 'https://my-res.cognitiveservices.azure.com' },
  ],
  [
    'https://eastus.api.cognitive.microsoft.com/',
    { root: 'https://eastus.api.cognitive.microsoft.com', resource: null },
  ],
  // Sovereign clouds
  ['https://my-res.openai.azure.us/', { root: 'https://my-res.openai.azure.us', cloud: 'government' }],
  [
    'https://my-res.openai.azure.us/openai/v1/',
    { ...v1, root: 'https://my-res.openai.azure.us', cloud: 'government' },
  ],
  [
    'https://my-res.cognitiveservices.azure.us',
    { root: 'https://my-res.cognitiveservices.azure.us', cloud: 'government' },
  ],
  ['https://my-res.openai.azure.cn', { root: 'https://my-res.openai.azure.cn', cloud: 'china' }],
  [
    'https://my-res.cognitiveservices.azure.cn/openai/deployments/d?api-version=2024-02-01',
    {
      root: 'https://my-res.cognitiveservices.azure.cn',
      cloud: 'china',
      family: 'deployments',
      deployment: 'd',
      apiVersion: '2024-02-01',
    },
  ],
  // Pages for people
  [
    'https://portal.azure.com/#@me.example/resource/subscriptions/0-1/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/My-Res/overview',
    {},
  ],
  [
    'https://ai.azure.com/resource/deployments?wsid=%2Fsubscriptions%2F0-1%2FresourceGroups%2Frg%2Fproviders%2FMicrosoft.CognitiveServices%2Faccounts%2Fmy-res&tid=2',
    {},
  ],
  [
    'https://portal.azure.us/#view/providers/Microsoft.CognitiveServices/accounts/my-res',
    { root: 'https://my-res.openai.azure.us', cloud: 'government' },
  ],
  // Other hosts
  ['http://127.0.0.1:4500', local],
  ['http://127.0.0.1:4500/', local],
  ['http://127.0.0.1:4500/openai/v1', { ...local, ...v1 }],
  ['http://127.0.0.1:4500/v1', { ...local, ...v1, v1Path: '/v1' }],
  [
    'http://127.0.0.1:4500/openai/deployments/my-img/images/edits?api-version=2025-04-01-preview',
    { ...local, ...img },
  ],
  ['http://azure-proxy/openai/v1', { ...v1, root: 'http://azure-proxy', resource: null }],
  ['http://localhost:4500/openai', { root: 'http://localhost:4500', resource: null }],
  ['http://[::1]:4500', { root: 'http://[::1]:4500', resource: null }],
  ['https://apim.example/ai', gateway],
  ['https://apim.example/ai/', gateway],
  ['https://apim.example/ai/openai', gateway],
  ['https://apim.example/ai/openai/v1/images/generations', { ...gateway, ...v1 }],
  ['https://apim.example/ai/v1/images/generations', { ...gateway, ...v1, v1Path: '/v1' }],
  [
    'https://apim.example/ai/openai/deployments/my-img/images/generations?api-version=2025-04-01-preview',
    { ...gateway, ...img },
  ],
  ['https://apim.example/ai/api/projects/p', { ...gateway, project: 'p' }],
];

describe('an address of Azure is taken apart', () => {
  test.each(table)('%s', (text, differs) => {
    expect(readAzureUrl('AZURE_OPENAI_ENDPOINT', text)).toEqual({ ...plain, ...differs });
  });

  test('no two rows of the table are the same', () => {
    expect(new Set(table.map(([text]) => text)).size).toBe(table.length);
    expect(table.length).toBeGreaterThanOrEqual(60);
  });
});

test.each([
  ['nothing', ''],
  ['a word', 'my-resource'],
  ['another protocol', 'ftp://my-res.openai.azure.com'],
  ['a password', 'https://me:secret@my-res.openai.azure.com'],
  ['no address', 'https://'],
  ['a page that names no resource', 'https://portal.azure.com/#home'],
  ['the front page of Foundry', 'https://ai.azure.com/'],
])('%s is refused by the name of its setting', (_, text) => {
  const read = () => readAzureUrl('AZURE_OPENAI_ENDPOINT', text);
  expect(read).toThrow(SettingsError);
  expect(read).toThrow('AZURE_OPENAI_ENDPOINT');
  expect(read).not.toThrow('secret');
});
