import { describe, expect, test } from 'vitest';
import { openSglangUpstream, sglangModel } from '../../../tests/upstreams/sglang-upstream.ts';
import {
  openVllmOmniUpstream,
  vllmOmniKey,
  vllmOmniModel,
} from '../../../tests/upstreams/vllm-omni-upstream.ts';
import { collectEvents } from '../../models/testing/collect-events.ts';
import { sampleImages, sampleJob } from '../../models/testing/sample-jobs.ts';
import {
  editWithMask,
  everything,
  expectWhiteMask,
  generate,
  lastCall,
  opened,
  ownHeaders,
  usual,
} from './testing/inspect-call.ts';
import { openEngine } from './testing/open-engine.ts';

describe('vllm-omni', () => {
  const open = async () => {
    const upstream = await opened(openVllmOmniUpstream());
    const engine = await openEngine({
      name: 'lab',
      dialect: 'vllm-omni',
      base_url: upstream.origin,
      api_key: vllmOmniKey,
      models: [{ id: 'qwen-image', upstream_model: vllmOmniModel }],
    });
    return { upstream, engine };
  };

  test('a generation has its own names, and asks for base64', async () => {
    const { upstream, engine } = await open();
    await generate(engine, everything);
    expect(lastCall(upstream).path).toBe('/v1/images/generations');
    expect(ownHeaders(upstream)).toEqual({
      ...usual,
      authorization: `Bearer ${vllmOmniKey}`,
      contentType: 'application/json',
    });
    expect(Object.fromEntries(lastCall(upstream).fields)).toEqual({
      model: vllmOmniModel,
      prompt: 'a red kite over the sea',
      n: 2,
      size: '256x192',
      output_format: 'webp',
      response_format: 'b64_json',
      seed: 7,
      negative_prompt: 'blurry, text',
      num_inference_steps: 28,
      guidance_scale: 3.5,
      true_cfg_scale: 4.5,
      user: 'user-7',
    });
  });

  test('what is not asked is left to the engine', async () => {
    const { upstream, engine } = await open();
    const run = await generate(engine);
    expect(Object.fromEntries(lastCall(upstream).fields)).toEqual({
      model: vllmOmniModel,
      prompt: 'a red kite over the sea',
      response_format: 'b64_json',
    });
    expect(run.images[0]?.bytes).toEqual(lastCall(upstream).pictures[0]);
    expect(run.usage).toBeNull();
  });

  test('an edit repeats `image`, and its mask is white where it is painted', async () => {
    const { upstream, engine } = await open();
    const images = await sampleImages(engine.row, 'edit', 2);
    const job = await editWithMask(engine, { ...everything, images, seed: 9 });
    const call = lastCall(upstream);
    expect(call.path).toBe('/v1/images/edits');
    expect(ownHeaders(upstream)).toMatchObject({ ...usual, contentType: 'multipart/form-data' });
    expect(Object.fromEntries(call.fields)).toEqual({
      model: vllmOmniModel,
      prompt: 'a red kite over the sea',
      n: '2',
      size: '256x192',
      output_format: 'webp',
      output_compression: '80',
      response_format: 'b64_json',
      seed: '9',
      negative_prompt: 'blurry, text',
      num_inference_steps: '28',
      guidance_scale: '3.5',
      true_cfg_scale: '4.5',
      user: 'user-7',
    });
    expect(call.files.map(({ name, hash }) => [name, hash])).toEqual([
      ['image', images[0]?.hash],
      ['image', images[1]?.hash],
      ['mask_image', expect.any(String)],
    ]);
    await expectWhiteMask(call.fileBytes[2], job.mask);
  });
});

describe('sglang', () => {
  const open = async () => {
    const upstream = await opened(openSglangUpstream());
    const engine = await openEngine({
      name: 'sgl',
      dialect: 'sglang',
      base_url: upstream.origin,
      models: [{ id: 'flux-dev', upstream_model: sglangModel }],
    });
    return { upstream, engine };
  };

  test('a generation has its own names, and never asks for an address', async () => {
    const { upstream, engine } = await open();
    const run = await generate(engine, { ...everything, background: 'transparent' });
    expect(ownHeaders(upstream)).toEqual({ ...usual, contentType: 'application/json' });
    expect(Object.fromEntries(lastCall(upstream).fields)).toEqual({
      model: sglangModel,
      prompt: 'a red kite over the sea',
      n: 2,
      size: '256x192',
      output_format: 'webp',
      output_compression: 80,
      background: 'transparent',
      response_format: 'b64_json',
      seed: 7,
      negative_prompt: 'blurry, text',
      num_inference_steps: 28,
      guidance_scale: 3.5,
      true_cfg_scale: 4.5,
      user: 'user-7',
    });
    // It repeats the prompt as a revised one, and its usage counts nothing.
    expect(run.images.map((image) => image.revisedPrompt)).toEqual([undefined, undefined]);
    expect(run.usage).toBeNull();
    expect(run.images[0]?.applied.seed).toBeUndefined();
  });

  test('without a seed, one is drawn, sent and told', async () => {
    const { upstream, engine } = await open();
    const runs = [await generate(engine), await generate(engine)];
    const sent = upstream.calls.map(({ fields }) => new Map(fields).get('seed'));
    expect(sent.every((seed) => Number.isSafeInteger(seed) && Number(seed) < 2 ** 31)).toBe(true);
    expect(runs.map((run) => run.images[0]?.applied.seed)).toEqual(sent);
    expect(runs[0]?.images[0]?.bytes.equals(runs[1]?.images[0]?.bytes ?? Buffer.alloc(0))).toBe(false);
  });

  test('an edit sends image[], and there is no mask', async () => {
    const { upstream, engine } = await open();
    expect(engine.row.edits?.mask).toBe(false);
    const images = await sampleImages(engine.row, 'edit', 2);
    const job = await sampleJob(engine.row, 'images.edits', { images, size: 'auto', seed: 5 });
    await collectEvents(engine.model('images.edits'), job);
    const call = lastCall(upstream);
    expect(Object.fromEntries(call.fields)).toEqual({
      model: sglangModel,
      prompt: 'a red kite over the sea',
      response_format: 'b64_json',
      seed: '5',
    });
    expect(call.files.map(({ name, hash }) => [name, hash])).toEqual(
      images.map((image) => ['image[]', image.hash]),
    );
  });
});
