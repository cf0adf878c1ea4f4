import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';

let pictor: Pictor;
beforeAll(async () => {
  pictor = await startPictor();
});
afterAll(async () => {
  await pictor.stop();
  await removeDataDirs();
});

type Case = readonly [body: Record<string, unknown>, param: string | null, code: string, status?: number];
const gpt = { model: 'gpt-image-1', prompt: 'a cat' };
const gpt2 = { model: 'gpt-image-2', prompt: 'a cat' };
const dalle2 = { model: 'dall-e-2', prompt: 'a cat' };
const dalle3 = { model: 'dall-e-3', prompt: 'a cat' };
const gemini = { model: 'gemini-3-pro-image', prompt: 'a cat' };
const sketch = { model: 'sketch-1', prompt: 'a cat' };

/** What a caller can get wrong in the members of a generation, and what the answer blames. */
const cases: readonly Case[] = [
  // The prompt
  [{ model: 'gpt-image-1' }, 'prompt', 'missing_required_parameter'],
  [{}, 'prompt', 'missing_required_parameter'],
  [{ model: 'gpt-image-1', prompt: null }, 'prompt', 'missing_required_parameter'],
  [{ ...gpt, prompt: '' }, 'prompt', 'invalid_value'],
  [{ ...gpt, prompt: ' \n ' }, 'prompt', 'invalid_value'],
  [{ ...gpt, prompt: 7 }, 'prompt', 'invalid_type'],
  [{ ...gpt, prompt: ['a cat'] }, 'prompt', 'invalid_type'],
  [{ ...gpt, prompt: { text: 'a cat' } }, 'prompt', 'invalid_type'],
  [{ ...gpt, prompt: 'x'.repeat(32_001) }, 'prompt', 'invalid_value'],
  [{ ...dalle2, prompt: 'x'.repeat(1_001) }, 'prompt', 'invalid_value'],
  [{ ...dalle3, prompt: 'x'.repeat(4_001) }, 'prompt', 'invalid_value'],
  // The model
  [{ model: 'gpt-image-99', prompt: 'a cat' }, 'model', 'model_not_found', 404],
  [{ model: 'nobody/gpt-image-1', prompt: 'a cat' }, 'model', 'model_not_found', 404],
  [{ model: 'google/gpt-image-2', prompt: 'a cat' }, 'model', 'model_not_found', 404],
  [{ model: 'GPT-IMAGE-1', prompt: 'a cat' }, 'model', 'model_not_found', 404],
  [{ model: '__proto__', prompt: 'a cat' }, 'model', 'model_not_found', 404],
  [{ model: '', prompt: 'a cat' }, 'model', 'invalid_value'],
  [{ model: 1, prompt: 'a cat' }, 'model', 'invalid_type'],
  [{ model: 'gpt-4o', prompt: 'a cat' }, 'model', 'invalid_value'],
  [{ model: 'gpt-5.2', prompt: 'a cat' }, 'model', 'invalid_value'],
  // n
  [{ ...gpt, n: 0 }, 'n', 'invalid_value'],
  [{ ...gpt, n: 11 }, 'n', 'invalid_value'],
  [{ ...gpt, n: -1 }, 'n', 'invalid_value'],
  [{ ...gpt, n: 1.5 }, 'n', 'invalid_type'],
  [{ ...gpt, n: '2' }, 'n', 'invalid_type'],
  [{ ...gpt, n: 1e300 }, 'n', 'invalid_value'],
  [{ ...dalle3, n: 2 }, 'n', 'invalid_value'],
  [{ ...gemini, n: 11 }, 'n', 'invalid_value'],
  // size
  [{ ...gpt, size: '1000x1000' }, 'size', 'invalid_value'],
  [{ ...gpt, size: '512x512' }, 'size', 'invalid_value'],
  [{ ...gpt, size: 'big' }, 'size', 'invalid_value'],
  [{ ...gpt, size: 1024 }, 'size', 'invalid_type'],
  [{ ...gpt, size: '' }, 'size', 'invalid_value'],
  [{ ...gpt2, size: '1792x936' }, 'size', 'invalid_value'],
  [{ ...gpt2, size: '4096x1024' }, 'size', 'invalid_value'],
  [{ ...gpt2, size: '3072x512' }, 'size', 'invalid_value'],
  [{ ...gpt2, size: '512x512' }, 'size', 'invalid_value'],
  [{ ...gpt2, size: '3840x3840' }, 'size', 'invalid_value'],
  [{ ...gpt2, size: '-1024x-1024' }, 'size', 'invalid_value'],
  [{ ...gpt2, size: '1024x1024x1024' }, 'size', 'invalid_value'],
  [{ ...gpt2, size: '01024x1024' }, 'size', 'invalid_value'],
  [{ ...dalle2, size: '1792x1024' }, 'size', 'invalid_value'],
  [{ ...dalle3, size: '256x256' }, 'size', 'invalid_value'],
  [{ ...sketch, size: '3841x100' }, 'size', 'invalid_value'],
  [{ ...sketch, size: '0x0' }, 'size', 'invalid_value'],
  // quality
  [{ ...gpt, quality: 'best' }, 'quality', 'invalid_value'],
  [{ ...gpt, quality: 'hd' }, 'quality', 'invalid_value'],
  [{ ...gpt, quality: 3 }, 'quality', 'invalid_type'],
  [{ ...gpt2, quality: 'xhigh' }, 'quality', 'invalid_value'],
  [{ ...dalle2, quality: 'hd' }, 'quality', 'invalid_value'],
  [{ ...dalle3, quality: 'high' }, 'quality', 'invalid_value'],
  // background
  [{ ...gpt, background: 'blue' }, 'background', 'invalid_value'],
  [{ ...gpt, background: 'transparent', output_format: 'jpeg' }, 'background', 'invalid_value'],
  [{ ...gpt2, background: 'transparent' }, 'background', 'invalid_value'],
  [
    { model: 'gpt-image-2-2026-04-21', prompt: 'a cat', background: 'transparent' },
    'background',
    'invalid_value',
  ],
  [{ ...dalle3, background: 'opaque' }, 'background', 'unknown_parameter'],
  // output
  [{ ...gpt, output_format: 'bmp' }, 'output_format', 'invalid_value'],
  [{ ...gpt, output_format: 'svg' }, 'output_format', 'invalid_value'],
  [{ ...dalle2, output_format: 'png' }, 'output_format', 'unknown_parameter'],
  [{ ...gpt, output_compression: 101, output_format: 'jpeg' }, 'output_compression', 'invalid_value'],
  [{ ...gpt, output_compression: -1, output_format: 'webp' }, 'output_compression', 'invalid_value'],
  [{ ...gpt, output_compression: 50 }, 'output_compression', 'invalid_value'],
  [{ ...gpt, output_compression: '50', output_format: 'jpeg' }, 'output_compression', 'invalid_type'],
  [{ ...gpt, response_format: 'url' }, 'response_format', 'unknown_parameter'],
  [{ ...gpt, response_format: 'b64_json' }, 'response_format', 'unknown_parameter'],
  [{ ...dalle2, response_format: 'json' }, 'response_format', 'invalid_value'],
  // others
  [{ ...gpt, style: 'vivid' }, 'style', 'unknown_parameter'],
  [{ ...dalle3, style: 'wild' }, 'style', 'invalid_value'],
  [{ ...gpt, moderation: 'none' }, 'moderation', 'invalid_value'],
  [{ ...dalle3, moderation: 'low' }, 'moderation', 'unknown_parameter'],
  [{ ...gpt, stream: 'yes' }, 'stream', 'invalid_type'],
  [{ ...dalle3, stream: true }, 'stream', 'invalid_value'],
  [{ ...gpt, partial_images: 4, stream: true }, 'partial_images', 'invalid_value'],
  [{ ...gpt, partial_images: 2 }, 'partial_images', 'invalid_value'],
  [{ ...gpt, user: 7 }, 'user', 'invalid_type'],
  [{ ...gpt, colour: 'blue' }, 'colour', 'unknown_parameter'],
  [{ ...gpt, aspect_ratio: '16:9' }, 'aspect_ratio', 'unknown_parameter'],
  [{ ...gpt, thinking_level: 'high' }, 'thinking_level', 'unknown_parameter'],
  [{ ...gpt, constructor: { prototype: 1 } }, 'constructor', 'unknown_parameter'],
  [{ ...gemini, aspect_ratio: '7:3' }, 'aspect_ratio', 'invalid_value'],
  [{ ...gemini, image_size: '8K' }, 'image_size', 'invalid_value'],
  [{ ...gemini, response_modalities: ['text'] }, 'response_modalities', 'invalid_value'],
  [{ ...gemini, response_modalities: 'image' }, 'response_modalities', 'invalid_type'],
];

describe('a generation with a mistake in it', () => {
  test.each(cases)('%j blames %s: %s', async (body, param, code, status = 400) => {
    const answer = await pictor.call('/v1/images/generations', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const { error } = (await answer.json()) as {
      error: { message: string; type: string; param: unknown; code: unknown };
    };
    expect({ status: answer.status, param: error.param, code: error.code }).toEqual({ status, param, code });
    expect(error.type).toBe('invalid_request_error');
    expect(error.message).toMatch(/[.)]$/);
  });

  test('leaves no row behind, since nothing was sent', async () => {
    const list = (await (await pictor.call('/api/requests')).json()) as { data: unknown[] };
    expect(list.data).toEqual([]);
  });
});

describe('a body that cannot be read', () => {
  test.each([
    ['no JSON', '{"prompt": ', 'application/json', 400, 'invalid_json'],
    ['an empty body', '', 'application/json', 400, 'invalid_json'],
    ['a list', '[]', 'application/json', 400, 'invalid_type'],
    ['a string', '"a cat"', 'application/json', 400, 'invalid_type'],
    ['null', 'null', 'application/json', 400, 'invalid_type'],
    [
      'a member named __proto__',
      '{"prompt":"a cat","__proto__":{"n":2}}',
      'application/json',
      400,
      'unknown_parameter',
    ],
    ['a hundred thousand brackets', '['.repeat(100_000), 'application/json', 400, 'invalid_json'],
    [
      'deep nesting',
      `{"prompt":${'['.repeat(500)}${']'.repeat(500)}}`,
      'application/json',
      400,
      'invalid_json',
    ],
    [
      'another content type',
      'prompt=a+cat',
      'application/x-www-form-urlencoded',
      415,
      'unsupported_content_type',
    ],
    ['a form without boundary', 'x', 'multipart/form-data', 400, 'invalid_multipart'],
    [
      'a form that is cut',
      '--b\r\nContent-Disposition: form-data; name="prompt"\r\n\r\na c',
      'multipart/form-data; boundary=b',
      400,
      'invalid_multipart',
    ],
  ])('%s gets a clear answer', async (_name, body, type, status, code) => {
    const answer = await pictor.call('/v1/images/generations', {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ error: { type: 'invalid_request_error', code } });
  });

  test('beyond the limit is 413', async () => {
    const small = await startPictor({ env: { PICTOR_MAX_JSON_BYTES: '2048' } });
    const answer = await small.call('/v1/images/generations', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ prompt: 'x'.repeat(4096) }),
    });
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ error: { code: 'request_too_large' } });
    await small.stop();
  });

  test('unknown addresses and methods are 404 in the same envelope', async () => {
    expect(await (await pictor.call('/v1/images/paint', { method: 'POST' })).json()).toMatchObject({
      error: { code: 'route_not_found' },
    });
    expect((await pictor.call('/v1/images/generations', { method: 'PUT' })).status).toBe(404);
  });
});
