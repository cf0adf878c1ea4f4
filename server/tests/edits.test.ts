import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type ImagesResponse, imagesResponse } from '@pictor/api';
import type OpenAI from 'openai';
import { toFile } from 'openai';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FormPart, toForm, toJson } from './support/forms.ts';
import {
  countChanges,
  differenceOf,
  forgeHugePng,
  paintLandscape,
  paintMask,
  paintNoise,
  paintPlain,
  paintThing,
  readPixels,
  shareOf,
  toDataUrl,
} from './support/pictures.ts';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';

const square = { width: 256, height: 256 };
const hole = { left: 96, top: 64, width: 128, height: 128 };
const route = '/v1/images/edits';

let pictor: Pictor;
let client: OpenAI;
let landscape: Buffer;
let mask: Buffer;
let pictures: Server;
let picturesUrl: string;

beforeAll(async () => {
  landscape = await paintLandscape(square);
  mask = await paintMask(square, hole);
  pictures = createServer((request, response) => {
    if (request.url !== '/landscape.png') return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(landscape);
  });
  pictures.listen(0, '127.0.0.1');
  await once(pictures, 'listening');
  const { port } = pictures.address() as AddressInfo;
  picturesUrl = `http://127.0.0.1:${port}`;
  pictor = await startPictor({ env: { PICTOR_FETCH_ALLOW: `127.0.0.1:${port}` } });
  client = pictor.client();
});
afterAll(async () => {
  await pictor.stop();
  pictures.close();
  await removeDataDirs();
});

async function answerOf(response: Response): Promise<ImagesResponse> {
  expect(response.status).toBe(200);
  return imagesResponse.parse(await response.json());
}

async function errorOf(response: Response) {
  const body = (await response.json()) as {
    error: { message: string; type: string; param: unknown; code: unknown };
  };
  return { status: response.status, ...body.error };
}

function pixelsOf(answer: Pick<ImagesResponse, 'data'>, index = 0) {
  return readPixels(Buffer.from(answer.data[index]?.b64_json ?? '', 'base64'));
}

/** Bytes of the pictures that a request brought, in the order in which the row keeps them. */
async function keptInputs(answer: ImagesResponse): Promise<{ role: string; bytes: Buffer }[]> {
  const row = (await (await pictor.call(`/api/requests/${answer.pictor?.request}`)).json()) as {
    inputs: { role: string; url: string }[];
  };
  return await Promise.all(
    row.inputs.map(async ({ role, url }) => ({
      role,
      bytes: Buffer.from(await (await pictor.call(url)).arrayBuffer()),
    })),
  );
}

/** Small pictures that differ, for questions of order. */
async function paintMany(count: number): Promise<Buffer[]> {
  const colours = Array.from(
    { length: count },
    (_, index) => `rgb(${index * 15}, ${255 - index * 12}, ${(index * 77) % 256})`,
  );
  return await Promise.all(colours.map((colour) => paintPlain({ width: 40, height: 40 }, colour)));
}

describe('a form', () => {
  test('of the official client edits one picture, and the answer tells what was really done', async () => {
    const { data, response } = await client.images
      .edit({
        model: 'gpt-image-1',
        image: await toFile(landscape, 'landscape.png', { type: 'image/png' }),
        prompt: 'The same landscape at night',
        quality: 'low',
      })
      .withResponse();
    const answer = imagesResponse.parse(data);
    const { width, height } = await pixelsOf(answer);
    expect(answer).toMatchObject({
      size: `${width}x${height}`,
      quality: 'low',
      output_format: 'png',
      background: 'opaque',
    });
    const { usage } = answer;
    expect(usage?.input_tokens_details.image_tokens).toBeGreaterThan(0);
    expect(usage?.input_tokens_details.text_tokens).toBeGreaterThan(0);
    expect(usage?.input_tokens).toBe(
      (usage?.input_tokens_details.image_tokens ?? 0) + (usage?.input_tokens_details.text_tokens ?? 0),
    );
    expect(usage?.total_tokens).toBe((usage?.input_tokens ?? 0) + (usage?.output_tokens ?? 0));
    expect(answer.pictor?.request).toBe(response.headers.get('x-request-id'));
    const again = await answerOf(await pictor.call(`${route}/${answer.pictor?.request}`));
    expect(again).toEqual(answer);
  });

  test.each([
    ['image', ['image']],
    ['a repeated image', ['image', 'image', 'image']],
    ['image[]', ['image[]']],
    ['a repeated image[]', ['image[]', 'image[]', 'image[]']],
    ['numbered images', ['image[0]', 'image[1]', 'image[2]']],
    ['numbers in an order of their own, which is the order sent', ['image[2]', 'image[0]']],
    ['spellings side by side', ['image', 'image[]', 'image[0]']],
  ])('has %s', async (_title, names) => {
    const sent = await paintMany(names.length);
    const parts = names.map((name, index) => [name, sent[index] ?? ''] as const);
    const answer = await answerOf(
      await pictor.call(
        route,
        toForm([['model', 'gpt-image-1'], ...parts, ['prompt', 'A basket'], ['quality', 'low']]),
      ),
    );
    const kept = await keptInputs(answer);
    expect(kept.map(({ bytes }) => sent.findIndex((each) => each.equals(bytes)))).toEqual([...sent.keys()]);
  });

  test('has sixteen pictures, in the order sent, with the mask on the first; seventeen are too many', async () => {
    const sent = await paintMany(17);
    const files = await Promise.all(
      sent.map((bytes, index) => toFile(bytes, `${index}.png`, { type: 'image/png' })),
    );
    const size = { width: 40, height: 40 };
    const data = await client.images.edit({
      model: 'gpt-image-1',
      image: files.slice(0, 16),
      mask: await toFile(await paintMask(size, { left: 10, top: 10, width: 8, height: 8 }), 'mask.png'),
      prompt: 'A quilt of all of them',
      quality: 'low',
    });
    const kept = await keptInputs(imagesResponse.parse(data));
    const images = kept.filter(({ role }) => role === 'input');
    expect(images.map(({ bytes }) => sent.findIndex((each) => each.equals(bytes)))).toEqual([
      ...sent.slice(0, 16).keys(),
    ]);
    expect(kept.filter(({ role }) => role === 'mask')).toHaveLength(1);
    await expect(
      client.images.edit({ model: 'gpt-image-1', image: files, prompt: 'A quilt' }),
    ).rejects.toMatchObject({ status: 400, code: 'too_many_images', param: 'image' });
  });

  test('has scalars as strings, before and after the pictures', async () => {
    const answer = await answerOf(
      await pictor.call(
        route,
        toForm([
          ['n', '2'],
          ['output_format', 'webp'],
          ['image', landscape],
          ['output_compression', '30'],
          ['prompt', 'Füchse 🦊 im Schnee'],
          ['model', 'gpt-image-1'],
          ['size', '1536x1024'],
          ['quality', 'low'],
          ['background', 'opaque'],
          ['input_fidelity', 'high'],
          ['stream', 'False'],
          ['partial_images', '0'],
          ['user', ''],
        ]),
      ),
    );
    expect(answer.data).toHaveLength(2);
    expect(answer.data[0]?.b64_json).not.toBe(answer.data[1]?.b64_json);
    const metadata = await sharp(Buffer.from(answer.data[1]?.b64_json ?? '', 'base64')).metadata();
    expect(metadata).toMatchObject({ format: 'webp', width: 1536, height: 1024 });
    const row = await (await pictor.call(`/api/requests/${answer.pictor?.request}`)).json();
    expect(row).toMatchObject({
      prompt: 'Füchse 🦊 im Schnee',
      parameters: { n: 2, output_compression: 30, input_fidelity: 'high' },
    });
  });

  test.each([
    ['without a filename', 'name="image"\r\nContent-Type: image/png'],
    ['with an empty filename', 'name="image"; filename=""\r\nContent-Type: image/png'],
    ['with a filename in UTF-8', 'name="image"; filename*=UTF-8\'\'f%C3%BC.png'],
    ['with a name without quotes', 'name=image; filename=fox.png'],
  ])('has a picture %s', async (_title, head) => {
    const field = (name: string, value: string) =>
      `--XyZ\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const response = await pictor.call(route, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary="XyZ"' },
      body: Buffer.concat([
        Buffer.from(`${field('model', 'sketch-1')}${field('size', '64x64')}${field('prompt', 'A fox')}`),
        Buffer.from(`--XyZ\r\nContent-Disposition: form-data; ${head}\r\n\r\n`),
        landscape,
        Buffer.from('\r\n--XyZ--\r\n'),
      ]),
    });
    expect((await answerOf(response)).data).toHaveLength(1);
  });

  test('of curl says with its status what it lacks', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pictor-edit-'));
    await writeFile(join(folder, 'landscape.png'), landscape);
    const post = async (...fields: string[]) => {
      const flags = fields.flatMap((field) => ['-F', field]);
      const { stdout } = await promisify(execFile)(
        'curl',
        ['-sS', '-w', '\n%{http_code}', `${pictor.url}${route}`, '-H', `x-api-key: ${pictor.key}`, ...flags],
        { cwd: folder, maxBuffer: 64 * 1024 * 1024 },
      );
      const [body = '', status] = stdout.split('\n');
      return { status: Number(status), body: JSON.parse(body) };
    };
    expect(await post('image=@landscape.png', 'prompt=A fox', 'quality=low')).toMatchObject({
      status: 200,
      body: { pictor: { model: 'gpt-image-1.5' } },
    });
    for (const [fields, code, param] of [
      [['image=@landscape.png'], 'missing_required_parameter', 'prompt'],
      [['prompt=A fox'], 'missing_required_parameter', 'image'],
      [['mask=@landscape.png', 'prompt=A fox'], 'missing_required_parameter', 'image'],
      [['image=@landscape.png', 'prompt=A fox', 'n=two'], 'invalid_type', 'n'],
      [['image=@landscape.png', 'prompt=A fox', 'n=2', 'n=3'], 'duplicate_parameter', 'n'],
      [['image=@landscape.png', 'prompt=A fox', 'picture=@landscape.png'], 'unknown_parameter', 'picture'],
      [['image=@landscape.png', 'prompt=A fox', 'stream=perhaps'], 'invalid_type', 'stream'],
    ] as const) {
      expect(await post(...fields)).toMatchObject({ status: 400, body: { error: { code, param } } });
    }
    await rm(folder, { recursive: true });
  });
});

describe('JSON', () => {
  const prompt = { model: 'gpt-image-1', prompt: 'A quiet valley', quality: 'low' };

  test('names pictures by data URL, address and file, in order, and a mask by file', async () => {
    const upload = async (bytes: Buffer) =>
      (await client.files.create({ file: await toFile(bytes, 'a.png'), purpose: 'vision' })).id;
    const plain = await paintPlain(square, '#884422');
    const answer = await answerOf(
      await pictor.call(
        route,
        toJson({
          ...prompt,
          images: [
            { image_url: `${picturesUrl}/landscape.png` },
            { file_id: await upload(plain) },
            { image_url: toDataUrl(await paintPlain(square, '#224488')) },
          ],
          mask: { file_id: await upload(mask) },
        }),
      ),
    );
    const kept = await keptInputs(answer);
    expect(kept.map(({ role }) => role).sort()).toEqual(['input', 'input', 'input', 'mask']);
    const [first, second] = kept.filter(({ role }) => role === 'input');
    expect(first?.bytes.equals(landscape)).toBe(true);
    expect(second?.bytes.equals(plain)).toBe(true);
  });

  test('has a mask as data URL, which leaves the rest of the picture as it was', async () => {
    const answer = await answerOf(
      await pictor.call(
        route,
        toJson({
          model: 'sketch-1',
          prompt: 'A flamingo',
          size: '256x256',
          images: [{ image_url: toDataUrl(landscape) }],
          mask: { image_url: toDataUrl(mask) },
        }),
      ),
    );
    const changes = countChanges(await readPixels(landscape), await pixelsOf(answer), hole);
    expect(changes.outside).toBe(0);
    expect(changes.inside).toBeGreaterThan(500);
  });

  test.each([
    ['no pictures', {}, 'missing_required_parameter', 'image'],
    ['an empty list', { images: [] }, 'missing_required_parameter', 'image'],
    ['an empty reference', { images: [{}] }, 'missing_required_parameter', 'images[0]'],
    [
      'a reference to two things',
      { images: [{ image_url: 'https://example.com/a.png', file_id: 'file-1' }] },
      'invalid_value',
      'images[0]',
    ],
    ['strings for references', { images: ['https://example.com/a.png'] }, 'invalid_type', 'images[0]'],
    [
      'a member that references do not have',
      { images: [{ image_url: 'data:,', detail: 'high' }] },
      'unknown_parameter',
      'images[0].detail',
    ],
    ['an unknown file', { images: [{ file_id: 'file-1' }] }, 'not_found', 'images[0].file_id', 404],
    [
      'what is not base64',
      { images: [{ image_url: 'data:image/png;base64,%%%' }] },
      'invalid_base64_image',
      'images[0].image_url',
    ],
    [
      'a data URL of text',
      { images: [{ image_url: 'data:text/plain;base64,aGVsbG8=' }] },
      'invalid_image_format',
      'images[0].image_url',
    ],
  ])('with %s is refused', async (_title, body, code, param, status = 400) => {
    const error = await errorOf(await pictor.call(route, toJson({ ...prompt, ...body })));
    expect(error).toMatchObject({ status, code, param, type: 'invalid_request_error' });
  });

  test.each([
    ['another port of the allowed host', 'http://127.0.0.1:9/a.png', 'invalid_image_url'],
    ['the machine itself', 'http://localhost/a.png', 'invalid_image_url'],
    ['the cloud’s own address', 'http://169.254.169.254/latest/meta-data', 'invalid_image_url'],
    ['loopback in other digits', 'http://2130706433/a.png', 'invalid_image_url'],
    ['loopback as IPv6', 'http://[::1]/a.png', 'invalid_image_url'],
    ['loopback as IPv4 within IPv6', 'HTTP://user:password@[::ffff:127.0.0.1]/a.png', 'invalid_image_url'],
  ])('never reaches %s', async (_title, image_url, code) => {
    const body = { ...prompt, images: [{ image_url }] };
    expect(await errorOf(await pictor.call(route, toJson(body)))).toMatchObject({
      status: 400,
      code,
      param: 'images[0].image_url',
    });
  });

  test('says when nothing stands at an allowed address', async () => {
    const body = { ...prompt, images: [{ image_url: `${picturesUrl}/nothing.png` }] };
    const error = await errorOf(await pictor.call(route, toJson(body)));
    expect(error).toMatchObject({ status: 400, code: 'failed_to_download_image' });
    expect(error.message).toContain('404');
  });
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

test('several references come together in one picture', async () => {
  const things = [
    [200, 30, 40],
    [30, 60, 200],
    [20, 150, 60],
  ] as const;
  const images = await Promise.all(
    things.map(async (colour) => {
      const bytes = await paintThing({ width: 300, height: 400 }, `rgb(${colour.join(',')})`);
      return await toFile(bytes, 'thing.png', { type: 'image/png' });
    }),
  );
  const answer = await client.images.edit({
    model: 'gpt-image-2',
    image: images,
    prompt: 'A gift basket on a white background containing all the items in the reference pictures',
    size: '1024x1024',
  });
  const pixels = await pixelsOf(imagesResponse.parse(answer));
  for (const colour of things) expect(shareOf(pixels, colour)).toBeGreaterThan(0.01);
});
