import { once } from 'node:events';
import { request } from 'node:http';
import { imageStreamEvent } from '@pictor/api';
import OpenAI, { toFile } from 'openai';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toForm, toJson } from './support/forms.ts';
import { differenceOf, paintLandscape, paintMask, readPixels } from './support/pictures.ts';
import { readStream, type WireStream } from './support/read-events.ts';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';

const route = '/v1/images/generations';
const river = {
  model: 'gpt-image-1',
  prompt: 'A river in winter',
  quality: 'low',
  stream: true,
} as const;

let pictor: Pictor;
/** A Pictor whose engine takes long enough to be watched. */
let slow: Pictor;
let client: OpenAI;
let picture: Buffer;

beforeAll(async () => {
  [pictor, slow] = await Promise.all([
    startPictor(),
    startPictor({ env: { PICTOR_SKETCH_DELAY_MS: '2800' } }),
  ]);
  client = pictor.client();
  picture = await paintLandscape({ width: 256, height: 256 });
});
afterAll(async () => {
  await Promise.all([pictor.stop(), slow.stop()]);
  await removeDataDirs();
});

async function streamOf(response: Response): Promise<WireStream> {
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  return readStream(await response.text());
}

async function stream(body: Record<string, unknown>, headers: Record<string, string> = {}) {
  return await streamOf(await pictor.call(route, toJson(body, headers)));
}

type Data = {
  type: string;
  b64_json: string;
  usage?: { output_tokens: number };
  pictor?: Record<string, unknown>;
  [name: string]: unknown;
};

function dataOf(wire: WireStream): Data[] {
  return wire.events.map((event) => {
    expect(imageStreamEvent.safeParse(event.data).error).toBeUndefined();
    return event.data as Data;
  });
}

async function pixelsOf(data: Data | undefined) {
  return await readPixels(Buffer.from(data?.b64_json ?? '', 'base64'));
}

/** How far each preview of a stream is from its picture, in order. */
async function distancesOf(wire: WireStream): Promise<number[]> {
  const data = dataOf(wire);
  expect(data.map((each) => each.partial_image_index)).toEqual([0, 1, 2, undefined]);
  const pictures = await Promise.all(data.map(pixelsOf));
  const final = pictures.at(-1);
  if (final === undefined) throw new Error('There is no picture.');
  return pictures.slice(0, -1).map((preview) => differenceOf(preview, final));
}

function expectStages(distances: readonly number[]): void {
  expect(distances).toEqual([...distances].sort((a, b) => b - a));
  expect(new Set(distances).size).toBe(3);
  expect(distances.at(-1)).toBeGreaterThan(0);
}

describe('a stream of a generation', () => {
  test('has the lines, names and members of the wire', async () => {
    const wire = await stream({ ...river, partial_images: 2, size: '1536x1024', output_format: 'webp' });
    expect(wire.comments[0]).toBe(': working');
    const names = ['partial_image', 'partial_image', 'completed'].map((name) => `image_generation.${name}`);
    expect(wire.events.map((event) => event.head)).toEqual(
      names.map((name, index) => [`id: ${index + 1}`, `event: ${name}`]),
    );
    const [first, second, completed] = dataOf(wire);
    const shared = { size: '1536x1024', quality: 'low', background: 'opaque', output_format: 'webp' };
    for (const [index, partial] of [first, second].entries()) {
      expect(partial).toEqual({
        type: 'image_generation.partial_image',
        id: expect.stringMatching(/^img-[0-9a-f]{32}$/),
        b64_json: expect.any(String),
        created_at: expect.any(Number),
        partial_image_index: index,
        pictor: { index: 0 },
        ...shared,
      });
    }
    expect(completed).toEqual({
      type: 'image_generation.completed',
      id: first?.id,
      b64_json: expect.any(String),
      created_at: expect.any(Number),
      usage: {
        input_tokens: expect.any(Number),
        input_tokens_details: { text_tokens: expect.any(Number), image_tokens: 0 },
        output_tokens: expect.any(Number),
        output_tokens_details: expect.anything(),
        total_tokens: expect.any(Number),
      },
      pictor: expect.objectContaining({ engine: 'sketch', model: 'gpt-image-1', adjustments: [], index: 0 }),
      ...shared,
    });
    for (const data of [first, second, completed]) {
      const metadata = await sharp(Buffer.from(data?.b64_json ?? '', 'base64')).metadata();
      expect(metadata).toMatchObject({ format: 'webp', width: 1536, height: 1024 });
    }
  });

  test('has nothing but the wire’s own where extensions are off', async () => {
    const wire = await stream({ ...river, partial_images: 1 }, { 'x-pictor-extensions': 'off' });
    expect(wire.events.map((event) => event.head)).toEqual([
      ['event: image_generation.partial_image'],
      ['event: image_generation.completed'],
    ]);
    const members = ['b64_json', 'background', 'created_at', 'output_format', 'quality', 'size', 'type'];
    const [partial, completed] = dataOf(wire);
    expect(Object.keys(partial ?? {}).sort()).toEqual([...members, 'partial_image_index'].sort());
    expect(Object.keys(completed ?? {}).sort()).toEqual([...members, 'usage'].sort());
  });

  test.each([
    ['gpt-image-1', 'A red boat on a lake'],
    ['gpt-image-2', 'A watercolor of a lighthouse at night'],
    ['sketch-1', 'A photo of a cat with a hat'],
  ])('of %s comes nearer to the picture with each preview', async (model, prompt) => {
    expectStages(await distancesOf(await stream({ model, prompt, stream: true, partial_images: 3 })));
  });

  test('of an edit comes nearer to the picture with each preview', async () => {
    const form = toForm([
      ['model', 'sketch-1'],
      ['prompt', 'The same landscape at night'],
      ['size', '256x256'],
      ['stream', 'true'],
      ['partial_images', '3'],
      ['image', picture],
    ]);
    expectStages(await distancesOf(await streamOf(await pictor.call('/v1/images/edits', form))));
  });

  test('has one event for partial_images 0, and none is needed', async () => {
    for (const body of [river, { ...river, partial_images: 0 }]) {
      expect(dataOf(await stream(body)).map(({ type }) => type)).toEqual(['image_generation.completed']);
    }
  });

  test('counts a hundred output tokens for each preview', async () => {
    const tokens = async (partial_images: number) =>
      dataOf(await stream({ ...river, partial_images })).at(-1)?.usage?.output_tokens ?? 0;
    expect((await tokens(3)) - (await tokens(0))).toBe(300);
  });

  test('of three pictures has a completed event for each, in order, and usage on the last', async () => {
    const data = dataOf(await stream({ ...river, n: 3, partial_images: 1 }));
    const completed = data.filter(({ type }) => type === 'image_generation.completed');
    expect(data.slice(-3)).toEqual(completed);
    expect(completed.map((each) => each.pictor?.index)).toEqual([0, 1, 2]);
    expect(completed.map((each) => each.usage !== undefined)).toEqual([false, false, true]);
    expect(new Set(completed.map((each) => each.b64_json)).size).toBe(3);
    expect(new Set(data.map((each) => each.id)).size).toBe(1);
    const previews = data.filter(({ type }) => type === 'image_generation.partial_image');
    expect(previews.map((each) => each.pictor?.index)).toEqual([0, 1, 2]);
    expect(previews.map((each) => each.partial_image_index)).toEqual([0, 0, 0]);
    // Each picture is the one that the row keeps under its position.
    const { images } = (await (await pictor.call(`/api/requests/${data[0]?.id}`)).json()) as {
      images: { url: string }[];
    };
    const kept = await Promise.all(
      images.map(async ({ url }) => Buffer.from(await (await pictor.call(url)).arrayBuffer())),
    );
    expect(kept.map((bytes) => bytes.toString('base64'))).toEqual(completed.map((each) => each.b64_json));
  });

  test('is the same when it is had again by its id', async () => {
    const first = dataOf(await stream({ ...river, partial_images: 2 }));
    const again = await streamOf(
      await pictor.call(`${route}/${first[0]?.id}`, { headers: { accept: 'text/event-stream' } }),
    );
    expect(dataOf(again)).toEqual(first);
    const rest = await streamOf(
      await pictor.call(`${route}/${first[0]?.id}`, {
        headers: { accept: 'text/event-stream', 'last-event-id': '2' },
      }),
    );
    expect(dataOf(rest)).toEqual(first.slice(2));
  });
});

describe('the official client', () => {
  test('yields typed events of a generation', async () => {
    const events = await client.images.generate({ ...river, partial_images: 2 });
    const indexes: number[] = [];
    let final: OpenAI.ImageGenCompletedEvent | undefined;
    for await (const event of events) {
      if (event.type === 'image_generation.partial_image') indexes.push(event.partial_image_index);
      else final = event;
    }
    expect(indexes).toEqual([0, 1]);
    expect(final?.usage?.total_tokens).toBeGreaterThan(0);
    expect((await sharp(Buffer.from(final?.b64_json ?? '', 'base64')).metadata()).format).toBe('png');
  });

  test('yields typed events of an edit with a mask', async () => {
    const size = { width: 256, height: 256 };
    const mask = await paintMask(size, { left: 60, top: 60, width: 100, height: 100 });
    const events = await client.images.edit({
      model: 'gpt-image-1.5',
      image: await toFile(picture, 'room.png', { type: 'image/png' }),
      mask: await toFile(mask, 'mask.png', { type: 'image/png' }),
      prompt: 'The same room with a flamingo',
      stream: true,
      partial_images: 1,
    });
    const seen: OpenAI.ImageEditStreamEvent[] = [];
    for await (const event of events) seen.push(event);
    expect(seen.map(({ type }) => type)).toEqual(['image_edit.partial_image', 'image_edit.completed']);
    const last = seen.at(-1);
    if (last?.type !== 'image_edit.completed') throw new Error('There is no completed event.');
    expect(last.usage?.input_tokens_details.image_tokens).toBeGreaterThan(0);
    expect(imageStreamEvent.safeParse(last).success).toBe(true);
  });

  test('throws before the first event where the request is wrong', async () => {
    const work = client.images.generate({ ...river, partial_images: 4 });
    await expect(work).rejects.toThrow(OpenAI.BadRequestError);
    await expect(work).rejects.toMatchObject({ code: 'invalid_value', param: 'partial_images' });
  });

  test('throws an error of the stream where the engine stops behind the first event', async () => {
    const { data: events, response } = await slow
      .client()
      .images.generate({ ...river, partial_images: 1 })
      .withResponse();
    const seen: string[] = [];
    const watched = (async () => {
      for await (const event of events) seen.push(event.type);
    })();
    const caught = watched.catch((error: unknown) => error);
    const id = response.headers.get('x-request-id');
    await slow.call(`${route}/${id}/cancel`, { method: 'POST' });
    const error = await caught;
    expect(error).toBeInstanceOf(OpenAI.APIError);
    expect(error).toMatchObject({ code: 'request_cancelled', type: 'invalid_request_error' });
    expect(seen).not.toContain('image_generation.completed');

    const again = await streamOf(
      await slow.call(`${route}/${id}`, { headers: { accept: 'text/event-stream' } }),
    );
    const last = again.events.at(-1);
    expect(last?.head.at(-1)).toBe('event: error');
    expect(last?.data).toEqual({
      error: expect.objectContaining({ code: 'request_cancelled', message: expect.any(String), param: null }),
      pictor: expect.objectContaining({ request: id, model: 'gpt-image-1', engine: 'sketch' }),
    });
  });
});

describe('what cannot be streamed', () => {
  test.each([
    ['dall-e-3', {}, 'default', 'invalid_value', 'stream'],
    ['dall-e-2', {}, 'strict', 'invalid_value', 'stream'],
    ['gemini-3-pro-image', {}, 'strict', 'invalid_value', 'stream'],
    ['gpt-image-1', { partial_images: 9 }, 'lenient', 'invalid_value', 'partial_images'],
    ['gpt-image-1', { size: '7x7' }, 'default', 'invalid_value', 'size'],
    ['gpt-image-2', { background: 'transparent' }, 'lenient', 'invalid_value', 'background'],
    ['nobody-1', {}, 'default', 'model_not_found', 'model'],
  ])('%s with %j in %s mode is plain JSON', async (model, more, mode, code, param) => {
    const body = { model, prompt: 'A fox', stream: true, ...more };
    const response = await pictor.call(route, toJson(body, { 'x-pictor-parameters': mode }));
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(await response.json()).toMatchObject({ error: { code, param } });
  });

  test.each([
    ['dall-e-3', { response_format: 'url' }, { 'x-pictor-parameters': 'lenient' }],
    ['dall-e-2', { n: 2, size: '256x256' }, { 'x-pictor-parameters': 'lenient' }],
    ['openai/dall-e-3', {}, {}],
    ['gemini-3-pro-image', { partial_images: 2 }, { 'x-pictor-parameters': 'lenient' }],
    ['nano-banana-2', { partial_images: 2 }, {}],
    // Gemini's models are lenient by themselves.
    ['gemini-3.1-flash-image', {}, {}],
  ])(
    '%s with %j streams its pictures and no previews, where leniency is meant',
    async (model, more, headers) => {
      const body = { model, prompt: 'A fox', stream: true, ...more };
      const data = dataOf(await stream(body, headers as Record<string, string>));
      expect(data.map(({ type }) => type)).toEqual(
        Array.from({ length: 'n' in more ? 2 : 1 }, () => 'image_generation.completed'),
      );
      const last = data.at(-1);
      expect((await sharp(Buffer.from(last?.b64_json ?? '', 'base64')).metadata()).format).toBe('png');
      expect(last?.pictor?.adjustments).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ parameter: 'stream', action: 'dropped', requested: true, applied: null }),
        ]),
      );
    },
  );
});

describe('while the engine works', () => {
  /** A connection that is read by hand. */
  async function open(body: unknown) {
    const { hostname, port } = new URL(slow.url);
    const call = request({
      hostname,
      port,
      path: route,
      method: 'POST',
      headers: { authorization: `Bearer ${slow.key}`, 'content-type': 'application/json' },
    });
    call.on('error', () => undefined);
    call.end(JSON.stringify(body));
    const [response] = (await once(call, 'response')) as [import('node:http').IncomingMessage];
    return { call, response: response.setEncoding('utf8') };
  }

  async function statusOf(id: unknown): Promise<string> {
    const row = (await (await slow.call(`/api/requests/${id}`)).json()) as { status: string };
    return row.status;
  }

  test('the first byte leaves at once, and comments keep the line alive', async () => {
    const { response } = await open({ ...river, prompt: 'A slow river' });
    let text = '';
    response.on('data', (chunk: string) => {
      text += chunk;
    });
    await once(response, 'data');
    expect(text).toBe(': working\n\n');
    expect(await statusOf(response.headers['x-request-id'])).toBe('running');
    await once(response, 'end');
    const { comments, events } = readStream(text);
    expect(comments[0]).toBe(': working');
    expect(new Set(comments.slice(1))).toEqual(new Set([': still working']));
    expect(events).toHaveLength(1);
  });

  test('a caller that leaves does not stop the picture', async () => {
    const { call, response } = await open({ ...river, prompt: 'A river that nobody waits for' });
    const id = response.headers['x-request-id'];
    await once(response, 'data');
    response.on('error', () => undefined);
    call.destroy();
    await expect.poll(() => statusOf(id), { timeout: 20_000, interval: 250 }).toBe('succeeded');
    const saved = await streamOf(
      await slow.call(`${route}/${id}`, { headers: { accept: 'text/event-stream' } }),
    );
    const [completed] = dataOf(saved);
    expect((await pixelsOf(completed)).width).toBe(1024);
  });

  test('an edit that comes as a form is streamed as well', async () => {
    const form = toForm([
      ['model', 'gpt-image-1'],
      ['prompt', 'The same in autumn'],
      ['stream', 'true'],
      ['partial_images', '1'],
      ['image', picture],
    ]);
    const wire = await streamOf(await pictor.call('/v1/images/edits', form));
    expect(dataOf(wire).map(({ type }) => type)).toEqual([
      'image_edit.partial_image',
      'image_edit.completed',
    ]);
  });
});
