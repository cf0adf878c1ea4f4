import { type ImagesResponse, imagesResponse } from '@pictor/api';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toForm, toJson } from './support/forms.ts';
import { paintPlain, readPixels } from './support/pictures.ts';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';

const generations = '/v1/images/generations';

let pictor: Pictor;
beforeAll(async () => {
  pictor = await startPictor();
});
afterAll(async () => {
  await pictor.stop();
  await removeDataDirs();
});

type Mode = 'default' | 'lenient' | 'strict' | undefined;

async function ask(body: Record<string, unknown>, mode?: Mode, headers: Record<string, string> = {}) {
  const modes = mode === undefined ? {} : { 'x-pictor-parameters': mode };
  const response = await pictor.call(
    generations,
    toJson({ prompt: 'A fox', ...body }, { ...modes, ...headers }),
  );
  return { status: response.status, headers: response.headers, body: await response.json() };
}

async function made(body: Record<string, unknown>, mode?: Mode): Promise<ImagesResponse> {
  const answer = await ask(body, mode);
  expect(answer.status).toBe(200);
  return imagesResponse.parse(answer.body);
}

async function rowOf(id: string | undefined): Promise<Record<string, unknown>> {
  return (await (await pictor.call(`/api/requests/${id}`)).json()) as Record<string, unknown>;
}

function bytesOf(answer: ImagesResponse): Buffer {
  return Buffer.from(answer.data[0]?.b64_json ?? '', 'base64');
}

describe('a parameter that the model does not have', () => {
  test.each([
    ['gpt-image-1', 'style', 'vivid'],
    ['gpt-image-1', 'response_format', 'url'],
    ['gpt-image-1', 'aspect_ratio', '16:9'],
    ['gpt-image-2', 'seed', 7],
    ['dall-e-3', 'background', 'opaque'],
    ['dall-e-3', 'output_format', 'webp'],
    ['dall-e-2', 'moderation', 'low'],
    ['dall-e-2', 'partial_images', 2],
  ])(
    '%s and %s: OpenAI’s 400 by default and in strict mode, dropped and reported in lenient mode',
    async (model, parameter, value) => {
      for (const mode of [undefined, 'default', 'strict'] as const) {
        expect(await ask({ model, [parameter]: value }, mode)).toMatchObject({
          status: 400,
          body: {
            error: {
              type: 'invalid_request_error',
              code: 'unknown_parameter',
              param: parameter,
              message: expect.stringContaining(`Unknown parameter: '${parameter}'.`),
            },
            pictor: { model, engine: 'sketch', cost: 0, adjustments: [] },
          },
        });
      }
      const answer = await made({ model, [parameter]: value }, 'lenient');
      const adjustments = [
        {
          parameter,
          action: 'dropped',
          requested: value,
          applied: null,
          reason: expect.stringMatching(/\.$/),
        },
      ];
      expect(answer.pictor?.adjustments).toEqual(adjustments);
      expect((await rowOf(answer.pictor?.request)).adjustments).toEqual(adjustments);
    },
  );

  test.each(['gemini-3-pro-image', 'openai/gpt-image-1', 'google/gemini-3-pro-image', 'nano-banana-pro'])(
    'is dropped and reported for %s without being asked, and refused in strict mode',
    async (model) => {
      const answer = await made({ model, style: 'vivid', hats: 3 });
      expect(answer.pictor?.adjustments.map((each) => [each.parameter, each.action])).toEqual([
        ['style', 'dropped'],
        ['hats', 'dropped'],
      ]);
      expect(await ask({ model, style: 'vivid' }, 'strict')).toMatchObject({
        status: 400,
        body: { error: { code: 'unknown_parameter', param: 'style' } },
      });
    },
  );

  test('is refused for a name with a provider in front where the header says default', async () => {
    expect(await ask({ model: 'openai/gpt-image-1', style: 'vivid' }, 'default')).toMatchObject({
      status: 400,
      body: { error: { code: 'unknown_parameter', param: 'style' } },
    });
  });

  test('is dropped from a form as well', async () => {
    const picture = await paintPlain({ width: 64, height: 64 }, '#c60');
    const form = toForm([
      ['model', 'gpt-image-2'],
      ['prompt', 'A fox'],
      ['image', picture],
      ['input_fidelity', 'high'],
      ['style', 'vivid'],
    ]);
    const response = await pictor.call('/v1/images/edits', {
      ...form,
      headers: { 'x-pictor-parameters': 'lenient' },
    });
    const answer = imagesResponse.parse(await response.json());
    expect(answer.pictor?.adjustments.map((each) => each.parameter).sort()).toEqual([
      'input_fidelity',
      'style',
    ]);
  });
});

describe('an approximation', () => {
  test.each([
    ['gemini-3-pro-image', 'size', '1920x1080', '1376x768'],
    ['google/gemini-3-pro-image', 'output_format', 'webp', 'png'],
  ])(
    'of %s: %s %s is made and reported, except in strict mode',
    async (model, parameter, requested, applied) => {
      for (const mode of [undefined, 'default', 'lenient'] as const) {
        const answer = await made({ model, [parameter]: requested }, mode);
        expect(answer.pictor?.adjustments).toEqual([
          {
            parameter,
            action: 'approximated',
            requested,
            applied,
            reason: expect.stringMatching(/nearest.*\.$/),
          },
        ]);
        const { width, height, format } = await sharp(bytesOf(answer)).metadata();
        expect(parameter === 'size' ? `${width}x${height}` : format).toBe(applied);
        expect((await rowOf(answer.pictor?.request)).adjustments).toEqual(answer.pictor?.adjustments);
      }
      expect(await ask({ model, [parameter]: requested }, 'strict')).toMatchObject({
        status: 400,
        body: { error: { code: 'approximation_refused', param: parameter } },
      });
    },
  );
});

describe('a value that the model cannot take', () => {
  test.each([
    ['gpt-image-2', { background: 'transparent' }, 'background'],
    ['openai/gpt-image-2', { background: 'transparent' }, 'background'],
    ['gpt-image-1', { quality: 'best' }, 'quality'],
    ['dall-e-3', { n: 2 }, 'n'],
    ['gemini-3-pro-image', { image_size: '8K' }, 'image_size'],
    ['nano-banana-2', { response_modalities: ['text'] }, 'response_modalities'],
  ])('%s with %j is a 400 in every mode', async (model, more, param) => {
    for (const mode of [undefined, 'default', 'lenient', 'strict'] as const) {
      expect(await ask({ model, ...more }, mode)).toMatchObject({
        status: 400,
        body: { error: { code: 'invalid_value', param }, pictor: { engine: 'sketch' } },
      });
    }
  });

  test.each([
    ['x-pictor-parameters', 'loose'],
    ['x-pictor-parameters', ''],
    ['x-pictor-extensions', 'none'],
  ])('the header %s: "%s" is one, and costs nothing', async (name, value) => {
    expect(await ask({ model: 'gpt-image-1' }, undefined, { [name]: value })).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_value', param: name } },
    });
  });
});

describe('the report', () => {
  test('stands in every answer, and the row has the same', async () => {
    const answer = await ask({ model: 'openai/gpt-image-1', quality: 'low', style: 'vivid' });
    const { pictor: report } = imagesResponse.parse(answer.body);
    expect(report).toEqual({
      request: answer.headers.get('x-request-id'),
      engine: 'sketch',
      model: 'gpt-image-1',
      cost: 0,
      list_cost: expect.any(Number),
      images: [expect.stringMatching(/^img_/)],
      adjustments: [expect.objectContaining({ parameter: 'style' })],
      warnings: [expect.stringContaining('gpt-image-1 was retired')],
    });
    expect(await rowOf(report?.request)).toMatchObject({
      engine: 'sketch',
      model: 'openai/gpt-image-1',
      model_id: 'gpt-image-1',
      cost: 0,
      list_cost: report?.list_cost,
      adjustments: report?.adjustments,
      warnings: report?.warnings,
    });
  });

  test('stands beside the error of pictures and masks that the model refuses, and not before there is a model', async () => {
    const picture = await paintPlain({ width: 64, height: 48 }, '#c60');
    const post = async (model: string) => {
      const form = toForm([
        ['model', model],
        ['prompt', 'A fox'],
        ['image', picture],
      ]);
      const response = await pictor.call('/v1/images/edits', form);
      return { id: response.headers.get('x-request-id'), body: await response.json() };
    };
    const { id, body } = await post('dall-e-2');
    expect(body).toMatchObject({
      error: { code: 'invalid_image' },
      pictor: { request: id, model: 'dall-e-2', engine: 'sketch', cost: 0, adjustments: [] },
    });
    expect((body as { pictor: { warnings: string[] } }).pictor.warnings).toHaveLength(1);
    expect((await post('nobody-1')).body).not.toHaveProperty('pictor');
  });

  test('and everything else of our own is absent where extensions are off', async () => {
    const off = { 'x-pictor-extensions': 'off' };
    const answer = await ask({ model: 'gemini-3-pro-image', style: 'vivid' }, undefined, off);
    expect(Object.keys(answer.body as object).sort()).toEqual(['created', 'data', 'output_format', 'usage']);
    const refused = await ask({ model: 'gpt-image-1', style: 'vivid' }, undefined, off);
    expect(refused.status).toBe(400);
    expect(Object.keys(refused.body as object)).toEqual(['error']);
    const saved = await pictor.call(`${generations}/${answer.headers.get('x-request-id')}`, { headers: off });
    expect(await saved.json()).toEqual(answer.body);
    // It was left out of the answer only.
    expect(await rowOf(answer.headers.get('x-request-id') ?? '')).toMatchObject({
      adjustments: [{ parameter: 'style' }],
    });
  });
});

describe('what comes out is what is reported', () => {
  test('what only the vendor’s service can read is not said to be applied by an engine that stands in', async () => {
    const answer = await made({
      model: 'gpt-image-2.6-flare',
      quality: 'low',
      output_format: 'gif',
      complexity: 'low',
    });
    expect(answer.output_format).toBe('png');
    expect((await sharp(bytesOf(answer)).metadata()).format).toBe('png');
    expect(answer.pictor?.adjustments).toMatchObject([
      { parameter: 'output_format', action: 'dropped', requested: 'gif', applied: null },
      { parameter: 'complexity', action: 'dropped', requested: 'low', applied: null },
    ]);
  });

  test('output_compression changes the size of the file, and nothing else', async () => {
    for (const output_format of ['jpeg', 'webp']) {
      const sizes = [];
      for (const output_compression of [10, 60, 100]) {
        const answer = await made({
          model: 'gpt-image-1',
          prompt: 'A harbour full of boats',
          output_format,
          output_compression,
        });
        const metadata = await sharp(bytesOf(answer)).metadata();
        expect(metadata).toMatchObject({ format: output_format, width: 1024, height: 1024 });
        expect(answer.output_format).toBe(output_format);
        sizes.push(bytesOf(answer).length);
      }
      expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
      expect(new Set(sizes).size).toBe(3);
    }
  });

  test.each(['png', 'webp'])('a transparent %s has holes and colours', async (output_format) => {
    const answer = await made({
      model: 'gpt-image-1',
      prompt: 'A sticker of a red ball',
      background: 'transparent',
      output_format,
    });
    expect(answer).toMatchObject({ background: 'transparent', output_format });
    const { data } = await readPixels(bytesOf(answer));
    const alphas = data.filter((_value, index) => index % 4 === 3);
    expect(alphas[0]).toBe(0);
    expect(alphas.includes(255)).toBe(true);
  });

  test('an opaque picture has no holes', async () => {
    const answer = await made({ model: 'gpt-image-1', background: 'opaque' });
    expect(answer.background).toBe('opaque');
    const { data } = await readPixels(bytesOf(answer));
    expect(data.every((value, index) => index % 4 !== 3 || value === 255)).toBe(true);
  });

  test.each([
    ['gpt-image-1', { size: 'auto', quality: 'auto', background: 'auto' }],
    ['gpt-image-2', { size: 'auto', quality: 'auto', background: 'auto', moderation: 'auto' }],
    ['gpt-image-1.5', {}],
  ])('%s resolves %j to values', async (model, more) => {
    const answer = await made({ model, ...more });
    const { width, height } = await sharp(bytesOf(answer)).metadata();
    expect(answer.size).toBe(`${width}x${height}`);
    expect(['low', 'medium', 'high']).toContain(answer.quality);
    expect(['transparent', 'opaque']).toContain(answer.background);
    expect(answer.pictor?.adjustments).toEqual([]);
  });

  test.each(['dall-e-2', 'dall-e-3'])('%s gives links or base64, as asked', async (model) => {
    const size = model === 'dall-e-2' ? '256x256' : '1024x1024';
    const link = await made({ model, size, response_format: 'url' });
    const [image] = link.data;
    expect(Object.keys(image ?? {})).not.toContain('b64_json');
    const opened = await fetch(image?.url ?? '');
    expect(opened.headers.get('content-type')).toBe('image/png');
    const base64 = await made({ model, size, response_format: 'b64_json' });
    expect(base64.data[0]).not.toHaveProperty('url');
    expect(bytesOf(base64)).toEqual(Buffer.from(await opened.arrayBuffer()));
  });
});
