import { imagesResponse } from '@pictor/api';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleInput, sampleMask } from '../src/models/testing/sample-inputs.ts';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';
import { type OpenAiUpstream, openOpenAiUpstream, upstreamKey } from './upstreams/openai-upstream.ts';

let upstream: OpenAiUpstream;
let pictor: Pictor;
let client: OpenAI;

beforeAll(async () => {
  upstream = await openOpenAiUpstream();
  pictor = await startPictor({
    env: { OPENAI_API_KEY: upstreamKey, PICTOR_OPENAI_BASE_URL: upstream.baseUrl },
  });
  client = pictor.client();
});
afterAll(async () => {
  await pictor.stop();
  await upstream.close();
  await removeDataDirs();
});

/** The request that the upstream got last. */
function lastCall() {
  const call = upstream.calls.at(-1);
  if (call === undefined) throw new Error('The upstream was not called.');
  return call;
}

async function bytesOf(input: { open: () => AsyncIterable<Uint8Array> }): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of input.open()) chunks.push(chunk);
  return Uint8Array.from(Buffer.concat(chunks));
}

describe('with OpenAI configured', () => {
  test("a generation is the upstream's exact picture, with its usage and its price", async () => {
    const { data: answer, response } = await client.images
      .generate({
        model: 'gpt-image-2',
        prompt: 'a red kite over the sea',
        size: '1536x1024',
        quality: 'high',
        output_format: 'webp',
        output_compression: 90,
        user: 'user-7',
      })
      .withResponse();
    const call = lastCall();
    expect(Object.fromEntries(call.fields)).toEqual({
      model: 'gpt-image-2',
      prompt: 'a red kite over the sea',
      size: '1536x1024',
      quality: 'high',
      output_format: 'webp',
      output_compression: 90,
      safety_identifier: 'user-7',
    });
    expect(answer.data?.[0]?.b64_json).toBe(call.pictures[0]?.toString('base64'));
    expect(answer).toMatchObject({
      background: 'opaque',
      output_format: 'webp',
      quality: 'high',
      size: '1536x1024',
      usage: {
        input_tokens: 6,
        input_tokens_details: { text_tokens: 6, image_tokens: 0 },
        output_tokens: 200,
        output_tokens_details: { image_tokens: 200, text_tokens: 0 },
        total_tokens: 206,
      },
    });
    const report = imagesResponse.parse(answer).pictor;
    expect(report).toMatchObject({ engine: 'openai', model: 'gpt-image-2', adjustments: [] });
    // 6 tokens of text at 5 USD and 200 of images at 30 USD for a million.
    expect(report?.cost).toBeCloseTo(0.00603, 12);
    expect(response.headers.get('x-pictor-engine')).toBe('openai');
    expect(response.headers.get('x-upstream-request-id')).toBe('req_upstream_1');
    expect(response.headers.get('x-upstream-ratelimit-remaining-images')).toBe('49');
    expect(call.headers['x-client-request-id']).toBe(response.headers.get('x-request-id'));
  });

  test('an edit brings the pictures and the mask as they were sent', async () => {
    const images = await Promise.all([
      sampleInput({ width: 320, height: 200, format: 'png', colour: '#123' }),
      sampleInput({ width: 200, height: 320, format: 'jpeg', colour: '#456' }),
    ]);
    const mask = await sampleMask({ width: 320, height: 200 });
    const [first, second, third] = await Promise.all([...images, mask].map(bytesOf));
    const answer = await client.images.edit({
      model: 'gpt-image-1.5',
      prompt: 'add a moon',
      image: [
        new File([first ?? ''], 'one.png', { type: 'image/png' }),
        new File([second ?? ''], 'two.jpg', { type: 'image/jpeg' }),
      ],
      mask: new File([third ?? ''], 'mask.png', { type: 'image/png' }),
      input_fidelity: 'high',
      n: 2,
    });
    const call = lastCall();
    expect(call.files.map(({ name, hash }) => [name, hash])).toEqual([
      ['image[]', images[0]?.hash],
      ['image[]', images[1]?.hash],
      ['mask', mask.hash],
    ]);
    expect(Object.fromEntries(call.fields)).toMatchObject({ input_fidelity: 'high', n: '2' });
    expect(answer.data?.map((image) => image.b64_json)).toEqual(
      call.pictures.map((picture) => picture.toString('base64')),
    );
    expect(answer.usage?.input_tokens_details.image_tokens).toBe(150);
  });

  test('previews come through as they are', async () => {
    const stream = await client.images.generate({
      model: 'gpt-image-2',
      prompt: 'a fox',
      stream: true,
      partial_images: 2,
    });
    const pictures: string[] = [];
    for await (const event of stream) pictures.push(event.b64_json);
    expect(pictures).toEqual(lastCall().pictures.map((picture) => picture.toString('base64')));
    expect(pictures).toHaveLength(3);
  });

  test('a prompt that was revised is told', async () => {
    const answer = await client.images.generate({
      model: 'dall-e-3',
      prompt: 'a fox',
      response_format: 'b64_json',
    });
    expect(answer.data?.[0]?.revised_prompt).toBe('revised 0');
    expect(answer.data?.[0]?.b64_json).toBe(lastCall().pictures[0]?.toString('base64'));
  });

  test('a refusal of content is told as one, and asked for once', async () => {
    const callsBefore = upstream.calls.length;
    upstream.next({
      instead: {
        status: 400,
        body: {
          error: {
            message: 'Your request was rejected by the safety system.',
            type: 'image_generation_user_error',
            code: 'moderation_blocked',
            param: null,
            moderation_details: { moderation_stage: 'input', categories: ['violence'] },
          },
        },
      },
    });
    const refused = await client.images
      .generate({ model: 'gpt-image-2', prompt: 'something bad' })
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(OpenAI.BadRequestError);
    expect(refused).toMatchObject({
      code: 'moderation_blocked',
      type: 'image_generation_user_error',
      error: { moderation_details: { moderation_stage: 'input', categories: ['violence'] } },
    });
    expect(upstream.calls.length - callsBefore).toBe(1);
  });

  test.each([
    ['a cut answer', { cutAfterBytes: 500 }],
    ['a failure', { instead: { status: 500, body: { error: { message: 'Oops', type: 'server_error' } } } }],
    ['garbage', { instead: { body: '<html>' } }],
  ])('%s is told, never shows the key, and is asked for once', async (_, behaviour) => {
    const callsBefore = upstream.calls.length;
    upstream.next(behaviour);
    const failed = await pictor.call('/v1/images/generations', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'gpt-image-2', prompt: 'a fox' }),
    });
    expect(failed.status).toBe(502);
    expect(await failed.text()).not.toContain(upstreamKey);
    expect(pictor.output()).not.toContain(upstreamKey);
    expect(upstream.calls.length - callsBefore).toBe(1);
  });

  test('sketch no longer stands in: a model without a provider says what to set', async () => {
    const callsBefore = upstream.calls.length;
    const missing = await client.images
      .generate({ model: 'gemini-3-pro-image', prompt: 'a fox' })
      .catch((error: unknown) => error);
    expect(missing).toBeInstanceOf(OpenAI.NotFoundError);
    expect(missing).toMatchObject({ code: 'model_not_found' });
    expect(String(missing)).toContain('GEMINI_API_KEY');
    expect(upstream.calls.length).toBe(callsBefore);
    const own = await client.images.generate({ model: 'sketch-1', prompt: 'a fox' });
    expect(imagesResponse.parse(own).pictor?.engine).toBe('sketch');
  });
});
