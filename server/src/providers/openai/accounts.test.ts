import { describe, expect, onTestFinished, test } from 'vitest';
import { openOpenAiUpstream, upstreamKey } from '../../../tests/upstreams/openai-upstream.ts';
import { SettingsError } from '../../foundation/index.ts';
import type { OpenProvider } from '../../models/index.ts';
import { collectEvents } from '../../models/testing/collect-events.ts';
import { runToError } from '../../models/testing/run-to-error.ts';
import { sampleJob } from '../../models/testing/sample-jobs.ts';
import { provider } from './provider.ts';
import { rowOf } from './testing/open-subject.ts';

/** Two accounts of pictor.yaml before one upstream, beside the one of the variables. */
async function openAccounts() {
  const upstream = await openOpenAiUpstream();
  onTestFinished(upstream.close);
  const variables: Readonly<Record<string, string>> = {
    OPENAI_API_KEY: upstreamKey,
    PICTOR_OPENAI_BASE_URL: upstream.baseUrl,
  };
  const cells = await provider.open({
    variable: (name) => variables[name],
    dataDir: '/nowhere',
    settings: [
      {
        name: 'research',
        api_key: upstreamKey,
        base_url: `${upstream.baseUrl}/`,
        organization: 'org-research',
        project: 'proj_1',
      },
      { name: 'shop', api_key: 'sk-wrong-0123456789', base_url: upstream.baseUrl, models: ['gpt-image-1.5'] },
    ],
  });
  for (const cell of cells) onTestFinished(cell.close);
  return { upstream, cells };
}

function modelOf(cell: OpenProvider | undefined, id: string) {
  const model = cell?.imageModel(rowOf(id), 'images.generations') ?? null;
  if (model === null) throw new Error(`The account does not serve ${id}.`);
  return model;
}

describe('accounts of pictor.yaml', () => {
  test('stand behind the one of the variables, under their own names', async () => {
    const { cells } = await openAccounts();
    expect(cells.map(({ name }) => name)).toEqual(['openai', 'research', 'shop']);
  });

  test('send their own key, organisation and project', async () => {
    const { upstream, cells } = await openAccounts();
    const job = await sampleJob(rowOf('gpt-image-2'), 'images.generations');
    await collectEvents(modelOf(cells[1], 'gpt-image-2'), job);
    await collectEvents(modelOf(cells[0], 'gpt-image-2'), job);
    const [research, plain] = upstream.calls;
    expect(research?.path).toBe('/v1/images/generations');
    expect(research?.headers).toMatchObject({
      authorization: `Bearer ${upstreamKey}`,
      'openai-organization': 'org-research',
      'openai-project': 'proj_1',
    });
    expect(plain?.headers['openai-organization']).toBeUndefined();
    expect(plain?.headers['openai-project']).toBeUndefined();
  });

  test('serve the models that they list, or all', async () => {
    const { cells } = await openAccounts();
    const served = (index: number) =>
      ['gpt-image-2', 'gpt-image-1.5'].filter(
        (id) => cells[index]?.imageModel(rowOf(id), 'images.generations') !== null,
      );
    expect([served(1), served(2)]).toEqual([['gpt-image-2', 'gpt-image-1.5'], ['gpt-image-1.5']]);
  });

  test('tell their failures under their own names and settings, without the key', async () => {
    const { cells } = await openAccounts();
    const job = await sampleJob(rowOf('gpt-image-1.5'), 'images.generations');
    const { facts } = await runToError(modelOf(cells[2], 'gpt-image-1.5'), job);
    expect(facts).toMatchObject({ kind: 'unauthorised', charged: 'no', provider: 'shop' });
    expect(facts.message).toContain('providers.openai (shop).api_key');
    expect(facts.message).not.toContain('sk-wrong');
  });

  test.each([
    ['no name', { api_key: 'sk-1' }],
    ['no key', { name: 'a' }],
    ['a name with capitals', { name: 'A', api_key: 'sk-1' }],
    ['an unknown key', { name: 'a', api_key: 'sk-1', organisation: 'org-1' }],
  ])('are refused with %s', (_, account) => {
    expect(provider.settings?.safeParse([account]).success).toBe(false);
  });

  test.each([
    ['base_url', { base_url: 'api.openai.com' }],
    ['api_key', { api_key: 'two words' }],
    ['(a)', { organization: 'my org' }],
  ])('whose %s cannot work are named', async (word, changes) => {
    const account = { name: 'a', api_key: 'sk-1', ...changes };
    const opening = provider.open({ variable: () => undefined, dataDir: '/nowhere', settings: [account] });
    await expect(opening).rejects.toThrow(SettingsError);
    await expect(opening).rejects.toThrow(word);
  });
});

describe('a check', () => {
  const { signal } = new AbortController();

  test('lists models, and tells key and address apart', async () => {
    const { upstream, cells } = await openAccounts();
    const list = { object: 'list', data: [{ id: 'gpt-image-2', object: 'model' }] };
    upstream.next({ instead: { body: list } });
    expect(await cells[1]?.check(signal)).toMatchObject([
      { part: 'address', status: 'works' },
      { part: 'key', status: 'works' },
    ]);
    expect(upstream.calls).toMatchObject([{ method: 'GET', path: '/v1/models' }]);
    upstream.next({ instead: { status: 401, body: { error: { code: 'invalid_api_key', message: 'No.' } } } });
    const refused = await cells[2]?.check(signal);
    expect(refused).toMatchObject([{ status: 'works' }, { part: 'key', status: 'fails' }]);
    expect(JSON.stringify(refused)).toContain('providers.openai (shop).api_key');
    expect(JSON.stringify(refused)).not.toContain('sk-wrong');
  });

  test.each([
    ['a page', { instead: { body: '<html>' } }, 'fails'],
    ['no such route', { instead: { status: 404, body: '<html>' } }, 'fails'],
    ['a passing failure', { instead: { status: 502, body: '' } }, 'unknown'],
    ['a cut connection', { resets: true }, 'fails'],
  ])('tells what %s means', async (_, behaviour, status) => {
    const { upstream, cells } = await openAccounts();
    upstream.next(behaviour);
    expect(await cells[1]?.check(signal)).toMatchObject([
      { part: 'address', status },
      { part: 'key', status: 'unknown' },
    ]);
  });
});
