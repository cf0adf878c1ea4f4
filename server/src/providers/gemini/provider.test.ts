import { describe, expect, onTestFinished, test } from 'vitest';
import { googleKey, openGoogleUpstream } from '../../../tests/upstreams/google-upstream.ts';
import { SettingsError } from '../../foundation/index.ts';
import { provider } from './provider.ts';
import { rowOf } from './testing/open-subject.ts';

async function open(variables: Readonly<Record<string, string>>, settings?: unknown) {
  const cells = await provider.open({
    variable: (name) => variables[name],
    dataDir: '/dev/null/nowhere',
    settings,
  });
  onTestFinished(async () => {
    await Promise.all(cells.map((cell) => cell.close()));
  });
  return cells;
}

describe('settings', () => {
  test.each([
    ['nothing is set', {}],
    ['only an address is set', { PICTOR_GEMINI_BASE_URL: 'http://127.0.0.1:1' }],
    ['the general key is for Vertex AI', { GOOGLE_API_KEY: googleKey, GOOGLE_GENAI_USE_VERTEXAI: 'true' }],
  ])('is not configured when %s', async (_, variables) => {
    expect(await open(variables)).toEqual([]);
  });

  test.each([['GEMINI_API_KEY'], ['GOOGLE_API_KEY']])('takes its key from %s', async (name) => {
    expect((await open({ [name]: googleKey })).map((cell) => cell.name)).toEqual(['gemini']);
  });

  test('serves image models on their routes, and as many keys as pictor.yaml has', async () => {
    const cells = await open({ GEMINI_API_KEY: googleKey }, [
      { name: 'gemini-team', api_key: 'AIza-2', models: ['gemini-3-pro-image'] },
    ]);
    expect(cells.map((cell) => cell.name)).toEqual(['gemini', 'gemini-team']);
    const [first, second] = cells;
    expect(first?.imageModel(rowOf('gemini-2.5-flash-image'), 'images.edits')).not.toBeNull();
    expect(first?.imageModel(rowOf('gpt-image-2'), 'images.edits')).toBeNull();
    expect(first?.imageModel(rowOf('gemini-3-pro-image'), 'images.variations')).toBeNull();
    expect(second?.imageModel(rowOf('gemini-3-pro-image'), 'images.edits')).not.toBeNull();
    expect(second?.imageModel(rowOf('gemini-2.5-flash-image'), 'images.edits')).toBeNull();
  });

  test.each([
    ['PICTOR_GEMINI_BASE_URL', 'my-service'],
    ['PICTOR_GEMINI_BASE_URL', 'https://a.example?key=b'],
    ['GEMINI_API_KEY', 'AIza one'],
  ])('says what is wrong with %s, without showing it', async (name, value) => {
    const opening = open({ GEMINI_API_KEY: googleKey, [name]: value });
    await expect(opening).rejects.toThrow(SettingsError);
    await expect(opening).rejects.toThrow(name);
    await expect(opening).rejects.not.toThrow(value);
  });
});

describe('a check', () => {
  test('asks for the list of models, and says which part is wrong', async () => {
    const upstream = await openGoogleUpstream();
    onTestFinished(upstream.close);
    const check = async (variables: Readonly<Record<string, string>>) => {
      const all = { GEMINI_API_KEY: googleKey, PICTOR_GEMINI_BASE_URL: upstream.origin, ...variables };
      const [cell] = await open(all);
      const findings = (await cell?.check(new AbortController().signal)) ?? [];
      for (const { message } of findings) expect(message).not.toContain(all.GEMINI_API_KEY);
      return findings.map(({ part, status }) => [part, status]);
    };
    const works = [
      ['address', 'works'],
      ['key', 'works'],
    ];
    expect(await check({})).toEqual(works);
    expect(upstream.calls.map((call) => call.path)).toEqual(['/v1beta/models?pageSize=1']);
    const wrongKey = [
      ['address', 'works'],
      ['key', 'fails'],
    ];
    expect(await check({ GEMINI_API_KEY: 'AIza-wrong-key' })).toEqual(wrongKey);
    const suspended = {
      error: { code: 403, status: 'PERMISSION_DENIED', message: 'Consumer has been suspended.' },
    };
    upstream.next({ instead: { status: 403, body: suspended } });
    expect(await check({})).toEqual(wrongKey);
    const wrongAddress = [
      ['address', 'fails'],
      ['key', 'unknown'],
    ];
    expect(await check({ PICTOR_GEMINI_BASE_URL: `${upstream.origin}/v1` })).toEqual(wrongAddress);
    expect(await check({ PICTOR_GEMINI_BASE_URL: 'http://127.0.0.1:9' })).toEqual(wrongAddress);
    upstream.next({ instead: { status: 503, body: 'busy' } });
    expect(await check({})).toEqual([
      ['address', 'unknown'],
      ['key', 'unknown'],
    ]);
  });
});
