import type OpenAI from 'openai';
import { toFile } from 'openai';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FormPart, toForm } from './support/forms.ts';
import {
  countChanges,
  differenceOf,
  forgeHugePng,
  paintLandscape,
  paintMask,
  paintNoise,
  paintPlain,
  readPixels,
} from './support/pictures.ts';
import { answerOf, errorOf, pixelsOf } from './support/read-answers.ts';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';

const square = { width: 256, height: 256 };
const hole = { left: 96, top: 64, width: 128, height: 128 };
const route = '/v1/images/edits';

let pictor: Pictor;
let client: OpenAI;
let landscape: Buffer;
let mask: Buffer;

beforeAll(async () => {
  landscape = await paintLandscape(square);
  mask = await paintMask(square, hole);
  pictor = await startPictor();
  client = pictor.client();
});
afterAll(async () => {
  await pictor.stop();
  await removeDataDirs();
});

describe('limits of the models', () => {
  const edit = async (model: string, parts: readonly FormPart[]) =>
    await errorOf(await pictor.call(route, toForm([['model', model], ['prompt', 'A fox'], ...parts])));

  test('dall-e-2 takes one square PNG of less than 4 MB, and a mask of less than 4 MB', async () => {
    const wide = await paintPlain({ width: 300, height: 256 }, '#fff');
    const jpeg = await sharp(landscape).jpeg().toBuffer();
    const edge = { width: 1100, height: 1100 };
    const noise = await paintNoise(edge);
    expect(noise.length).toBeGreaterThan(4 * 1024 * 1024);
    const image = 'image';
    expect(await edit('dall-e-2', [['image', wide]])).toMatchObject({ code: 'invalid_image', param: image });
    expect(await edit('dall-e-2', [['image', jpeg]])).toMatchObject({ code: 'invalid_image_format' });
    expect(await edit('dall-e-2', [['image', noise]])).toMatchObject({ code: 'image_too_large' });
    const twice = [
      ['image', landscape],
      ['image', landscape],
    ] as const;
    expect(await edit('dall-e-2', twice)).toMatchObject({ code: 'too_many_images', param: 'image' });
    const plain = await paintPlain(edge, '#fff');
    expect(
      await edit('dall-e-2', [
        ['image', plain],
        ['mask', noise],
      ]),
    ).toMatchObject({
      status: 400,
      type: 'image_generation_user_error',
      code: 'invalid_mask_image_format',
      param: 'mask',
      message: expect.stringContaining('4 MB'),
    });
  });

  test('GPT Image models take masks of more than 4 MB, and pictures of less than 50 MB', async () => {
    const edge = { width: 1100, height: 1100 };
    const answer = await answerOf(
      await pictor.call(
        route,
        toForm([
          ['model', 'gpt-image-1'],
          ['prompt', 'A fox'],
          ['quality', 'low'],
          ['image', await paintPlain(edge, '#fff')],
          ['mask', await paintNoise(edge)],
        ]),
      ),
    );
    expect(answer.data).toHaveLength(1);
    const large = await paintNoise({ width: 3700, height: 3700 });
    expect(large.length).toBeGreaterThan(50 * 1024 * 1024);
    expect(await edit('gpt-image-1', [['image', large]])).toMatchObject({
      status: 400,
      code: 'image_too_large',
      param: 'image',
    });
  });

  test.each([
    ['dall-e-3', 'model', 'invalid_value', 400],
    ['gpt-5.4', 'model', 'invalid_value', 400],
    ['gpt-image-99', 'model', 'model_not_found', 404],
  ])('%s edits nothing', async (model, param, code, status) => {
    expect(await edit(model, [['image', landscape]])).toMatchObject({ status, code, param });
  });

  test.each([
    ['gpt-image-1', 'high', null],
    ['gpt-image-1', 'low', null],
    ['gpt-image-1.5', 'high', null],
    ['chatgpt-image-latest', 'high', null],
    ['gpt-image-1-mini', 'low', null],
    ['gpt-image-1-mini', 'high', 'invalid_value'],
    ['gpt-image-1', 'max', 'invalid_value'],
    ['gpt-image-2', 'high', 'invalid_input_fidelity_model'],
    ['gpt-image-2.5-flare', 'low', 'invalid_input_fidelity_model'],
    ['dall-e-2', 'high', 'unknown_parameter'],
  ])('%s with input_fidelity %s', async (model, fidelity, code) => {
    const form = toForm([
      ['model', model],
      ['prompt', 'A fox'],
      ['image', landscape],
      ['input_fidelity', fidelity],
    ]);
    const response = await pictor.call(route, form);
    if (code === null) expect((await answerOf(response)).pictor?.adjustments).toEqual([]);
    else expect(await errorOf(response)).toMatchObject({ status: 400, code, param: 'input_fidelity' });
  });

  test('high fidelity counts more image tokens than low', async () => {
    const tokens = async (fidelity: 'high' | 'low') => {
      const image = await toFile(landscape, 'a.png', { type: 'image/png' });
      const answer = await client.images.edit({
        model: 'gpt-image-1',
        image,
        prompt: 'A fox',
        quality: 'low',
        input_fidelity: fidelity,
      });
      return answer.usage?.input_tokens_details.image_tokens ?? 0;
    };
    expect(await tokens('high')).toBeGreaterThan(await tokens('low'));
  });
});

describe('pictures are what their bytes say', () => {
  const edit = async (bytes: Buffer, filename: string, type: string, model = 'gpt-image-1') =>
    await pictor.call(
      route,
      toForm([
        ['model', model],
        ['prompt', 'A fox'],
        ['quality', 'low'],
        ['image', bytes, filename, type],
      ]),
    );

  test('a JPEG that says it is a PNG counts as JPEG', async () => {
    const jpeg = await sharp(landscape).jpeg().toBuffer();
    const answer = await answerOf(await edit(jpeg, 'fox.png', 'image/png'));
    const row = await (await pictor.call(`/api/requests/${answer.pictor?.request}`)).json();
    expect(row).toMatchObject({ inputs: [{ media_type: 'image/jpeg' }] });
    const form = toForm([
      ['model', 'dall-e-2'],
      ['prompt', 'A fox'],
      ['image', jpeg, 'fox.png', 'image/png'],
    ]);
    expect(await errorOf(await pictor.call(route, form))).toMatchObject({ code: 'invalid_image_format' });
  });

  test.each([
    ['webp', 'application/octet-stream'],
    ['jpeg', ''],
    ['png', 'text/html'],
  ] as const)('a %s that is declared as "%s" is taken', async (format, type) => {
    const bytes = await sharp(landscape).toFormat(format).toBuffer();
    await answerOf(await edit(bytes, 'picture', type));
  });

  test('a CMYK photograph keeps its colours', async () => {
    const cmyk = await sharp(await paintPlain(square, '#c02020'))
      .toColourspace('cmyk')
      .jpeg()
      .toBuffer();
    expect((await sharp(cmyk).metadata()).space).toBe('cmyk');
    const form = toForm([
      ['model', 'sketch-1'],
      ['prompt', 'Leave it'],
      ['size', '256x256'],
      ['image', cmyk],
      ['mask', mask],
    ]);
    const pixels = await pixelsOf(await answerOf(await pictor.call(route, form)));
    const [red = 0, green = 0, blue = 0] = pixels.data;
    expect(red).toBeGreaterThan(140);
    expect(Math.max(green, blue)).toBeLessThan(110);
  });

  test('a photograph on its side is turned upright before it is edited, and its mask lies on it upright', async () => {
    const upright = await paintLandscape({ width: 200, height: 320 });
    const lying = await sharp(upright)
      .rotate(270)
      .jpeg({ quality: 95 })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    expect(await sharp(lying).metadata()).toMatchObject({ width: 320, height: 200, orientation: 6 });
    const box = { left: 50, top: 100, width: 80, height: 80 };
    const edited = async (maskSize: { width: number; height: number }) =>
      await pictor.call(
        route,
        toForm([
          ['model', 'sketch-1'],
          ['prompt', 'A ball'],
          ['size', '200x320'],
          ['image', lying, 'photo.jpg', 'image/jpeg'],
          ['mask', await paintMask(maskSize, box)],
        ]),
      );
    const answer = await answerOf(await edited({ width: 200, height: 320 }));
    const after = await pixelsOf(answer);
    const before = await readPixels(lying);
    expect({ width: after.width, height: after.height }).toEqual({ width: 200, height: 320 });
    expect(countChanges(before, after, box)).toMatchObject({ outside: 0 });
    expect(differenceOf(before, after)).toBeGreaterThan(0);
    expect(await errorOf(await edited({ width: 320, height: 200 }))).toMatchObject({
      code: 'invalid_mask_image_format',
      message: expect.stringContaining('200x320'),
    });
  });

  test.each([
    ['half a PNG', async () => (await paintNoise(square)).subarray(0, 100_000), 'invalid_image'],
    [
      'half a JPEG',
      async () => (await sharp(landscape).jpeg().toBuffer()).subarray(0, 2_000),
      'invalid_image',
    ],
    ['a header that promises four billion pixels', async () => forgeHugePng(65_535), 'invalid_image'],
    ['an animation', animatedWebp, 'invalid_image_format'],
    ['a GIF', async () => await sharp(landscape).gif().toBuffer(), 'invalid_image_format'],
    [
      'a drawing in SVG',
      async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      'invalid_image_format',
    ],
    ['a text', async () => Buffer.from('a cat, drawn in words'), 'invalid_image_format'],
    ['a signature and nothing behind it', async () => landscape.subarray(0, 8), 'invalid_image_format'],
    ['an empty file', async () => Buffer.alloc(0), 'invalid_image_format'],
  ])('%s is refused with a sentence', async (_title, paint, code) => {
    const error = await errorOf(await edit(await paint(), 'picture.png', 'image/png'));
    expect(error).toMatchObject({ status: 400, code, param: 'image', type: 'invalid_request_error' });
    expect(error.message).toMatch(/\.$/);
    expect(error.message).not.toMatch(/vips|\/tmp|\.ts/i);
  });
});

async function animatedWebp(): Promise<Buffer> {
  const frames = await Promise.all(['#f00', '#00f'].map((colour) => paintPlain(square, colour)));
  return await sharp(frames, { join: { animated: true } })
    .webp({ loop: 0 })
    .toBuffer();
}
