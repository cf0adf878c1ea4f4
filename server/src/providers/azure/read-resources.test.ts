import { describe, expect, test } from 'vitest';
import { SettingsError } from '../../foundation/index.ts';
import { provider } from './provider.ts';
import { readResources } from './read-resources.ts';
import { openCells, rowOf } from './testing/open-subject.ts';

const endpoint = 'https://my-res.openai.azure.com';
const key = '0123456789abcdef';

function read(variables: Readonly<Record<string, string>>, settings?: unknown) {
  return readResources({ variable: (name) => variables[name], dataDir: '/nowhere', settings }, 'azure');
}

describe('the variables', () => {
  test('without an address are no resource', () => {
    expect(read({ AZURE_OPENAI_API_KEY: key, OPENAI_API_VERSION: '2025-04-01-preview' })).toEqual([]);
  });

  test('with an address alone use the identity of the machine', () => {
    expect(read({ AZURE_OPENAI_ENDPOINT: endpoint })).toMatchObject([
      { name: 'azure', credential: { kind: 'entra', federated: false }, family: 'v1', deployments: [] },
    ]);
    expect(
      read({ AZURE_OPENAI_ENDPOINT: endpoint, AZURE_FEDERATED_TOKEN_FILE: '/var/run/token' }),
    ).toMatchObject([{ credential: { kind: 'entra', federated: true } }]);
  });

  test('with a key use it, whatever else is set', () => {
    const variables = { AZURE_OPENAI_ENDPOINT: endpoint, AZURE_OPENAI_API_KEY: key, AZURE_CLIENT_ID: 'app' };
    expect(read(variables)).toMatchObject([{ credential: { kind: 'key', key } }]);
  });

  test.each([
    ['', undefined, 'v1', null],
    ['/openai/v1', undefined, 'v1', null],
    ['/openai/v1?api-version=preview', undefined, 'v1', 'preview'],
    ['/openai/v1', '2025-04-01-preview', 'v1', null],
    ['', 'preview', 'v1', 'preview'],
    ['', '2025-04-01-preview', 'deployments', '2025-04-01-preview'],
    ['/openai/deployments/d', undefined, 'deployments', '2025-04-01-preview'],
    ['/openai/deployments/d', '2025-03-01-preview', 'deployments', '2025-03-01-preview'],
    ['/openai/deployments/d?api-version=2025-05-01', '2025-03-01-preview', 'deployments', '2025-05-01'],
    ['/openai/deployments/d', 'preview', 'deployments', '2025-04-01-preview'],
  ])('%s with the version %s is of the family %s', (path, version, family, apiVersion) => {
    const variables = { AZURE_OPENAI_ENDPOINT: `${endpoint}${path}` };
    const given = version === undefined ? variables : { ...variables, OPENAI_API_VERSION: version };
    expect(read(given)).toMatchObject([{ family, apiVersion }]);
  });

  test.each([
    ['my-img=gpt-image-2', [['my-img', 'gpt-image-2']]],
    [
      ' my-img = gpt-image-2 , gpt-image-1.5 ,',
      [
        ['my-img', 'gpt-image-2'],
        ['gpt-image-1.5', 'gpt-image-1.5'],
      ],
    ],
    ['prod-gpt-image-2', [['prod-gpt-image-2', 'gpt-image-2']]],
    ['GPT-Image-1-Mini-eu', [['GPT-Image-1-Mini-eu', 'gpt-image-1-mini']]],
    [
      'gpt-image-2.5-flare-2026-09-08',
      [['gpt-image-2.5-flare-2026-09-08', 'gpt-image-2.5-flare-2026-09-08']],
    ],
    ['gpt-5.4', [['gpt-5.4', 'gpt-5.4']]],
    ['pictures', [['pictures', null]]],
  ])('AZURE_OPENAI_DEPLOYMENTS=%s', (text, expected) => {
    const [resource] = read({ AZURE_OPENAI_ENDPOINT: endpoint, AZURE_OPENAI_DEPLOYMENTS: text });
    expect(resource?.deployments.map(({ name, model }) => [name, model])).toEqual(expected);
  });

  test('a deployment of the address joins the list, once', () => {
    const pasted = `${endpoint}/openai/deployments/my-img/images/edits`;
    expect(read({ AZURE_OPENAI_ENDPOINT: pasted })[0]?.deployments).toEqual([
      { name: 'my-img', model: null, streaming: null },
    ]);
    expect(
      read({ AZURE_OPENAI_ENDPOINT: pasted, AZURE_OPENAI_DEPLOYMENT: 'my-img=gpt-image-2' })[0]?.deployments,
    ).toEqual([{ name: 'my-img', model: 'gpt-image-2', streaming: null }]);
  });

  test('PICTOR_AZURE_BASE_URL is called in place of the endpoint, which still tells the rest', () => {
    const [moved] = read({
      AZURE_OPENAI_ENDPOINT: `${endpoint}/openai/deployments/my-img?api-version=2025-04-01-preview`,
      PICTOR_AZURE_BASE_URL: 'http://127.0.0.1:4500/gateway',
    });
    expect(moved).toMatchObject({
      address: { root: 'http://127.0.0.1:4500/gateway', resource: 'my-res' },
      family: 'deployments',
      deployments: [{ name: 'my-img' }],
      from: { address: 'PICTOR_AZURE_BASE_URL' },
    });
    expect(read({ PICTOR_AZURE_BASE_URL: 'http://127.0.0.1:4500' })).toMatchObject([{ family: 'v1' }]);
  });

  test.each([
    ['AZURE_OPENAI_ENDPOINT', { AZURE_OPENAI_ENDPOINT: `${endpoint}?api-version=2020-01-01` }],
    ['OPENAI_API_VERSION', { AZURE_OPENAI_ENDPOINT: endpoint }],
    ['AZURE_OPENAI_API_VERSION', { AZURE_OPENAI_ENDPOINT: endpoint, AZURE_OPENAI_API_VERSION: '2020-01-01' }],
    [
      'PICTOR_AZURE_BASE_URL',
      { AZURE_OPENAI_ENDPOINT: endpoint, PICTOR_AZURE_BASE_URL: `${endpoint}?api-version=2020-01-01` },
    ],
  ])('%s is named where the version is wrong', (name, variables) => {
    expect(read(variables)).toMatchObject([{ from: { version: name } }]);
  });

  test.each([
    ['AZURE_OPENAI_ENDPOINT', 'my-resource'],
    ['AZURE_OPENAI_ENDPOINT', 'https://my-res.openai.azure.com/openai/responses?api-version={api-version}'],
    ['PICTOR_AZURE_BASE_URL', 'ftp://127.0.0.1'],
    ['AZURE_OPENAI_API_KEY', 'two words'],
    ['OPENAI_API_VERSION', 'last year'],
    ['AZURE_OPENAI_API_VERSION', 'a&b=c'],
    ['AZURE_OPENAI_DEPLOYMENTS', 'a=b=c'],
    ['AZURE_OPENAI_DEPLOYMENT', '=gpt-image-2'],
  ])('%s says what is wrong with it, without showing a key', (name, value) => {
    const opening = () => read({ AZURE_OPENAI_ENDPOINT: endpoint, [name]: value });
    expect(opening).toThrow(SettingsError);
    expect(opening).toThrow(name);
    if (name === 'AZURE_OPENAI_API_KEY') expect(opening).not.toThrow(value);
  });
});

describe('pictor.yaml', () => {
  const sweden = {
    name: 'sweden',
    endpoint: `${endpoint}/openai/deployments/a?api-version=2025-03-01-preview`,
    api_key: key,
    api_version: '2025-04-01-preview',
    deployments: { a: 'gpt-image-2', b: { model: 'gpt-image-1.5', streaming: false } },
  };
  const norway = { name: 'norway', endpoint: 'https://no.openai.azure.com', entra: {} };

  test('has several resources beside the one of the variables', () => {
    expect(read({ AZURE_OPENAI_ENDPOINT: endpoint }, [sweden, norway])).toMatchObject([
      { name: 'azure' },
      {
        name: 'sweden',
        family: 'deployments',
        apiVersion: '2025-04-01-preview',
        deployments: [
          { name: 'a', model: 'gpt-image-2', streaming: null },
          { name: 'b', model: 'gpt-image-1.5', streaming: false },
        ],
        from: { key: 'providers.azure (sweden).api_key' },
      },
      { name: 'norway', family: 'v1', credential: { kind: 'entra' }, deployments: [] },
    ]);
  });

  test.each([
    ['neither key nor Entra', { api_key: undefined }],
    ['both', { entra: {} }],
    ['an unknown key', { region: 'sweden' }],
    ['a name with a slash', { name: 'a/b' }],
    ['a version with a query', { api_version: '2025&x=y' }],
    ['a deployment of nothing', { deployments: { a: '' } }],
  ])('is refused with %s', (_, changes) => {
    expect(provider.settings?.safeParse([sweden]).success).toBe(true);
    expect(provider.settings?.safeParse([{ ...sweden, ...changes }]).success).toBe(false);
  });
});

describe('a cell', () => {
  const open = async (list?: string) => {
    const [cell] = await openCells({
      AZURE_OPENAI_ENDPOINT: endpoint,
      AZURE_OPENAI_API_KEY: key,
      ...(list === undefined ? {} : { AZURE_OPENAI_DEPLOYMENTS: list }),
    });
    return (id: string, route: 'images.generations' | 'images.variations' = 'images.generations') =>
      cell?.imageModel(rowOf(id), route) !== null;
  };

  test('serves every image model where no deployment is listed', async () => {
    const serves = await open();
    expect([serves('gpt-image-2'), serves('gpt-image-1-mini')]).toEqual([true, true]);
    expect([serves('dall-e-3'), serves('gemini-3-pro-image')]).toEqual([false, false]);
  });

  test('serves only what is listed, and knows the deployments by their own names', async () => {
    const serves = await open('my-img=gpt-image-2,dall-e-3');
    expect([serves('gpt-image-2'), serves('dall-e-3'), serves('gpt-image-1')]).toEqual([true, true, false]);
    expect(serves('dall-e-2', 'images.variations')).toBe(false);
    const [cell] = await openCells({
      AZURE_OPENAI_ENDPOINT: endpoint,
      AZURE_OPENAI_API_KEY: key,
      AZURE_OPENAI_DEPLOYMENTS: 'my-img=gpt-image-2,gpt-image-1.5,pictures',
    });
    expect(cell?.aliases).toEqual({ 'my-img': 'gpt-image-2', pictures: 'gpt-image-2' });
  });

  test('does not draw on a deployment for words, and still serves models by their names', async () => {
    const serves = await open('gpt-5.4');
    expect([serves('gpt-image-2'), serves('gpt-image-1')]).toEqual([true, true]);
    const [cell] = await openCells({
      AZURE_OPENAI_ENDPOINT: endpoint,
      AZURE_OPENAI_API_KEY: key,
      AZURE_OPENAI_DEPLOYMENTS: 'gpt-5.4,chat=gpt-5',
    });
    const leaders = ['gpt-5.4', 'gpt-5', 'gpt-image-2'].map((id) => cell?.mainline?.(rowOf(id)) ?? null);
    expect(leaders).toEqual([
      expect.objectContaining({ wire: 'responses', upstreamModel: 'gpt-5.4', painter: 'gpt-image-2' }),
      expect.objectContaining({ wire: 'responses', upstreamModel: 'chat' }),
      null,
    ]);
  });

  test('calls a deployment of which nothing is known for every image model', async () => {
    const serves = await open('pictures');
    expect([serves('gpt-image-2'), serves('gpt-image-1'), serves('dall-e-3')]).toEqual([true, true, false]);
  });
});
