import { readFile } from 'node:fs/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { localAiKey, localAiModel, openLocalAiUpstream } from '../../../tests/upstreams/localai-upstream.ts';
import { openSdcppUpstream } from '../../../tests/upstreams/sdcpp-upstream.ts';
import {
  openVllmOmniUpstream,
  vllmOmniKey,
  vllmOmniModel,
} from '../../../tests/upstreams/vllm-omni-upstream.ts';
import { builtInRows } from '../../catalogue/built-in-rows.ts';
import { SettingsError } from '../../foundation/index.ts';
import type { OpenProvider } from '../../models/index.ts';
import { provider } from './provider.ts';
import { engines } from './settings.ts';
import { opened } from './testing/inspect-call.ts';
import { type EngineText, openEngine, openEngines } from './testing/open-engine.ts';

async function openVariables(variables: Readonly<Record<string, string>>): Promise<readonly OpenProvider[]> {
  const cells = await provider.open({
    variable: (name) => variables[name],
    dataDir: '/nowhere',
    settings: undefined,
  });
  onTestFinished(async () => {
    await Promise.all(cells.map((cell) => cell.close()));
  });
  return cells;
}

const lab: EngineText = { name: 'lab', base_url: 'http://127.0.0.1:1', models: [{ id: 'one' }] };

describe('the provider', () => {
  test('has no engine without settings', async () => {
    expect(await openVariables({})).toEqual([]);
  });

  test('has one engine by variables', async () => {
    const upstream = await opened(openVllmOmniUpstream());
    const [cell] = await openVariables({
      PICTOR_COMPATIBLE_BASE_URL: upstream.origin,
      PICTOR_COMPATIBLE_MODEL: vllmOmniModel,
      PICTOR_COMPATIBLE_DIALECT: 'vllm-omni',
      PICTOR_COMPATIBLE_API_KEY: vllmOmniKey,
    });
    expect(cell?.models.map(({ id, vendor }) => [id, vendor])).toEqual([
      ['compatible/Qwen-Image', 'self-hosted'],
    ]);
    expect(cell?.aliases).toEqual({ 'Qwen-Image': 'compatible/Qwen-Image' });
    const findings = (await cell?.check(new AbortController().signal)) ?? [];
    expect(findings.map(({ part, status }) => [part, status])).toEqual([
      ['address', 'works'],
      ['key', 'works'],
      ['model', 'works'],
    ]);
  });

  test.each([
    ['no model', {}, 'PICTOR_COMPATIBLE_MODEL'],
    ['an unknown dialect', { PICTOR_COMPATIBLE_MODEL: 'x', PICTOR_COMPATIBLE_DIALECT: 'comfy' }, 'sdcpp'],
    ['no address', { PICTOR_COMPATIBLE_MODEL: 'x', PICTOR_COMPATIBLE_BASE_URL: 'gpu-1' }, 'BASE_URL'],
    ['a key of two lines', { PICTOR_COMPATIBLE_MODEL: 'x', PICTOR_COMPATIBLE_API_KEY: 'a\nb' }, 'API_KEY'],
  ])('says what is wrong with variables of %s', async (_, variables, named) => {
    const opening = openVariables({ PICTOR_COMPATIBLE_BASE_URL: 'http://127.0.0.1:1', ...variables });
    await expect(opening).rejects.toThrow(SettingsError);
    await expect(opening).rejects.toThrow(named);
  });

  test('serves its own rows and those of the catalogue that it is said to have, and no others', async () => {
    const [one, two] = await openEngines(
      { ...lab, models: [{ id: 'qwen', edits: { transport: 'none' } }] },
      { ...lab, name: 'gateway', models: [{ id: 'pictures', like: 'gpt-image-2' }] },
    );
    const row = one?.models[0];
    const gptImage = builtInRows.find(({ id }) => id === 'gpt-image-2');
    if (row === undefined || gptImage === undefined) throw new Error('A row is missing.');
    expect(row.endpoints).toEqual(['images.generations']);
    expect(row.edits).toBeUndefined();
    expect(one?.imageModel(row, 'images.generations')).not.toBeNull();
    expect(one?.imageModel(row, 'images.edits')).toBeNull();
    expect(one?.imageModel(gptImage, 'images.generations')).toBeNull();
    expect(two?.imageModel(gptImage, 'images.edits')).not.toBeNull();
    expect(two?.imageModel(row, 'images.generations')).toBeNull();
    expect(two?.models).toEqual([]);
    expect([one?.aliases, two?.aliases]).toEqual([{ qwen: 'lab/qwen' }, { pictures: 'gpt-image-2' }]);
  });

  test('knows a model of the catalogue by its id, where the catalogue is known', async () => {
    const cells = await provider.open({
      variable: () => undefined,
      dataDir: '/nowhere',
      settings: engines.parse([{ ...lab, models: [{ id: 'gpt-image-2' }, { id: 'other' }] }]),
      isKnownModel: (id) => id === 'gpt-image-2',
    });
    onTestFinished(async () => {
      await Promise.all(cells.map((cell) => cell.close()));
    });
    expect(cells[0]?.models.map(({ id }) => id)).toEqual(['lab/other']);
    expect(cells[0]?.aliases).toEqual({ other: 'lab/other' });
  });

  test('refuses two of one name', async () => {
    await expect(openEngines(lab, lab)).rejects.toThrow("'lab' twice");
    await expect(openEngines({ ...lab, models: [{ id: 'one' }, { id: 'one' }] })).rejects.toThrow('lab/one');
  });

  test('prices by the image what is said to cost, and nothing else', async () => {
    const [cell] = await openEngines({
      ...lab,
      price: 'free',
      models: [{ id: 'one' }, { id: 'two', price: { per_image_usd: 0.0123 } }],
    });
    expect(cell?.prices.map(({ model, provider: payee, price }) => [model, payee, price])).toEqual([
      ['lab/one', 'lab', { mode: 'free' }],
      ['lab/two', 'lab', { mode: 'image', perImage: [{ nanoUsd: 12_300_000 }] }],
    ]);
    const { cell: silent } = await openEngine(lab);
    expect(silent.prices).toEqual([]);
  });

  test('takes overrides of an engine and then of a model', async () => {
    const [cell] = await openEngines({
      ...lab,
      size: { multiple_of: 8, max_edge: 2048 },
      parameters: ['seed'],
      models: [
        { id: 'one', size: { max_edge: 1024 }, edits: { max_images: 2, mask_field: null } },
        { id: 'two', size: { sizes: ['512x512', '768x768'], default: '512x512' } },
      ],
    });
    expect(cell?.models[0]?.size).toMatchObject({ kind: 'free', multipleOf: 8, maxEdge: 1024 });
    expect(cell?.models[0]?.edits).toMatchObject({ maxImages: 2, mask: false });
    expect(cell?.models[1]?.size).toEqual({
      kind: 'fixed',
      sizes: ['512x512', '768x768'],
      default: '512x512',
    });
    expect(Object.keys(cell?.models[0]?.parameters ?? {})).toEqual([
      'n',
      'output_format',
      'response_format',
      'seed',
    ]);
  });

  test('takes the settings of the guide', async () => {
    const guide = await readFile(
      new URL('../../../../docs/guides/compatible-engines.md', import.meta.url),
      'utf8',
    );
    const [, block = ''] = /```text\n(providers:[\s\S]*?)```/.exec(guide) ?? [];
    const settings: { readonly providers: { readonly compatible: unknown } } = parse(block);
    const read = engines.parse(settings.providers.compatible);
    expect(read.map(({ name, models }) => [name, models.length])).toEqual([
      ['lab', 1],
      ['closet', 1],
      ['gateway', 2],
    ]);
  });

  test.each([
    ['a dialect that nobody speaks', { dialect: 'comfy' }],
    ['a member that means nothing', { concurency: 2 }],
    ['a model without a name', { models: [{ title: 'One' }] }],
    ['no models', { models: [] }],
    ['a key and a header', { api_key: 'a', header: { name: 'x', value: 'b' } }],
    ['a size in words', { size: { sizes: ['large'] } }],
    ['a price below nothing', { price: { per_image_usd: -1 } }],
  ])('refuses settings with %s', (_, changes) => {
    expect(engines.safeParse([{ ...lab, ...changes }]).success).toBe(false);
  });
});

describe('a check', () => {
  const signal = new AbortController().signal;
  const shortly = (findings: readonly { part: string; status: string }[]) =>
    findings.map(({ part, status }) => `${part} ${status}`);

  test('tells a model that is not there, and generates nothing', async () => {
    const upstream = await opened(openLocalAiUpstream());
    const [cell] = await openEngines({
      ...lab,
      dialect: 'localai',
      base_url: upstream.origin,
      api_key: localAiKey,
      models: [{ id: localAiModel }, { id: 'other' }],
    });
    const findings = (await cell?.check(signal)) ?? [];
    expect(shortly(findings)).toEqual(['address works', 'key works', 'model works', 'model fails']);
    expect(findings[3]?.message).toContain(localAiModel);
    expect(upstream.calls.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /v1/models']);
  });

  test('reads what sd-server has loaded from its capabilities', async () => {
    const upstream = await opened(openSdcppUpstream());
    const { cell } = await openEngine({ ...lab, dialect: 'sdcpp', base_url: upstream.origin });
    const findings = await cell.check(signal);
    expect(shortly(findings)).toEqual(['address works', 'model works']);
    expect(findings[1]?.message).toContain('flux1-schnell-q4_0.gguf');
    expect(upstream.calls.every(({ method }) => method === 'GET')).toBe(true);
  });

  test.each([
    ['a wrong key', {}, ['address works', 'key fails', 'model unknown']],
    ['a broken engine', { instead: { status: 500, body: '' } }, ['address unknown', 'model unknown']],
    ['another service', { instead: { body: '<html>' } }, ['address fails', 'model unknown']],
    ['a cut connection', { cutAfterBytes: 0 }, ['address fails', 'model unknown']],
  ])('tells %s', async (_, behaviour, expected) => {
    const upstream = await opened(openVllmOmniUpstream());
    const secret = 'wrong-key-0123456789';
    const { cell } = await openEngine({ ...lab, base_url: upstream.origin, api_key: secret });
    upstream.next(behaviour);
    const findings = await cell.check(signal);
    expect(shortly(findings)).toEqual(expected);
    expect(JSON.stringify(findings)).not.toContain(secret);
  });

  test('tells an address where nobody is', async () => {
    const { cell } = await openEngine(lab);
    expect(shortly(await cell.check(signal))).toEqual(['address fails', 'model unknown']);
  });
});
