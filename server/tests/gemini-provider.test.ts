import { imagesResponse } from '@pictor/api';
import OpenAI from 'openai';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toJson } from './support/forms.ts';
import {
  countChanges,
  paintLandscape,
  paintMask,
  paintPlain,
  readPixels,
  toDataUrl,
} from './support/pictures.ts';
import { readStream } from './support/read-events.ts';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';
import { googleKey, openGoogleUpstream } from './upstreams/google-upstream.ts';
import type { ServedUpstream } from './upstreams/serve-upstream.ts';

let upstream: ServedUpstream;
let pictor: Pictor;
let client: OpenAI;

beforeAll(async () => {
  upstream = await openGoogleUpstream();
  pictor = await startPictor({
    env: { GEMINI_API_KEY: googleKey, PICTOR_GEMINI_BASE_URL: upstream.origin },
  });
  client = pictor.client();
});
afterAll(async () => {
  await pictor.stop();
  await upstream.close();
  await removeDataDirs();
});

const route = '/v1/images/generations';
const small = 'gemini-3.1-flash-image';

/** The request that the upstream got last. */
function lastCall() {
  const call = upstream.calls.at(-1);
  if (call === undefined) throw new Error('The upstream was not called.');
  return { ...call, body: Object.fromEntries(call.fields) };
}

async function made(body: Record<string, unknown>, headers: Record<string, string> = {}) {
  const response = await pictor.call(route, withHeaders(toJson({ prompt: 'A fox', ...body }), headers));
  expect(response.status).toBe(200);
  return imagesResponse.parse(await response.json());
}

async function refused(body: Record<string, unknown>, headers: Record<string, string> = {}) {
  const response = await pictor.call(route, withHeaders(toJson({ prompt: 'A fox', ...body }), headers));
  return { status: response.status, error: ((await response.json()) as { error: unknown }).error };
}

function withHeaders(request: ReturnType<typeof toJson>, headers: Record<string, string>): RequestInit {
  return { ...request, headers: { ...(request.headers as Record<string, string>), ...headers } };
}

const strict = { 'x-pictor-parameters': 'strict' };
const bytesOf = (answer: { data?: { b64_json?: string | undefined }[] }, index = 0) =>
  Buffer.from(answer.data?.[index]?.b64_json ?? '', 'base64');

describe('a generation by the official client', () => {
  test("is the upstream's exact picture, with words, usage and price", async () => {
    const asked = {
      model: 'google/nano-banana-2',
      prompt: 'a red kite over the sea',
      aspect_ratio: '16:9',
      image_size: '512',
      thinking_level: 'high',
      response_modalities: ['text', 'image'],
      media_resolution: 'low',
      seed: 7,
    };
    const { data: answer, response } = await client.images
      .generate(asked as OpenAI.Images.ImageGenerateParamsNonStreaming)
      .withResponse();
    const call = lastCall();
    expect(call.path).toBe(`/v1beta/models/${small}:generateContent`);
    expect(call.headers['x-goog-api-key']).toBe(googleKey);
    expect(call.body).toEqual({
      contents: [{ role: 'user', parts: [{ text: 'a red kite over the sea' }] }],
      generationConfig: {
        responseModalities: ['TEXT', 'IMAGE'],
        imageConfig: { aspectRatio: '16:9', imageSize: '512' },
        thinkingConfig: { thinkingLevel: 'HIGH' },
        mediaResolution: 'MEDIA_RESOLUTION_LOW',
        seed: 7,
      },
    });
    expect(bytesOf(answer)).toEqual(call.pictures[0]);
    expect(answer).toMatchObject({
      output_format: 'png',
      text: 'Here is your picture.',
      parts: [
        { type: 'text', text: 'Here is your picture.' },
        { type: 'image', index: 0 },
      ],
      usage: {
        input_tokens: 6,
        input_tokens_details: { text_tokens: 6, image_tokens: 0 },
        output_tokens: 747 + 36,
        output_tokens_details: { image_tokens: 747, text_tokens: 36 },
      },
    });
    const report = imagesResponse.parse(answer).pictor;
    expect(report).toMatchObject({ engine: 'gemini', model: small, adjustments: [] });
    // 6 tokens in at 0.50 USD, 36 of words and thoughts at 3, and 747 of the picture at 60, for a million each.
    expect(report?.cost).toBeCloseTo((6 * 0.5 + 36 * 3 + 747 * 60) / 1e6, 12);
    expect(response.headers.get('x-pictor-engine')).toBe('gemini');
    expect(response.headers.get('x-upstream-request-id')).toMatch(/^res-[0-9a-f]{12}$/);
  });

  test('labels the picture as what it is, though Google says otherwise', async () => {
    const answer = await made({ model: 'nano-banana-pro' });
    expect((await sharp(bytesOf(answer)).metadata()).format).toBe('jpeg');
    expect(answer.output_format).toBe('jpeg');
    expect(bytesOf(answer)).toEqual(lastCall().pictures[0]);
  });

  test.each(['png', 'jpeg'])('comes as %s where that is asked for', async (output_format) => {
    for (const model of ['gemini-3-pro-image', 'gemini-2.5-flash-image']) {
      const answer = await made({ model, output_format });
      expect((await sharp(bytesOf(answer)).metadata()).format).toBe(output_format);
      expect(answer).toMatchObject({ output_format, pictor: { adjustments: [] } });
      expect(lastCall().body.generationConfig).toEqual({ responseModalities: ['TEXT', 'IMAGE'] });
    }
  });

  test('streams as one event for each picture', async () => {
    const response = await pictor.call(
      route,
      toJson({ model: small, prompt: 'A fox', stream: true, image_size: '512' }),
    );
    const events = readStream(await response.text());
    expect(JSON.stringify(events)).toContain('image_generation.completed');
    expect(JSON.stringify(events)).toContain(lastCall().pictures[0]?.toString('base64'));
  });
});

describe('what Gemini does not have', () => {
  test.each([
    ['thinking_level', 'high', 'gemini-3-pro-image'],
    ['background', 'transparent', small],
    ['quality', 'high', small],
    ['moderation', 'low', small],
    ['user', 'user-7', small],
  ])('is dropped with a reason, or refused: %s', async (parameter, value, model) => {
    const answer = await made({ model, [parameter]: value });
    expect(answer.pictor?.adjustments).toMatchObject([
      { parameter, action: 'dropped', requested: value, applied: null, reason: expect.stringMatching(/\.$/) },
    ]);
    const before = upstream.calls.length;
    const { status, error } = await refused({ model, [parameter]: value }, strict);
    expect(status).toBe(400);
    expect(error).toMatchObject({ param: parameter });
    expect(upstream.calls).toHaveLength(before);
  });
});

describe('n images', () => {
  test('are n calls, with seeds that count up', async () => {
    const before = upstream.calls.length;
    const asked = { model: small, prompt: 'A fox', image_size: '512', n: 3, seed: 41 };
    const response = await pictor.call(route, toJson(asked));
    const answer = imagesResponse.parse(await response.json());
    expect(response.headers.get('x-upstream-request-id')).toMatch(/^(res-[0-9a-f]{12}(, |$)){3}$/);
    const calls = upstream.calls.slice(before);
    const seeds = calls.map(
      (call) => (Object.fromEntries(call.fields).generationConfig as { seed: number }).seed,
    );
    expect(seeds.toSorted()).toEqual([41, 42, 43]);
    const pictures = calls.flatMap((call) => call.pictures.map((picture) => picture.toString('base64')));
    expect(answer.data.map((image) => image.b64_json).toSorted()).toEqual(pictures.toSorted());
    expect(answer.usage?.output_tokens_details?.image_tokens).toBe(3 * 747);
    expect(answer.parts).toMatchObject(
      [0, 1, 2].flatMap((index) => [{ type: 'text' }, { type: 'image', index }]),
    );
  });

  test('come as far as they can; what failed is told, what came is booked', async () => {
    upstream.next({
      instead: {
        body: { candidates: [{ finishReason: 'IMAGE_SAFETY' }], usageMetadata: { totalTokenCount: 9 } },
      },
    });
    const answer = await made({ model: small, image_size: '512', n: 2 });
    expect(answer.data).toHaveLength(1);
    expect(answer.pictor?.warnings.join()).toContain('IMAGE_SAFETY');
  });
});

describe('an edit', () => {
  test('brings its pictures in order, as they were sent', async () => {
    const [one, two] = await Promise.all([
      paintPlain({ width: 90, height: 60 }, '#123'),
      sharp(await paintLandscape({ width: 60, height: 90 }))
        .jpeg()
        .toBuffer(),
    ]);
    const answer = await client.images.edit({
      model: small,
      prompt: 'join them',
      image: [
        new File([Uint8Array.from(one)], 'one.png', { type: 'image/png' }),
        new File([Uint8Array.from(two)], 'two.jpg', { type: 'image/png' }),
      ],
    });
    expect(lastCall().body.contents).toEqual([
      {
        role: 'user',
        parts: [
          { text: 'join them' },
          { inlineData: { mimeType: 'image/png', data: one.toString('base64') } },
          { inlineData: { mimeType: 'image/jpeg', data: two.toString('base64') } },
        ],
      },
    ]);
    expect(answer.usage?.input_tokens_details.image_tokens).toBe(2240);
  });

  test('with a mask keeps every pixel outside of it, and says what it did', async () => {
    const size = { width: 300, height: 200 };
    const hole = { left: 100, top: 50, width: 80, height: 60 };
    const [landscape, mask] = await Promise.all([paintLandscape(size), paintMask(size, hole)]);
    const body = { model: small, image: toDataUrl(landscape), mask: toDataUrl(mask) };
    const answer = await made(body);
    const [before, after] = await Promise.all([readPixels(landscape), readPixels(bytesOf(answer))]);
    const changes = countChanges(before, after, hole);
    expect(changes.outside).toBe(0);
    expect(changes.inside).toBeGreaterThan(4000);
    expect(answer.pictor?.adjustments).toMatchObject([
      { parameter: 'mask', action: 'approximated', applied: 'emulated' },
    ]);
    expect(answer.pictor?.warnings.join()).toMatch(/mask was emulated.*\d+\.\d% of the pixels/);
    const [{ parts } = { parts: [] }] = lastCall().body.contents as { parts: unknown[] }[];
    expect(parts).toHaveLength(4);
    const calls = upstream.calls.length;
    expect((await refused(body, strict)).error).toMatchObject({
      code: 'approximation_refused',
      param: 'mask',
    });
    expect(upstream.calls).toHaveLength(calls);
  });
});

describe('a failure', () => {
  test('a refusal with status 200 is told as one, and asked for once', async () => {
    const before = upstream.calls.length;
    upstream.next({
      instead: {
        body: {
          promptFeedback: {
            blockReason: 'SAFETY',
            safetyRatings: [{ category: 'HARM_CATEGORY_DANGEROUS_CONTENT', blocked: true }],
          },
        },
      },
    });
    const failed = await client.images
      .generate({ model: small, prompt: 'something bad' })
      .catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(OpenAI.BadRequestError);
    expect(failed).toMatchObject({
      code: 'moderation_blocked',
      type: 'image_generation_user_error',
      error: { moderation_details: { moderation_stage: 'input', categories: ['dangerous_content'] } },
    });
    expect(upstream.calls.length - before).toBe(1);
  });

  test.each([
    [
      'words alone',
      {
        instead: { body: { candidates: [{ content: { parts: [{ text: 'No.' }] }, finishReason: 'STOP' }] } },
      },
    ],
    ['a cut answer', { cutAfterBytes: 500 }],
    ['a reset', { resets: true }],
    ['garbage', { instead: { body: '<html>' } }],
    ['an empty body', { instead: { body: '' } }],
    [
      'a wrong key',
      {
        instead: {
          status: 400,
          body: {
            error: { code: 400, status: 'INVALID_ARGUMENT', message: `API key not valid: ${googleKey}` },
          },
        },
      },
    ],
  ])('%s is told, never shows the key, and is asked for once', async (_, behaviour) => {
    const before = upstream.calls.length;
    upstream.next(behaviour);
    const failed = await pictor.call(route, toJson({ model: small, prompt: 'A fox' }));
    expect(failed.status).toBe(502);
    expect(await failed.text()).not.toContain(googleKey);
    expect(pictor.output()).not.toContain(googleKey);
    expect(upstream.calls.length - before).toBe(1);
  });
});
