import { describe, expect, test } from 'vitest';
import { azureKey } from '../../../tests/upstreams/azure-upstream.ts';
import type { ImageJob } from '../../models/index.ts';
import { collectEvents, decodePicture, testRequestId } from '../../models/testing/collect-events.ts';
import { runToError } from '../../models/testing/run-to-error.ts';
import { brokenInput, sampleInput, sampleMask } from '../../models/testing/sample-inputs.ts';
import { sampleJob } from '../../models/testing/sample-jobs.ts';
import { modelOf, openCells, openSubject, rowOf } from './testing/open-subject.ts';

const dated = '2025-04-01-preview';
const generations = 'images.generations';
const edits = 'images.edits';

/** What the upstream got for a job; it refuses what Azure does not have. */
async function send(job: ImageJob, path?: string, variables?: Readonly<Record<string, string>>) {
  const { upstream, cell } = await openSubject(path, variables);
  const run = await collectEvents(modelOf(cell, job.row.id), job);
  const [call] = upstream.calls;
  if (call === undefined) throw new Error('Nothing was sent.');
  expect(upstream.calls).toHaveLength(1);
  return { ...call, body: Object.fromEntries(call.fields), run };
}

const everything = {
  prompt: 'ein Fuchs "unterm" Mond 🦊',
  n: 2,
  size: { width: 1536, height: 864 },
  quality: 'high',
  background: 'opaque',
  outputFormat: 'jpeg',
  outputCompression: 0,
  moderation: 'low',
  partialImages: 1,
  user: 'user-7',
} as const;

const everythingSent = {
  prompt: 'ein Fuchs "unterm" Mond 🦊',
  n: 2,
  size: '1536x864',
  quality: 'high',
  background: 'opaque',
  output_format: 'jpeg',
  output_compression: 0,
  moderation: 'low',
  stream: true,
  partial_images: 1,
  user: 'user-7',
};

describe('a generation', () => {
  test('names the deployment in the body on the v1 routes', async () => {
    const call = await send(await sampleJob(rowOf('gpt-image-2'), generations, everything));
    expect(call.path).toBe('/openai/v1/images/generations');
    expect(call.body).toEqual({ model: 'my-img', ...everythingSent });
    expect(call.headers).toMatchObject({
      'api-key': azureKey,
      accept: 'text/event-stream',
      'content-type': 'application/json',
      'x-client-request-id': testRequestId,
    });
    expect(call.headers.authorization).toBeUndefined();
    expect(call.run.partials).toHaveLength(2);
  });

  test('names the deployment in the path where there is a dated version', async () => {
    const job = await sampleJob(rowOf('gpt-image-2'), generations, everything);
    const call = await send(job, `/openai/deployments/my-img/images/edits?api-version=${dated}`);
    expect(call.path).toBe(`/openai/deployments/my-img/images/generations?api-version=${dated}`);
    expect(call.body).toEqual(everythingSent);
    expect(call.headers['api-key']).toBe(azureKey);
  });

  test('sends what was asked and nothing else', async () => {
    const { size: _size, ...job } = await sampleJob(rowOf('gpt-image-2'), generations);
    expect((await send(job)).body).toEqual({ model: 'my-img', prompt: 'a red kite over the sea' });
  });

  test.each([
    ['the host alone', '', '/openai/v1/images/generations'],
    [
      'a preview version',
      '/openai/v1?api-version=preview',
      '/openai/v1/images/generations?api-version=preview',
    ],
    [
      'a dated version behind the host',
      `?api-version=${dated}`,
      `/openai/deployments/my-img/images/generations?api-version=${dated}`,
    ],
    [
      'a deployment without a version',
      '/openai/deployments/my-img',
      `/openai/deployments/my-img/images/generations?api-version=${dated}`,
    ],
    ['a project', '/api/projects/mine', '/openai/v1/images/generations'],
  ])('goes to the right place from %s', async (_, path, expected) => {
    const call = await send(await sampleJob(rowOf('gpt-image-2'), generations), path);
    expect(call.path).toBe(expected);
  });

  test.each([
    ['OPENAI_API_VERSION', '/openai/deployments/my-img/images/generations?api-version=2025-03-01-preview'],
    [
      'AZURE_OPENAI_API_VERSION',
      '/openai/deployments/my-img/images/generations?api-version=2025-03-01-preview',
    ],
  ])('takes the version of %s', async (name, expected) => {
    const job = await sampleJob(rowOf('gpt-image-2'), generations);
    expect((await send(job, '', { [name]: '2025-03-01-preview' })).path).toBe(expected);
    // The v1 routes have no dates; the variable is there for other programs.
    expect((await send(job, '/openai/v1', { [name]: '2025-03-01-preview' })).path).toBe(
      '/openai/v1/images/generations',
    );
  });

  test('leaves the quality to the service in place of the word that it does not have', async () => {
    const call = await send(await sampleJob(rowOf('gpt-image-2'), generations, { quality: 'auto' }));
    expect(call.body).not.toHaveProperty('quality');
  });

  test('hands on what the row passes through', async () => {
    const { upstream, model } = await openSubject();
    const job = await sampleJob(rowOf('gpt-image-2'), generations, { passThrough: { glow: 3 } });
    const error = await runToError(model, job);
    // The upstream knows no such parameter yet, which shows that it came.
    expect(error.facts).toMatchObject({ kind: 'rejected', param: 'glow' });
    expect(Object.fromEntries(upstream.calls[0]?.fields ?? [])).toMatchObject({ glow: 3 });
  });

  test('tells the ids and the limits of the upstream', async () => {
    const { run } = await send(await sampleJob(rowOf('gpt-image-2'), generations));
    expect(run.started).toMatchObject({
      upstreamRequestId: 'apim-0000-1',
      upstreamHeaders: { 'x-ratelimit-limit-requests': '5', 'x-ratelimit-remaining-requests': '4' },
    });
    expect(JSON.stringify(run.started)).not.toContain(azureKey);
  });
});

describe('an edit', () => {
  test.each([
    ['/openai/v1', '/openai/v1/images/edits', { model: 'my-img' }],
    [`?api-version=${dated}`, `/openai/deployments/my-img/images/edits?api-version=${dated}`, {}],
  ])('is a form with every picture and the mask (%s)', async (path, expected, named) => {
    const images = await Promise.all([
      sampleInput({ width: 320, height: 200, format: 'png', colour: '#123' }),
      sampleInput({ width: 200, height: 320, format: 'jpeg', colour: '#456' }),
    ]);
    const mask = await sampleMask({ width: 320, height: 200 });
    // The form has no moderation, as at OpenAI.
    const { moderation: _moderation, ...asked } = everything;
    const { moderation: _sent, ...sent } = everythingSent;
    const job = await sampleJob(rowOf('gpt-image-2'), edits, { ...asked, images, mask });
    const call = await send(job, path);
    expect(call.path).toBe(expected);
    const texts = Object.entries(sent).map(([name, value]) => [name, String(value)]);
    expect(call.body).toEqual({ ...named, ...Object.fromEntries(texts) });
    expect(call.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(call.headers['api-key']).toBe(azureKey);
    expect(
      call.files.map(({ name, fileName, contentType, hash }) => [name, fileName, contentType, hash]),
    ).toEqual([
      ['image[]', 'image-1.png', 'image/png', images[0]?.hash],
      ['image[]', 'image-2.jpg', 'image/jpeg', images[1]?.hash],
      ['mask', 'mask.png', 'image/png', mask.hash],
    ]);
  });

  test('takes the fidelity of models that have one', async () => {
    const job = await sampleJob(rowOf('gpt-image-1.5'), edits, { inputFidelity: 'high' });
    expect((await send(job)).body).toMatchObject({ model: 'gpt-image-1.5', input_fidelity: 'high' });
  });

  test('sends a WebP as PNG and says so', async () => {
    const images = [await sampleInput({ width: 64, height: 48, format: 'webp', colour: '#285' })];
    const job = await sampleJob(rowOf('gpt-image-2'), edits, { images });
    const { model } = await openSubject();
    expect(model.adjustments?.(job)).toMatchObject([
      { parameter: 'image', action: 'approximated', requested: 'image/webp', applied: 'image/png' },
    ]);
    const call = await send(job);
    expect(call.files).toMatchObject([
      { name: 'image[]', fileName: 'image-1.png', contentType: 'image/png' },
    ]);
  });

  test('a WebP that cannot be read costs nothing', async () => {
    const image = await sampleInput({ width: 64, height: 48, format: 'webp', colour: '#285' });
    const { upstream, model } = await openSubject();
    const job = await sampleJob(rowOf('gpt-image-2'), edits, { images: [brokenInput(image)] });
    expect((await runToError(model, job)).facts).toMatchObject({ kind: 'unavailable', charged: 'no' });
    expect(upstream.calls).toEqual([]);
  });
});

describe('what Azure does not have', () => {
  test('a WebP comes as PNG, and both differences are told before', async () => {
    const { model } = await openSubject();
    const job = await sampleJob(rowOf('gpt-image-2'), generations, {
      outputFormat: 'webp',
      outputCompression: 80,
    });
    expect(model.adjustments?.(job)).toMatchObject([
      { parameter: 'output_format', action: 'approximated', requested: 'webp', applied: 'png' },
      { parameter: 'output_compression', action: 'dropped', requested: 80, applied: null },
    ]);
    const call = await send(job);
    expect(call.body).toMatchObject({ output_format: 'png' });
    expect(call.body).not.toHaveProperty('output_compression');
    expect((await decodePicture(call.run.images[0]?.bytes ?? Buffer.alloc(0))).format).toBe('png');
  });

  test('nothing is told of a job that it can do as it is', async () => {
    const { model } = await openSubject();
    const job = await sampleJob(rowOf('gpt-image-2'), generations, everything);
    expect(model.adjustments?.(job)).toEqual([]);
  });

  test('a deployment that sends no previews is not asked for them', async () => {
    const { upstream } = await openSubject();
    const [cell] = await openCells({}, [
      {
        name: 'sweden',
        endpoint: upstream.origin,
        api_key: azureKey,
        deployments: { 'my-img': { model: 'gpt-image-2', streaming: false } },
      },
    ]);
    const model = modelOf(cell);
    const job = await sampleJob(rowOf('gpt-image-2'), generations, { partialImages: 2 });
    expect(model.adjustments?.(job)).toMatchObject([
      { parameter: 'partial_images', action: 'dropped', requested: 2, applied: null },
    ]);
    const run = await collectEvents(model, job);
    expect(run.partials).toEqual([]);
    expect(run.images).toHaveLength(1);
    const [call] = upstream.calls;
    expect(call?.headers.accept).toBe('application/json');
    expect(Object.fromEntries(call?.fields ?? [])).not.toHaveProperty('stream');
  });
});
