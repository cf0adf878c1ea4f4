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
import { toForm, toJson } from './support/forms.ts';
import {
  countChanges,
  paintLandscape,
  paintMask,
  paintPlain,
  paintThing,
  readPixels,
  shareOf,
  toDataUrl,
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
    ['another protocol', 'ftp://127.0.0.1/a.png', 'invalid_image_url'],
    ['a file of the machine', 'file:///etc/hostname', 'invalid_image_url'],
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
