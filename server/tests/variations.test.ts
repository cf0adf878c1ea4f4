import { type ImagesResponse, imagesResponse } from '@pictor/api';
import type OpenAI from 'openai';
import { toFile } from 'openai';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FormPart, toForm, toJson } from './support/forms.ts';
import { paintLandscape, paintNoise, paintPlain, readPixels, toDataUrl } from './support/pictures.ts';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';

const route = '/v1/images/variations';

let pictor: Pictor;
let client: OpenAI;
let picture: Buffer;

beforeAll(async () => {
  pictor = await startPictor();
  client = pictor.client();
  picture = await paintLandscape({ width: 256, height: 256 });
});
afterAll(async () => {
  await pictor.stop();
  await removeDataDirs();
});

async function bytesOf(answer: ImagesResponse, index = 0): Promise<Buffer> {
  const { url, b64_json } = answer.data[index] ?? {};
  if (b64_json !== undefined) return Buffer.from(b64_json, 'base64');
  const opened = await fetch(url ?? '');
  expect(opened.status).toBe(200);
  return Buffer.from(await opened.arrayBuffer());
}

describe('variations', () => {
  test('of the official client are links by default, and pictures of the size asked', async () => {
    const data = await client.images.createVariation({
      model: 'dall-e-2',
      image: await toFile(picture, 'corgi.png', { type: 'image/png' }),
      n: 2,
      size: '512x512',
    });
    const answer = imagesResponse.parse(data);
    expect(answer.data).toHaveLength(2);
    expect(answer.data.every((image) => image.b64_json === undefined)).toBe(true);
    for (const index of [0, 1]) {
      const metadata = await sharp(await bytesOf(answer, index)).metadata();
      expect(metadata).toMatchObject({ format: 'png', width: 512, height: 512 });
    }
    expect(await bytesOf(answer, 0)).not.toEqual(await bytesOf(answer, 1));
    expect(answer.usage).toBeUndefined();
  });

  test('vary: no variation is the picture that was sent', async () => {
    const answer = imagesResponse.parse(
      await client.images.createVariation({
        image: await toFile(picture, 'corgi.png', { type: 'image/png' }),
        response_format: 'b64_json',
        size: '256x256',
      }),
    );
    expect((await readPixels(await bytesOf(answer))).data.equals((await readPixels(picture)).data)).toBe(
      false,
    );
  });

  test.each(['256x256', '512x512', '1024x1024'] as const)('come in %s as base64', async (size) => {
    const answer = imagesResponse.parse(
      await client.images.createVariation({
        image: await toFile(picture, 'corgi.png', { type: 'image/png' }),
        response_format: 'b64_json',
        size,
        user: 'user-1234',
      }),
    );
    const [width] = size.split('x').map(Number);
    expect(answer.data[0]?.url).toBeUndefined();
    expect(await sharp(await bytesOf(answer)).metadata()).toMatchObject({ width, height: width });
  });

  test('are ten at most', async () => {
    const form = (n: string) =>
      toForm([
        ['image', picture],
        ['n', n],
        ['size', '256x256'],
        ['response_format', 'b64_json'],
      ]);
    const answer = imagesResponse.parse(await (await pictor.call(route, form('10'))).json());
    expect(new Set(answer.data.map((image) => image.b64_json)).size).toBe(10);
    for (const n of ['0', '11']) {
      const refused = await pictor.call(route, form(n));
      expect(refused.status).toBe(400);
      expect(await refused.json()).toMatchObject({ error: { code: 'invalid_value', param: 'n' } });
    }
  });

  test('say that their vendor let go of them, in the answer and in the row, and are 1024 pixels wide by default', async () => {
    const response = await pictor.call(route, toForm([['image', picture]]));
    const answer = imagesResponse.parse(await response.json());
    expect(answer.pictor).toMatchObject({ model: 'dall-e-2', engine: 'sketch' });
    expect(answer.pictor?.adjustments).toMatchObject([
      { parameter: 'model', action: 'approximated', requested: 'dall-e-2', applied: 'sketch' },
    ]);
    expect(answer.pictor?.warnings.join(' ')).toMatch(/retired.*2026-05-12/);
    const row = await (await pictor.call(`/api/requests/${answer.pictor?.request}`)).json();
    expect(row).toMatchObject({ kind: 'vary', prompt: '', warnings: answer.pictor?.warnings });
    expect(await sharp(await bytesOf(answer)).metadata()).toMatchObject({ width: 1024, height: 1024 });
    const again = await pictor.call(`${route}/${answer.pictor?.request}`);
    expect(imagesResponse.parse(await again.json()).pictor).toEqual(answer.pictor);
    expect((await pictor.call(`/v1/images/edits/${answer.pictor?.request}`)).status).toBe(404);
  });

  test('are refused to callers who want no approximation', async () => {
    const form = toForm([['image', picture]]);
    const headers = { 'x-pictor-parameters': 'strict' };
    const reply = await pictor.call(route, { ...form, headers });
    expect(reply.status).toBe(400);
    expect(await reply.json()).toMatchObject({
      error: { code: 'approximation_refused', param: 'model', type: 'invalid_request_error' },
    });
  });

  test('take JSON as well', async () => {
    const body = { image: toDataUrl(picture), size: '256x256', response_format: 'b64_json' };
    const answer = imagesResponse.parse(await (await pictor.call(route, toJson(body))).json());
    expect(await sharp(await bytesOf(answer)).metadata()).toMatchObject({ width: 256 });
  });

  test.each<[string, () => Promise<readonly FormPart[]>, string, string]>([
    ['no picture', async () => [], 'missing_required_parameter', 'image'],
    [
      'a picture that is not square',
      async () => [['image', await paintPlain({ width: 300, height: 256 }, '#fff')]],
      'invalid_image',
      'image',
    ],
    [
      'a JPEG',
      async () => [['image', await sharp(picture).jpeg().toBuffer(), 'corgi.png', 'image/png']],
      'invalid_image_format',
      'image',
    ],
    [
      '4 MB or more',
      async () => [['image', await paintNoise({ width: 1100, height: 1100 })]],
      'image_too_large',
      'image',
    ],
    [
      'two pictures',
      async () => [
        ['image', picture],
        ['image', picture],
      ],
      'too_many_images',
      'image',
    ],
    [
      'a prompt',
      async () => [
        ['image', picture],
        ['prompt', 'A fox'],
      ],
      'unknown_parameter',
      'prompt',
    ],
    [
      'a mask',
      async () => [
        ['image', picture],
        ['mask', picture],
      ],
      'invalid_value',
      'mask',
    ],
    [
      'a size of other models',
      async () => [
        ['image', picture],
        ['size', '1792x1024'],
      ],
      'invalid_value',
      'size',
    ],
    [
      'a model that makes none',
      async () => [
        ['image', picture],
        ['model', 'gpt-image-1'],
      ],
      'invalid_value',
      'model',
    ],
    [
      'a stream',
      async () => [
        ['image', picture],
        ['stream', 'true'],
      ],
      'invalid_value',
      'stream',
    ],
  ])('with %s are refused', async (_title, paint, code, param) => {
    const response = await pictor.call(route, toForm(await paint()));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: { code, param, type: 'invalid_request_error', message: expect.stringMatching(/\.$/) },
    });
  });
});
