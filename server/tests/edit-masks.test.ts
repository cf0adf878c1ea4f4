import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toForm } from './support/forms.ts';
import {
  countChanges,
  forgeHugePng,
  paintLandscape,
  paintMask,
  paintNoise,
  paintPlain,
  paintThing,
  readPixels,
} from './support/pictures.ts';
import { answerOf, errorOf, pixelsOf } from './support/read-answers.ts';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';

const square = { width: 256, height: 256 };
const hole = { left: 96, top: 64, width: 128, height: 128 };
const route = '/v1/images/edits';

let pictor: Pictor;
let landscape: Buffer;
let mask: Buffer;

beforeAll(async () => {
  landscape = await paintLandscape(square);
  mask = await paintMask(square, hole);
  pictor = await startPictor();
});
afterAll(async () => {
  await pictor.stop();
  await removeDataDirs();
});

describe('a mask', () => {
  test.each([
    ['gpt-image-1', '1024x1024', { width: 1024, height: 1024 }],
    ['gpt-image-2', '1536x864', { width: 1536, height: 864 }],
    ['sketch-1', '640x480', { width: 640, height: 480 }],
    ['dall-e-2', '512x512', { width: 512, height: 512 }],
  ])('with %s at %s changes only what it leaves open', async (model, size, edge) => {
    const before = await paintLandscape(edge);
    const box = { left: 200, top: 120, width: 240, height: 200 };
    const answer = await answerOf(
      await pictor.call(
        route,
        toForm([
          ['model', model],
          ['prompt', 'A pool with a flamingo in it'],
          ['size', size],
          ['image', before],
          ['mask', await paintMask(edge, box)],
          ...(model === 'dall-e-2' ? [['response_format', 'b64_json'] as const] : []),
        ]),
      ),
    );
    const changes = countChanges(await readPixels(before), await pixelsOf(answer), box);
    expect(changes.outside).toBe(0);
    expect(changes.inside).toBeGreaterThan(5_000);
  });

  test('lies on the first picture of several', async () => {
    const form = toForm([
      ['model', 'sketch-1'],
      ['prompt', 'A fox'],
      ['size', '256x256'],
      ['image[]', landscape],
      ['image[]', await paintThing({ width: 90, height: 50 }, '#208040')],
      ['mask', mask],
    ]);
    const answer = await answerOf(await pictor.call(route, form));
    const changes = countChanges(await readPixels(landscape), await pixelsOf(answer), hole);
    expect(changes.outside).toBe(0);
    expect(changes.inside).toBeGreaterThan(500);
  });

  test('that was black and white, and had its grey put into its alpha channel, works', async () => {
    const painted = await sharp(await paintPlain(square, '#ffffff'))
      .composite([{ input: await paintPlain(hole, '#000000'), left: hole.left, top: hole.top }])
      .toColourspace('b-w')
      .raw()
      .toBuffer();
    const raw = { width: square.width, height: square.height, channels: 1 } as const;
    const withAlpha = await sharp(painted, { raw })
      .toColourspace('srgb')
      .joinChannel(painted, { raw })
      .png()
      .toBuffer();
    const form = toForm([
      ['model', 'sketch-1'],
      ['prompt', 'A fox'],
      ['size', '256x256'],
      ['image', landscape],
      ['mask', withAlpha],
    ]);
    const answer = await answerOf(await pictor.call(route, form));
    const changes = countChanges(await readPixels(landscape), await pixelsOf(answer), hole);
    expect(changes.outside).toBe(0);
    expect(changes.inside).toBeGreaterThan(500);
  });

  test.each([
    [
      'another size',
      async () => await paintMask({ width: 255, height: 256 }, { ...hole, width: 20 }),
      '256x256',
    ],
    ['no alpha channel', async () => await paintPlain(square, '#000000'), 'alpha'],
    ['another format', async () => await sharp(mask).webp({ lossless: true }).toBuffer(), 'PNG'],
    ['no picture in it', async () => Buffer.from('transparent'), 'PNG'],
    ['only half of its bytes', async () => (await paintNoise(square)).subarray(0, 100_000), 'cut off'],
    ['too many pixels', async () => forgeHugePng(65_535), 'pixels'],
  ])('with %s is refused with a sentence', async (_title, paint, words) => {
    const form = toForm([
      ['model', 'gpt-image-1'],
      ['prompt', 'A fox'],
      ['image', landscape],
      ['mask', await paint()],
    ]);
    expect(await errorOf(await pictor.call(route, form))).toMatchObject({
      status: 400,
      type: 'image_generation_user_error',
      code: 'invalid_mask_image_format',
      param: 'mask',
      message: expect.stringContaining(words),
    });
  });
});
