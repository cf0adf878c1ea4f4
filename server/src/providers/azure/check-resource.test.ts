import { describe, expect, onTestFinished, test } from 'vitest';
import { azureKey, openAzureUpstream } from '../../../tests/upstreams/azure-upstream.ts';
import { deployments, openCells, openSubject } from './testing/open-subject.ts';

const { signal } = new AbortController();

async function check(path?: string, variables?: Readonly<Record<string, string>>) {
  const { upstream, cell } = await openSubject(path, variables);
  const findings = await cell.check(signal);
  expect(upstream.calls.map(({ method }) => method)).not.toContain('POST');
  expect(JSON.stringify(findings)).not.toContain(azureKey);
  return findings.map(({ part, status, message }) => [part, status, message]);
}

const works = [
  ['address', 'works', expect.any(String)],
  ['key', 'works', expect.any(String)],
  ['version', 'works', expect.any(String)],
];

describe('a check tells which part is wrong, and makes no picture', () => {
  test.each([['/openai/v1'], ['?api-version=2025-04-01-preview']])('nothing, at %s', async (path) => {
    expect(await check(path)).toEqual([
      ...works,
      ['deployment', 'works', "The deployment 'my-img' is of gpt-image-2."],
      ['deployment', 'works', "The deployment 'gpt-image-1.5' is of gpt-image-1.5."],
    ]);
  });

  test('the key', async () => {
    expect(await check('', { AZURE_OPENAI_API_KEY: 'f'.repeat(32) })).toEqual([
      ['address', 'works', expect.any(String)],
      ['key', 'fails', expect.stringContaining('AZURE_OPENAI_API_KEY')],
    ]);
  });

  test('the version', async () => {
    expect(await check('?api-version=2019-01-01')).toEqual([
      ['address', 'works', expect.any(String)],
      ['key', 'unknown', expect.any(String)],
      ['version', 'fails', expect.stringMatching(/2019-01-01.*AZURE_OPENAI_ENDPOINT/)],
    ]);
  });

  test('a deployment that is not there, and one of another model', async () => {
    const list = 'gone=gpt-image-2,my-img=gpt-image-1,gpt-image-1.5=gpt-image-1.5-2025-12-16';
    expect(await check('', { AZURE_OPENAI_DEPLOYMENTS: list })).toEqual([
      ...works,
      ['deployment', 'fails', expect.stringContaining("no deployment 'gone'")],
      ['deployment', 'fails', expect.stringContaining('is of gpt-image-2, not of gpt-image-1')],
      ['deployment', 'works', expect.any(String)],
    ]);
  });

  test('the address', async () => {
    expect(await check('/some/gateway')).toEqual([
      ['address', 'fails', expect.stringContaining('AZURE_OPENAI_ENDPOINT')],
      ['key', 'unknown', expect.any(String)],
    ]);
    expect(await check('', { PICTOR_AZURE_BASE_URL: 'http://127.0.0.1:1' })).toEqual([
      ['address', 'fails', expect.stringMatching(/refuses connections.*PICTOR_AZURE_BASE_URL/)],
      ['key', 'unknown', expect.any(String)],
    ]);
  });

  test('a passing failure says nothing about the settings', async () => {
    const { upstream, cell } = await openSubject();
    upstream.next({ instead: { status: 503, body: 'down' } });
    expect(await cell.check(signal)).toMatchObject([
      { part: 'address', status: 'unknown' },
      { part: 'key', status: 'unknown' },
    ]);
  });

  test('nothing is said about deployments that cannot be listed', async () => {
    const upstream = await openAzureUpstream({ deployments, listsDeployments: false });
    onTestFinished(upstream.close);
    const [cell] = await openCells({
      AZURE_OPENAI_ENDPOINT: upstream.origin,
      AZURE_OPENAI_API_KEY: azureKey,
    });
    expect((await cell?.check(signal))?.at(-1)).toMatchObject({ part: 'deployment', status: 'unknown' });
  });

  test.each([
    [{ 'gpt-image-2': 'gpt-image-2', chat: 'gpt-5' }, 'works', 'gpt-image-2'],
    [{ chat: 'gpt-5' }, 'fails', 'AZURE_OPENAI_DEPLOYMENTS'],
  ])('without a list, the deployments must be named like models', async (known, status, word) => {
    const upstream = await openAzureUpstream({ deployments: known });
    onTestFinished(upstream.close);
    const [cell] = await openCells({
      AZURE_OPENAI_ENDPOINT: upstream.origin,
      AZURE_OPENAI_API_KEY: azureKey,
    });
    const last = (await cell?.check(signal))?.at(-1);
    expect(last).toMatchObject({ part: 'deployment', status, message: expect.stringContaining(word) });
  });
});
