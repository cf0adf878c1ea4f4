import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { imagesResponse } from '@pictor/api';
import type OpenAI from 'openai';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';

const otterPrompt =
  "A children's book drawing of a veterinarian using a stethoscope to listen to the heartbeat of a baby otter.";

let pictor: Pictor;
let client: OpenAI;

beforeAll(async () => {
  pictor = await startPictor();
  client = pictor.client();
});
afterAll(async () => {
  await pictor.stop();
  await removeDataDirs();
});

async function decode(base64: string | undefined) {
  return await sharp(Buffer.from(base64 ?? '', 'base64')).metadata();
}

describe('a generation with the official client', () => {
  test('answers with a real picture and the fields of the GPT Image models', async () => {
    const { data: answer, response } = await client.images
      .generate({ model: 'gpt-image-1', prompt: otterPrompt })
      .withResponse();
    const picture = await decode(answer.data?.[0]?.b64_json);
    expect(picture).toMatchObject({ format: 'png', width: 1024, height: 1024 });
    expect(answer).toMatchObject({
      background: 'opaque',
      output_format: 'png',
      quality: 'high',
      size: '1024x1024',
    });
    expect(answer.usage).toMatchObject({
      input_tokens_details: { image_tokens: 0, text_tokens: expect.any(Number) },
      output_tokens: 4160,
      output_tokens_details: { image_tokens: 4160, text_tokens: 0 },
    });
    const report = imagesResponse.parse(answer).pictor;
    expect(report?.request).toBe(response.headers.get('x-request-id'));
    expect(report?.request).toMatch(/^req_[0-9a-f]{32}$/);
    expect(report).toMatchObject({ engine: 'sketch', model: 'gpt-image-1', cost: 0, adjustments: [] });
    expect(report?.list_cost).toBeCloseTo(0.1664 + ((answer.usage?.input_tokens ?? 0) * 5) / 1e6, 9);
    expect(report?.warnings.join(' ')).toContain('2026-10-23');
    expect(response.headers.get('x-pictor-engine')).toBe('sketch');
  });

  test('works at the short address that curl users copy', async () => {
    const { stdout } = await promisify(execFile)(
      'curl',
      [
        '-sS',
        '-X',
        'POST',
        `${pictor.url}/v1/images`,
        '-H',
        `Authorization: Bearer ${pictor.key}`,
        '-H',
        'Content-type: application/json',
        '-d',
        JSON.stringify({
          prompt: 'Draw a 2D pixel art style sprite sheet of a tabby gray cat',
          quality: 'high',
          size: '1024x1024',
          background: 'transparent',
        }),
      ],
      { maxBuffer: 64 * 1024 * 1024 },
    );
    const answer = imagesResponse.parse(JSON.parse(stdout));
    expect(answer.pictor?.model).toBe('gpt-image-1.5');
    expect(answer.background).toBe('transparent');
    const corner = await sharp(Buffer.from(answer.data[0]?.b64_json ?? '', 'base64'))
      .extract({ left: 0, top: 0, width: 1, height: 1 })
      .raw()
      .toBuffer();
    expect(corner[3]).toBe(0);
  });

  test('gives n different pictures', async () => {
    const answer = await client.images.generate({
      model: 'gpt-image-1-mini',
      prompt: 'three cats',
      n: 3,
      quality: 'low',
    });
    const pictures = (answer.data ?? []).map((image) => image.b64_json);
    expect(pictures).toHaveLength(3);
    expect(new Set(pictures).size).toBe(3);
    expect(answer.usage?.output_tokens).toBe(3 * 272);
  });

  test.each([
    ['jpeg', 'gpt-image-2', '1536x864'],
    ['webp', 'gpt-image-1.5', '1024x1536'],
    ['png', 'gpt-image-2', '3840x2160'],
  ] as const)('makes %s with %s in %s', async (format, model, size) => {
    const answer = await client.images.generate({
      model,
      prompt: 'a sunset over mountains',
      output_format: format,
      size,
    });
    const [width, height] = size.split('x').map(Number);
    expect(await decode(answer.data?.[0]?.b64_json)).toMatchObject({ format, width, height });
    expect(answer).toMatchObject({ output_format: format, size });
  });

  test('gives dall-e-3 a link by default, which opens without a key, and a revised prompt', async () => {
    const answer = await client.images.generate({
      model: 'dall-e-3',
      prompt: 'a white siamese cat',
      size: '1792x1024',
    });
    const [image] = answer.data ?? [];
    expect(image?.b64_json).toBeUndefined();
    expect(image?.revised_prompt).toEqual(expect.stringContaining('siamese'));
    const opened = await fetch(image?.url ?? '');
    expect(opened.status).toBe(200);
    expect(await sharp(Buffer.from(await opened.arrayBuffer())).metadata()).toMatchObject({
      width: 1792,
      height: 1024,
    });
    expect(answer.usage).toBeUndefined();
    const forged = await fetch((image?.url ?? '').replace(/signature=./, 'signature=_'));
    expect(forged.status).toBe(403);
  });

  test('leaves background, quality and size out for Gemini models, and adds its text and parts', async () => {
    const answer = await pictor.call('/v1/images/generations', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        model: 'google/gemini-3-pro-image',
        prompt: 'a watercolor painting of a garden',
        aspect_ratio: '16:9',
        image_size: '2K',
      }),
    });
    const body = imagesResponse.parse(await answer.json());
    expect(await decode(body.data[0]?.b64_json)).toMatchObject({ width: 2752, height: 1536 });
    expect(body).not.toHaveProperty('quality');
    expect(body).not.toHaveProperty('background');
    expect(body).not.toHaveProperty('size');
    expect(body).toMatchObject({
      text: expect.stringMatching(/\w+/),
      parts: expect.arrayContaining([{ type: 'image', index: 0 }]),
    });
  });

  test('is the same picture for the same seed', async () => {
    const draw = async () =>
      (
        await pictor.call('/v1/images/generations', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ model: 'sketch-1', prompt: 'a boat', seed: 7, size: '256x256' }),
        })
      ).json();
    const [first, second] = [imagesResponse.parse(await draw()), imagesResponse.parse(await draw())];
    expect(first.data[0]?.b64_json).toBe(second.data[0]?.b64_json);
    expect(first.pictor?.request).not.toBe(second.pictor?.request);
  });

  test('takes null for absent, everywhere, and stream: false on every model', async () => {
    const answer = await client.images.generate({
      model: 'dall-e-2',
      prompt: 'a boat',
      n: null,
      size: '256x256',
      style: null,
      quality: null,
      stream: false,
      response_format: 'b64_json',
    });
    expect(await decode(answer.data?.[0]?.b64_json)).toMatchObject({ width: 256, height: 256 });
  });

  test('leaves out everything of its own when asked to', async () => {
    const answer = await pictor.call('/v1/images/generations', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-pictor-extensions': 'off' },
      body: JSON.stringify({ model: 'gpt-image-1', prompt: 'a boat' }),
    });
    expect(Object.keys((await answer.json()) as object).sort()).toEqual([
      'background',
      'created',
      'data',
      'output_format',
      'quality',
      'size',
      'usage',
    ]);
  });
});

describe('stored images', () => {
  test('are served with an ETag, ranges and a thumbnail to whoever has the key', async () => {
    const answer = imagesResponse.parse(
      await client.images.generate({ model: 'gpt-image-1', prompt: 'a lighthouse' }),
    );
    const [id] = (answer.pictor as { images?: string[] }).images ?? [];
    const whole = await pictor.call(`/images/${id}`);
    const bytes = Buffer.from(await whole.arrayBuffer());
    expect(bytes.toString('base64')).toBe(answer.data[0]?.b64_json);
    expect(whole.headers.get('cache-control')).toContain('immutable');
    const etag = whole.headers.get('etag') ?? '';
    expect((await pictor.call(`/images/${id}`, { headers: { 'if-none-match': etag } })).status).toBe(304);
    const part = await pictor.call(`/images/${id}`, { headers: { range: 'bytes=8-15' } });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 8-15/${bytes.length}`);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(bytes.subarray(8, 16));
    expect((await pictor.call(`/images/${id}`, { headers: { range: 'bytes=99999999-' } })).status).toBe(416);
    const thumbnail = await sharp(
      Buffer.from(await (await pictor.call(`/images/${id}/thumbnail`)).arrayBuffer()),
    ).metadata();
    expect(thumbnail).toMatchObject({ format: 'webp', width: 512 });
    expect((await fetch(`${pictor.url}/images/${id}`)).status).toBe(401);
    expect((await pictor.call('/images/img_00000000000000000000000000000000')).status).toBe(404);
  });
});

describe('the list of models', () => {
  test('names what can be used now, with lifecycle and rules', async () => {
    const models = await client.models.list();
    const ids = models.data.map((model) => model.id);
    expect(ids).toEqual(
      expect.arrayContaining(['sketch-1', 'dall-e-2', 'gpt-image-1', 'gpt-image-2', 'gemini-3-pro-image']),
    );
    expect(await client.models.retrieve('gpt-image-1')).toMatchObject({
      id: 'gpt-image-1',
      object: 'model',
      owned_by: 'openai',
    });
    const prefixed = await pictor.call('/v1/models/openai/gpt-image-2');
    expect(await prefixed.json()).toMatchObject({ id: 'openai/gpt-image-2' });
    expect((await pictor.call('/v1/models/no-such-model')).status).toBe(404);
  });
});
