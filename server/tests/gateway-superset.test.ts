import { type ImagesResponse, imageStreamEvent, imagesResponse } from '@pictor/api';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { toForm, toJson } from './support/forms.ts';
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

/** What gateways in front of several vendors accept and answer beyond OpenAI's own route. */
const gatewayAnswer = imagesResponse.extend({
  id: z.string().regex(/^img-[0-9a-f]{32}$/),
  text: z.string().min(1).optional(),
  parts: z
    .array(
      z.discriminatedUnion('type', [
        z.strictObject({ type: z.literal('text'), text: z.string().min(1) }),
        z.strictObject({ type: z.literal('image'), index: z.int() }),
      ]),
    )
    .optional(),
});
type GatewayAnswer = z.infer<typeof gatewayAnswer>;

const route = '/v1/images/generations';
const square = { width: 256, height: 256 };
const hole = { left: 96, top: 64, width: 128, height: 128 };

let pictor: Pictor;
let landscape: Buffer;
let mask: Buffer;

beforeAll(async () => {
  pictor = await startPictor();
  landscape = await paintLandscape(square);
  mask = await paintMask(square, hole);
});
afterAll(async () => {
  await pictor.stop();
  await removeDataDirs();
});

async function made(body: Record<string, unknown>): Promise<GatewayAnswer> {
  const response = await pictor.call(route, toJson({ prompt: 'A fox', ...body }));
  expect(response.status).toBe(200);
  return gatewayAnswer.parse(await response.json());
}

async function refused(body: Record<string, unknown>) {
  const response = await pictor.call(route, toJson({ prompt: 'A fox', ...body }));
  return { status: response.status, body: await response.json() };
}

function bytesOf(answer: ImagesResponse, index = 0): Buffer {
  return Buffer.from(answer.data[index]?.b64_json ?? '', 'base64');
}

async function rowOf(answer: GatewayAnswer) {
  const row = await (await pictor.call(`/api/requests/${answer.id}`)).json();
  return row as { id: string; kind: string; parameters: object; inputs: { role: string; url: string }[] };
}

describe('a generation that brings pictures is an edit', () => {
  test.each([
    ['a data URL', (bytes: Buffer) => toDataUrl(bytes)],
    ['bare base64', (bytes: Buffer) => bytes.toString('base64')],
    ['base64 in lines', (bytes: Buffer) => bytes.toString('base64').replace(/.{60}/g, '$&\n')],
    ['a list of one', (bytes: Buffer) => [toDataUrl(bytes)]],
  ])('from %s', async (_title, write) => {
    const answer = await made({ model: 'openai/gpt-image-2', image: write(landscape), quality: 'low' });
    expect(answer.usage?.input_tokens_details.image_tokens).toBeGreaterThan(0);
    const row = await rowOf(answer);
    expect(row.kind).toBe('edit');
    expect(row.inputs).toHaveLength(1);
    const kept = await (await pictor.call(row.inputs[0]?.url ?? '')).arrayBuffer();
    expect(Buffer.from(kept).equals(landscape)).toBe(true);
  });

  test('from a list of several, in order, in every spelling', async () => {
    const colours = ['#f00', '#0f0', '#00f'];
    const sent = await Promise.all(colours.map((colour) => paintPlain({ width: 40, height: 40 }, colour)));
    const [red = landscape, green = landscape, blue = landscape] = sent;
    const answer = await made({
      model: 'google/gemini-3-pro-image',
      image: [toDataUrl(red), green.toString('base64'), toDataUrl(blue)],
      media_resolution: 'low',
    });
    const { inputs } = await rowOf(answer);
    const kept = await Promise.all(
      inputs.map(async ({ url }) => Buffer.from(await (await pictor.call(url)).arrayBuffer())),
    );
    expect(kept.map((bytes) => sent.findIndex((each) => each.equals(bytes)))).toEqual([0, 1, 2]);
  });

  test('with a mask in base64, which leaves the rest of the picture as it was', async () => {
    const answer = await made({
      model: 'sketch-1',
      prompt: 'A ball',
      size: '256x256',
      image: toDataUrl(landscape),
      mask: mask.toString('base64'),
    });
    const changes = countChanges(await readPixels(landscape), await readPixels(bytesOf(answer)), hole);
    expect(changes.outside).toBe(0);
    expect(changes.inside).toBeGreaterThan(500);
  });

  test('from a form: one binary image, or image[], and a mask', async () => {
    for (const name of ['image', 'image[]']) {
      const form = toForm([
        ['model', 'openai/gpt-image-1-mini'],
        ['prompt', 'A fox'],
        ['quality', 'low'],
        [name, landscape],
        ['mask', mask],
      ]);
      const answer = gatewayAnswer.parse(await (await pictor.call(route, form)).json());
      const row = await rowOf(answer);
      expect(row.inputs.map(({ role }) => role).sort()).toEqual(['input', 'mask']);
    }
  });

  test.each(['image', '["image"]'])(
    'a form without pictures is a generation, with %s',
    async (modalities) => {
      const form = toForm([
        ['model', 'nano-banana-2'],
        ['prompt', 'A fox'],
        ['response_modalities', modalities],
      ]);
      const answer = gatewayAnswer.parse(await (await pictor.call(route, form)).json());
      expect((await rowOf(answer)).kind).toBe('generate');
      expect(answer).not.toHaveProperty('text');
    },
  );

  test('a mask without a picture has no effect, and the answer says so', async () => {
    const answer = await made({ model: 'openai/gpt-image-1-mini', quality: 'low', mask: toDataUrl(mask) });
    expect(answer.pictor?.adjustments).toMatchObject([
      { parameter: 'mask', action: 'dropped', applied: null },
    ]);
    expect((await rowOf(answer)).inputs).toEqual([]);
    expect(await refused({ model: 'gpt-image-1-mini', mask: toDataUrl(mask) })).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_value', param: 'mask' } },
    });
  });

  test('streams the events of an edit, all with one id', async () => {
    const response = await pictor.call(
      route,
      toJson({
        model: 'openai/gpt-image-2',
        prompt: 'A fox',
        quality: 'low',
        image: toDataUrl(landscape),
        stream: true,
        partial_images: 2,
      }),
    );
    const events = readStream(await response.text()).events.map(({ data }) => {
      expect(imageStreamEvent.safeParse(data).success).toBe(true);
      return data as { id: string; type: string };
    });
    expect(events.map(({ type }) => type)).toEqual([
      'image_edit.partial_image',
      'image_edit.partial_image',
      'image_edit.completed',
    ]);
    const [id] = new Set(events.map((event) => event.id));
    expect(events.every((event) => event.id === id)).toBe(true);
    expect(id).toBe(response.headers.get('x-request-id')?.replace('req_', 'img-'));
    for (const address of [`${route}/${id}`, `/v1/images/edits/${id}`, `/api/requests/${id}`]) {
      expect((await pictor.call(address)).status).toBe(200);
    }
  });
});

describe('the id of an answer', () => {
  test('opens the answer again, wherever its caller looks for it', async () => {
    const generated = await made({ model: 'nano-banana-2' });
    expect(gatewayAnswer.parse(await (await pictor.call(`${route}/${generated.id}`)).json())).toEqual(
      generated,
    );
    expect((await pictor.call(`/v1/images/edits/${generated.id}`)).status).toBe(404);
    const edited = await made({ model: 'nano-banana-2', image: toDataUrl(landscape) });
    for (const path of [route, '/v1/images/edits']) {
      expect(gatewayAnswer.parse(await (await pictor.call(`${path}/${edited.id}`)).json())).toEqual(edited);
    }
    expect((await rowOf(edited)).id).toBe(edited.pictor?.request);
  });

  test('opens no edit that came by the address of edits among the generations', async () => {
    const form = toForm([
      ['prompt', 'A fox'],
      ['quality', 'low'],
      ['image', landscape],
    ]);
    const { id } = gatewayAnswer.parse(await (await pictor.call('/v1/images/edits', form)).json());
    expect((await pictor.call(`${route}/${id}`)).status).toBe(404);
    expect((await pictor.call(`/v1/images/edits/${id}`)).status).toBe(200);
  });
});

describe('models that write', () => {
  test('answer with text, and with parts that point into data', async () => {
    const answer = await made({ model: 'google/gemini-3-pro-image', prompt: 'A garden in spring' });
    expect(answer.text).toMatch(/\w+ \w+/);
    const images = answer.parts?.filter((part) => part.type === 'image') ?? [];
    const texts = answer.parts?.flatMap((part) => (part.type === 'text' ? [part.text] : []));
    expect(images).toEqual([{ type: 'image', index: 0 }]);
    expect(texts?.join('\n')).toBe(answer.text);
    expect(answer.usage?.output_tokens_details?.text_tokens).toBeGreaterThan(0);
    for (const name of ['quality', 'background', 'size']) expect(answer).not.toHaveProperty(name);
  });

  test('write when both are asked for, and not when only pictures are', async () => {
    const model = 'nano-banana-pro';
    const both = await made({ model, response_modalities: ['text', 'image'] });
    expect(both.text).toBeDefined();
    const silent = await made({ model, response_modalities: ['image'] });
    expect(silent).not.toHaveProperty('text');
    expect(silent.parts).toEqual([{ type: 'image', index: 0 }]);
    expect(silent.usage?.output_tokens_details?.text_tokens ?? 0).toBe(0);
    expect(await refused({ model, response_modalities: ['text'] })).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_value', param: 'response_modalities' } },
    });
    expect(await refused({ model, response_modalities: [] })).toMatchObject({
      status: 400,
      body: { error: { param: 'response_modalities' } },
    });
  });

  test('make n pictures, each with its part', async () => {
    const answer = await made({ model: 'nano-banana-2', n: 3 });
    expect(answer.data).toHaveLength(3);
    expect(new Set(answer.data.map((image) => image.b64_json)).size).toBe(3);
    expect(answer.parts?.filter((part) => part.type === 'image')).toEqual([
      { type: 'image', index: 0 },
      { type: 'image', index: 1 },
      { type: 'image', index: 2 },
    ]);
    expect(answer.pictor?.adjustments).toEqual([]);
  });

  test.each([
    ['nano-banana-pro', 'gemini-3-pro-image'],
    ['nano-banana-2', 'gemini-3.1-flash-image'],
    ['google/gemini-3.1-flash-image', 'gemini-3.1-flash-image'],
    ['google/nano-banana-2', 'gemini-3.1-flash-image'],
    ['openai/gpt-image-1-mini', 'gpt-image-1-mini'],
  ])('and others go by %s', async (name, model) => {
    const answer = await made({ model: name });
    expect(answer.pictor).toMatchObject({ model });
    expect(Object.hasOwn(answer, 'parts')).toBe(model.startsWith('gemini'));
  });

  test('know their own words: how hard to think, how closely to look', async () => {
    const body = { thinking_level: 'high', media_resolution: 'high', response_format: 'b64_json' };
    const answer = await made({
      model: 'google/gemini-3.1-flash-image',
      ...body,
      image: toDataUrl(landscape),
    });
    expect(answer.pictor?.adjustments).toEqual([]);
    expect((await rowOf(answer)).parameters).toMatchObject(body);
    for (const [name, value] of Object.entries({ thinking_level: 'deep', media_resolution: 'ultra' })) {
      expect(await refused({ model: 'nano-banana-2', [name]: value })).toMatchObject({
        status: 400,
        body: { error: { code: 'invalid_value', param: name } },
      });
    }
    const other = await made({ model: 'openai/gpt-image-1-mini', quality: 'low', ...body });
    expect(other.pictor?.adjustments.map((each) => each.parameter).sort()).toEqual(Object.keys(body).sort());
  });

  test('see more tokens in a picture that they look at closely', async () => {
    const tokens = async (media_resolution: string) => {
      const answer = await made({ model: 'nano-banana-2', image: toDataUrl(landscape), media_resolution });
      return answer.usage?.input_tokens_details.image_tokens ?? 0;
    };
    expect(await tokens('high')).toBeGreaterThan(await tokens('low'));
  });

  test.each([
    ['1024x1024', '1024x1024', 0],
    ['1536x1024', '1264x848', 1],
    ['1920x1080', '1376x768', 1],
    ['500x2000', '768x1376', 1],
    ['auto', '1024x1024', 0],
  ])('make of size %s the nearest that they have, %s', async (size, applied, adjustments) => {
    const answer = await made({ model: 'google/gemini-3-pro-image', size });
    const { width, height } = await sharp(bytesOf(answer)).metadata();
    expect(`${width}x${height}`).toBe(applied);
    expect(answer.pictor?.adjustments).toHaveLength(adjustments);
  });

  test('make png of webp and jpeg of jpeg, and say so', async () => {
    const webp = await made({ model: 'nano-banana-pro', output_format: 'webp', output_compression: 50 });
    expect((await sharp(bytesOf(webp)).metadata()).format).toBe('png');
    expect(webp.output_format).toBe('png');
    expect(webp.pictor?.adjustments).toMatchObject([
      { parameter: 'output_format', action: 'approximated', requested: 'webp', applied: 'png' },
      { parameter: 'output_compression', action: 'dropped', requested: 50 },
    ]);
    const jpeg = await made({ model: 'nano-banana-pro', output_format: 'jpeg' });
    expect((await sharp(bytesOf(jpeg)).metadata()).format).toBe('jpeg');
    expect(jpeg).toMatchObject({ output_format: 'jpeg', pictor: { adjustments: [] } });
  });
});

describe('leniency that gateways’ callers expect', () => {
  test('leaves out what the model does not have, and previews outside of a stream', async () => {
    const answer = await made({
      model: 'openai/gpt-image-1-mini',
      quality: 'low',
      thinking_level: 'high',
      partial_images: 2,
      output_compression: 40,
      user: 'user-1',
    });
    expect(answer.pictor?.adjustments.map((each) => [each.parameter, each.action])).toEqual([
      ['thinking_level', 'dropped'],
      ['partial_images', 'dropped'],
      ['output_compression', 'dropped'],
    ]);
  });

  test('does not make a transparent picture opaque behind anybody’s back', async () => {
    expect(await refused({ model: 'openai/gpt-image-2', background: 'transparent' })).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_value', param: 'background' } },
    });
  });
});

describe('a key in x-api-key', () => {
  const post = async (headers: Record<string, string>) =>
    await fetch(`${pictor.url}${route}`, toJson({ model: 'nano-banana-2', prompt: 'A fox' }, headers));

  test('is as good as a Bearer token', async () => {
    expect((await post({ 'x-api-key': pictor.key })).status).toBe(200);
    const wrong = await post({ 'x-api-key': 'sk-wrong-0123456789' });
    expect(wrong.status).toBe(401);
    expect(await wrong.json()).toMatchObject({ error: { code: 'invalid_api_key' } });
  });
});
