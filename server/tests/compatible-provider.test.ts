import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { imagesResponse } from '@pictor/api';
import type OpenAI from 'openai';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleInput, sampleMask } from '../src/models/testing/sample-inputs.ts';
import { newDataDir, type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';
import { localAiKey, localAiModel, openLocalAiUpstream } from './upstreams/localai-upstream.ts';
import { openOpenAiUpstream, upstreamKey } from './upstreams/openai-upstream.ts';
import { openSdcppUpstream } from './upstreams/sdcpp-upstream.ts';
import type { ServedUpstream } from './upstreams/serve-upstream.ts';
import { openSglangUpstream } from './upstreams/sglang-upstream.ts';
import { openVllmOmniUpstream, vllmOmniKey, vllmOmniModel } from './upstreams/vllm-omni-upstream.ts';

const upstreams = {
  omni: await openVllmOmniUpstream(),
  sgl: await openSglangUpstream(),
  local: await openLocalAiUpstream(),
  cpu: await openSdcppUpstream(),
  gateway: await openOpenAiUpstream(),
};
let pictor: Pictor;
let client: OpenAI;

beforeAll(async () => {
  const config = join(await newDataDir(), 'pictor.yaml');
  await writeFile(
    config,
    `
providers:
  compatible:
    - name: omni
      dialect: vllm-omni
      base_url: ${upstreams.omni.origin}
      api_key: $\{OMNI_KEY}
      price: free
      models:
        - { id: qwen-image, upstream_model: ${vllmOmniModel} }
    - name: sgl
      dialect: sglang
      base_url: ${upstreams.sgl.origin}/v1
      send_model: false
      max_n: 1
      concurrency: 1
      models: [{ id: flux-dev, price: { per_image_usd: 0.01 } }]
    - name: local
      dialect: localai
      base_url: ${upstreams.local.origin}
      api_key: $\{LOCAL_KEY}
      models: [{ id: ${localAiModel} }]
    - name: cpu
      dialect: sdcpp
      base_url: ${upstreams.cpu.origin}
      models: [{ id: flux-schnell }]
    - name: gateway
      base_url: ${upstreams.gateway.origin}
      header:
        name: authorization
        value: $\{GATEWAY_HEADER}
      models: [{ id: gpt-image-2 }]
`,
  );
  pictor = await startPictor({
    env: {
      PICTOR_CONFIG: config,
      OMNI_KEY: vllmOmniKey,
      LOCAL_KEY: localAiKey,
      GATEWAY_HEADER: `Bearer ${upstreamKey}`,
    },
  });
  client = pictor.client();
});
afterAll(async () => {
  await pictor.stop();
  await Promise.all(Object.values(upstreams).map((upstream) => upstream.close()));
  await removeDataDirs();
});

/** The request that an engine got last. */
function lastCall({ calls }: ServedUpstream) {
  const call = calls.at(-1);
  if (call === undefined) throw new Error('The engine was not called.');
  return call;
}

async function toFile(input: { open: () => AsyncIterable<Uint8Array> }, name: string): Promise<File> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of input.open()) chunks.push(chunk);
  return new File([Uint8Array.from(Buffer.concat(chunks))], name, { type: 'image/png' });
}

/** What diffusion engines have and OpenAI's client has no types for. */
const extras = { seed: 7, negative_prompt: 'blurry', num_inference_steps: 20, guidance_scale: 3.5 };

async function generateRaw(body: Readonly<Record<string, unknown>>, mode?: string): Promise<Response> {
  return await pictor.call('/v1/images/generations', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(mode === undefined ? {} : { 'x-pictor-parameters': mode }),
    },
    body: JSON.stringify(body),
  });
}

describe('with engines of its own', () => {
  test('their models are listed with what they can do', async () => {
    const listed = (await client.models.list()).data.map(({ id }) => id);
    expect(listed).toEqual(
      expect.arrayContaining([
        'omni/qwen-image',
        'sgl/flux-dev',
        `local/${localAiModel}`,
        'cpu/flux-schnell',
        'gpt-image-2',
      ]),
    );
    expect(listed).not.toContain('gateway/gpt-image-2');
  });

  test.each(['omni/qwen-image', 'qwen-image'])('a generation by the name %s', async (model) => {
    const { data: answer, response } = await client.images
      .generate({
        model,
        prompt: 'a red kite',
        size: '256x192',
        ...extras,
      } as OpenAI.ImageGenerateParamsNonStreaming)
      .withResponse();
    const call = lastCall(upstreams.omni);
    expect(Object.fromEntries(call.fields)).toEqual({
      model: vllmOmniModel,
      prompt: 'a red kite',
      size: '256x192',
      response_format: 'b64_json',
      ...extras,
    });
    expect(answer.data?.[0]?.b64_json).toBe(call.pictures[0]?.toString('base64'));
    expect(answer.usage).toBeUndefined();
    const report = imagesResponse.parse(answer).pictor;
    expect(report).toMatchObject({ engine: 'omni', model: 'omni/qwen-image', adjustments: [], cost: 0 });
    expect(response.headers.get('x-pictor-engine')).toBe('omni');
  });

  test('an edit with a mask in a form, seed included', async () => {
    const image = await sampleInput({ width: 320, height: 200, format: 'png', colour: '#123' });
    const answer = await client.images.edit({
      model: 'omni/qwen-image',
      prompt: 'add a moon',
      image: await toFile(image, 'one.png'),
      mask: await toFile(await sampleMask(image), 'mask.png'),
      ...extras,
    } as OpenAI.ImageEditParamsNonStreaming);
    const call = lastCall(upstreams.omni);
    expect(Object.fromEntries(call.fields)).toMatchObject({ seed: '7', guidance_scale: '3.5' });
    expect(call.files.map(({ name }) => name)).toEqual(['image', 'mask_image']);
    expect(await sharp(call.fileBytes[1]).metadata()).toMatchObject({ channels: 1, width: 320, height: 200 });
    expect(answer.data?.[0]?.b64_json).toBe(call.pictures[0]?.toString('base64'));
  });

  test('several pictures of an engine that makes one, of which one fails, are paid by the piece', async () => {
    upstreams.sgl.next({});
    upstreams.sgl.next({
      instead: { status: 422, body: { detail: [{ loc: ['body', 'size'], msg: 'no' }] } },
    });
    const answer = await client.images.generate({
      model: 'flux-dev',
      prompt: 'a fox',
      n: 3,
      size: '128x128',
    });
    expect(answer.data).toHaveLength(2);
    const report = imagesResponse.parse(answer).pictor;
    expect(report?.cost).toBeCloseTo(0.02, 12);
    expect(report?.warnings.join(' ')).toContain('Image 2 of 3 was not made');
    expect(upstreams.sgl.mostAtOnce()).toBe(1);
  });

  test('a mask goes to an engine that ignores masks never', async () => {
    const calls = upstreams.sgl.calls.length;
    const image = await sampleInput({ width: 128, height: 128, format: 'png', colour: '#123' });
    const refused = client.images.edit({
      model: 'sgl/flux-dev',
      prompt: 'add a moon',
      image: await toFile(image, 'one.png'),
      mask: await toFile(await sampleMask(image), 'mask.png'),
    });
    await expect(refused).rejects.toMatchObject({ status: 400, param: 'mask' });
    expect(upstreams.sgl.calls.length).toBe(calls);
  });

  test('a mask on LocalAI, whose picture is an address on LocalAI', async () => {
    const image = await sampleInput({ width: 320, height: 200, format: 'png', colour: '#123' });
    const answer = await client.images.edit({
      model: localAiModel,
      prompt: 'add a moon',
      image: await toFile(image, 'one.png'),
      mask: await toFile(await sampleMask(image), 'mask.png'),
      size: '1024x1024',
    });
    const made = upstreams.local.calls.findLast(({ path }) => path === '/v1/images/inpainting');
    expect(answer.data?.[0]?.b64_json).toBe(made?.pictures[0]?.toString('base64'));
    expect(answer.size).toBe('512x512');
    const { adjustments, cost } = imagesResponse.parse(answer).pictor ?? {};
    expect(adjustments).toMatchObject([
      { parameter: 'size', action: 'approximated', requested: '1024x1024', applied: '512x512' },
    ]);
    expect(cost).toBeNull();
  });

  test('a size that LocalAI would take for another one is refused here', async () => {
    const calls = upstreams.local.calls.length;
    const refused = client.images.generate({ model: localAiModel, prompt: 'a fox', size: '1000x1001' });
    await expect(refused).rejects.toMatchObject({ status: 400, param: 'size' });
    expect(upstreams.local.calls.length).toBe(calls);
  });

  test('what an engine lacks is dropped and told, or refused to strict callers', async () => {
    const body = { model: `local/${localAiModel}`, prompt: 'a fox', style: 'vivid', guidance_scale: 3 };
    const dropped = imagesResponse.parse(await (await generateRaw(body)).json()).pictor;
    expect(dropped?.adjustments.map(({ parameter, action }) => [parameter, action])).toEqual([
      ['style', 'dropped'],
      ['guidance_scale', 'dropped'],
    ]);
    const refused = await generateRaw(body, 'strict');
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ error: { param: 'style' } });
  });

  test("control words in a prompt are nobody's, are told, and are refused to strict callers", async () => {
    const prompt = 'a cat <sd_cpp_extra_args>{"seed":1}</sd_cpp_extra_args>| a dog';
    const body = { model: 'cpu/flux-schnell', prompt, seed: 9 };
    const answer = imagesResponse.parse(await (await generateRaw(body)).json());
    expect(upstreams.cpu.jobs.at(-1)).toEqual({ prompt: 'a cat | a dog ', options: { seed: 9 } });
    expect(answer.pictor?.adjustments).toMatchObject([{ parameter: 'prompt', action: 'approximated' }]);
    const refused = await generateRaw(body, 'strict');
    expect(await refused.json()).toMatchObject({ error: { code: 'approximation_refused', param: 'prompt' } });
  });

  test('pictures are what they are called, in whatever format was asked for', async () => {
    for (const output_format of ['png', 'jpeg', 'webp'] as const) {
      const answer = await client.images.generate({ model: localAiModel, prompt: 'a fox', output_format });
      expect(answer.output_format).toBe(output_format);
      const bytes = Buffer.from(answer.data?.[0]?.b64_json ?? '', 'base64');
      expect((await sharp(bytes).metadata()).format).toBe(output_format);
    }
  });

  test('a stream has the finished picture as its only event', async () => {
    const stream = await client.images.generate({ model: 'flux-schnell', prompt: 'a fox', stream: true });
    const types: string[] = [];
    for await (const event of stream) types.push(event.type);
    expect(types).toEqual(['image_generation.completed']);
  });

  test.each(['gpt-image-2', 'gateway/gpt-image-2'])('a gateway serves %s of the catalogue', async (model) => {
    const answer = await client.images.generate({ model, prompt: 'a fox', quality: 'low' });
    expect(Object.fromEntries(lastCall(upstreams.gateway).fields)).toEqual({
      model: 'gpt-image-2',
      prompt: 'a fox',
      quality: 'low',
    });
    expect(imagesResponse.parse(answer).pictor).toMatchObject({ engine: 'gateway', model: 'gpt-image-2' });
  });

  test("an engine's own words reach the caller, its key never does", async () => {
    upstreams.omni.next({
      instead: {
        status: 422,
        body: { detail: [{ loc: ['body', 'size'], msg: `Too large for ${vllmOmniKey}` }] },
      },
    });
    const refused = await client.images
      .generate({ model: 'qwen-image', prompt: 'a fox' })
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'upstream_rejected', param: 'size' });
    expect(String(refused)).toContain('Too large');
    expect(String(refused)).not.toContain(vllmOmniKey);
    expect(pictor.output()).not.toContain(vllmOmniKey);
  });

  test('an engine that loads its model is asked again, for nothing was paid', async () => {
    const calls = upstreams.omni.calls.length;
    upstreams.omni.next({
      instead: { status: 503, headers: { 'retry-after': '0' }, body: { detail: 'loading' } },
    });
    const answer = await client.images.generate({ model: 'qwen-image', prompt: 'a fox' });
    expect(answer.data).toHaveLength(1);
    expect(upstreams.omni.calls.length - calls).toBe(2);
  });
});
