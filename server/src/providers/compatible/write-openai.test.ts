import { describe, expect, test } from 'vitest';
import { openOpenAiUpstream, upstreamKey } from '../../../tests/upstreams/openai-upstream.ts';
import { openVllmOmniUpstream } from '../../../tests/upstreams/vllm-omni-upstream.ts';
import { builtInRows } from '../../catalogue/built-in-rows.ts';
import { collectEvents } from '../../models/testing/collect-events.ts';
import { sampleInput, sampleMask } from '../../models/testing/sample-inputs.ts';
import { sampleJob } from '../../models/testing/sample-jobs.ts';
import { generate, lastCall, opened, ownHeaders } from './testing/inspect-call.ts';
import { openEngine, openEngines } from './testing/open-engine.ts';

describe('openai', () => {
  const likeRow = (id: string) => {
    const row = builtInRows.find((each) => each.id === id);
    if (row === undefined) throw new Error(`There is no row ${id}.`);
    return row;
  };

  test("a gateway's gpt-image-2 is the catalogue's, streams included", async () => {
    const upstream = await opened(openOpenAiUpstream());
    const [cell] = await openEngines({
      name: 'gateway',
      base_url: upstream.baseUrl,
      api_key: upstreamKey,
      models: [{ id: 'gpt-image-2', like: 'gpt-image-2' }],
    });
    const row = likeRow('gpt-image-2');
    expect(cell?.models).toEqual([]);
    const model = cell?.imageModel(row, 'images.generations');
    if (model === null || model === undefined) throw new Error('It is not served.');
    const job = await sampleJob(row, 'images.generations', {
      quality: 'high',
      partialImages: 2,
      moderation: 'low',
    });
    const run = await collectEvents(model, job);
    expect(run.partials).toHaveLength(2);
    expect(Object.fromEntries(lastCall(upstream).fields)).toEqual({
      model: 'gpt-image-2',
      prompt: 'a red kite over the sea',
      size: '880x752',
      quality: 'high',
      moderation: 'low',
      stream: true,
      partial_images: 2,
    });
    expect(model.adjustments?.(job)).toEqual([]);
  });

  test('a mask stays as callers send it', async () => {
    const upstream = await opened(openOpenAiUpstream());
    const [cell] = await openEngines({
      name: 'gateway',
      base_url: upstream.origin,
      api_key: upstreamKey,
      models: [{ id: 'pictures', upstream_model: 'gpt-image-2', like: 'gpt-image-2' }],
    });
    expect(cell?.aliases).toEqual({ pictures: 'gpt-image-2' });
    const row = likeRow('gpt-image-2');
    const model = cell?.imageModel(row, 'images.edits');
    if (model === null || model === undefined) throw new Error('It is not served.');
    const image = await sampleInput({ width: 320, height: 200, format: 'png', colour: '#123' });
    const mask = await sampleMask(image);
    await collectEvents(model, await sampleJob(row, 'images.edits', { images: [image], mask }));
    expect(lastCall(upstream).files.map(({ name, hash }) => [name, hash])).toEqual([
      ['image[]', image.hash],
      ['mask', mask.hash],
    ]);
  });

  test('an engine with a header, another route and fields of its own', async () => {
    const upstream = await opened(openVllmOmniUpstream());
    const engine = await openEngine({
      name: 'odd',
      base_url: `${upstream.origin}/v1beta/openai/`,
      header: { name: 'X-Api-Key', value: 'secret-0123' },
      response_format: 'omit',
      send_model: false,
      extra_body: { scheduler: 'euler', layers: 2 },
      parameters: ['seed'],
      models: [{ id: 'odd', extra_body: { layers: 3 } }],
    });
    upstream.next({ instead: { body: { data: [] } } });
    await generate(engine, { seed: 3 }).catch(() => undefined);
    expect(lastCall(upstream).path).toBe('/v1beta/openai/images/generations');
    expect(ownHeaders(upstream)).toMatchObject({ 'x-api-key': 'secret-0123' });
    expect(ownHeaders(upstream)).not.toHaveProperty('authorization');
    expect(Object.fromEntries(lastCall(upstream).fields)).toEqual({
      prompt: 'a red kite over the sea',
      seed: 3,
      scheduler: 'euler',
      layers: 3,
    });
  });
});
