import { describe, expect, test } from 'vitest';
import { upstreamKey } from '../../../tests/upstreams/openai-upstream.ts';
import type { ImageJob } from '../../models/index.ts';
import { collectEvents, testRequestId } from '../../models/testing/collect-events.ts';
import { runToError } from '../../models/testing/run-to-error.ts';
import { sampleInput, sampleMask } from '../../models/testing/sample-inputs.ts';
import { sampleJob } from '../../models/testing/sample-jobs.ts';
import { openSubject, rowOf } from './testing/open-subject.ts';

/** What the upstream got for a job; it refuses what the reference does not have. */
async function send(job: ImageJob, variables?: Readonly<Record<string, string>>) {
  const { upstream, model } = await openSubject(variables);
  await collectEvents(model, job);
  const [call] = upstream.calls;
  if (call === undefined) throw new Error('Nothing was sent.');
  expect(upstream.calls).toHaveLength(1);
  return { ...call, body: Object.fromEntries(call.fields) };
}

const generations = 'images.generations';

describe('a generation', () => {
  test('sends what was asked and nothing else', async () => {
    const { size: _size, ...job } = await sampleJob(rowOf('gpt-image-2'), generations);
    const call = await send(job);
    expect(call.path).toBe('/v1/images/generations');
    expect(call.body).toEqual({ model: 'gpt-image-2', prompt: 'a red kite over the sea' });
  });

  test('sends every parameter under its name', async () => {
    const call = await send(
      await sampleJob(rowOf('gpt-image-2.5-flare'), generations, {
        upstreamModel: 'gpt-image-2.5-flare-2026-09-08',
        prompt: 'ein Fuchs "unterm" Mond 🦊',
        n: 2,
        size: { width: 1536, height: 864 },
        quality: 'xhigh',
        background: 'opaque',
        outputFormat: 'webp',
        outputCompression: 0,
        moderation: 'low',
        partialImages: 1,
        user: 'user-7',
      }),
    );
    expect(call.body).toEqual({
      model: 'gpt-image-2.5-flare-2026-09-08',
      prompt: 'ein Fuchs "unterm" Mond 🦊',
      n: 2,
      size: '1536x864',
      quality: 'xhigh',
      background: 'opaque',
      output_format: 'webp',
      output_compression: 0,
      moderation: 'low',
      stream: true,
      partial_images: 1,
      safety_identifier: 'user-7',
    });
  });

  test('hands on members that Pictor does not model, as they were', async () => {
    const svg = { model: 'gpt-5.4', reasoning: { effort: 'low' } };
    const passThrough = { complexity: 'high', svg, frame_count: 9 };
    const call = await send(await sampleJob(rowOf('gpt-image-2.6-flare'), generations, { passThrough }));
    expect(call.body).toMatchObject(passThrough);
  });

  test('asks DALL·E for bytes, by the names that it knows', async () => {
    const call = await send(
      await sampleJob(rowOf('dall-e-3'), generations, {
        size: { width: 1792, height: 1024 },
        quality: 'hd',
        style: 'natural',
        user: 'user-7',
      }),
    );
    expect(call.body).toEqual({
      model: 'dall-e-3',
      prompt: 'a red kite over the sea',
      size: '1792x1024',
      quality: 'hd',
      style: 'natural',
      response_format: 'b64_json',
      user: 'user-7',
    });
  });

  test('leaves the size to DALL·E, which has no word for auto', async () => {
    const call = await send(await sampleJob(rowOf('dall-e-2'), generations, { size: 'auto' }));
    expect(call.body).not.toHaveProperty('size');
  });

  test('carries the key, the account and the id of the request', async () => {
    const call = await send(await sampleJob(rowOf('gpt-image-2'), generations), {
      OPENAI_ORG_ID: 'org-1',
      OPENAI_PROJECT: 'proj-1',
    });
    expect(call.headers).toMatchObject({
      authorization: `Bearer ${upstreamKey}`,
      'content-type': 'application/json',
      accept: 'application/json',
      'accept-encoding': 'identity',
      'openai-organization': 'org-1',
      'openai-project': 'proj-1',
      'x-client-request-id': testRequestId,
      'user-agent': 'Pictor',
    });
  });
});

describe('an edit', () => {
  test('sends pictures in order as they are, then the mask', async () => {
    const images = await Promise.all([
      sampleInput({ width: 300, height: 200, format: 'png', colour: '#123' }),
      sampleInput({ width: 200, height: 300, format: 'webp', colour: '#456' }),
      sampleInput({ width: 100, height: 100, format: 'jpeg', colour: '#789' }),
    ]);
    const mask = await sampleMask({ width: 300, height: 200 });
    const call = await send(
      await sampleJob(rowOf('gpt-image-1.5'), 'images.edits', {
        images,
        mask,
        prompt: 'line one\r\nline "two" ü',
        n: 3,
        size: { width: 1536, height: 1024 },
        quality: 'low',
        background: 'transparent',
        outputFormat: 'webp',
        outputCompression: 80,
        inputFidelity: 'high',
        moderation: 'auto',
        user: 'user-7',
      }),
    );
    expect(call.path).toBe('/v1/images/edits');
    expect(call.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(Number(call.headers['content-length'])).toBeGreaterThan(0);
    expect(call.body).toEqual({
      model: 'gpt-image-1.5',
      prompt: 'line one\r\nline "two" ü',
      n: '3',
      size: '1536x1024',
      quality: 'low',
      background: 'transparent',
      output_format: 'webp',
      output_compression: '80',
      input_fidelity: 'high',
      safety_identifier: 'user-7',
    });
    expect(call.files).toEqual([
      file('image[]', 'image-1.png', 'image/png', images[0]),
      file('image[]', 'image-2.webp', 'image/webp', images[1]),
      file('image[]', 'image-3.jpg', 'image/jpeg', images[2]),
      file('mask', 'mask.png', 'image/png', mask),
    ]);
  });

  test('streams previews where they are asked for', async () => {
    const call = await send(await sampleJob(rowOf('gpt-image-2'), 'images.edits', { partialImages: 3 }));
    expect(call.body).toMatchObject({ stream: 'true', partial_images: '3' });
    expect(call.headers.accept).toBe('text/event-stream');
  });

  test('sends DALL·E its one picture by the old name', async () => {
    const job = await sampleJob(rowOf('dall-e-2'), 'images.edits');
    const call = await send(job);
    expect(call.body).toMatchObject({ model: 'dall-e-2', response_format: 'b64_json', size: '256x256' });
    expect(call.files).toEqual([file('image', 'image-1.png', 'image/png', job.images[0])]);
  });

  test('does not hide a moderation that the route does not have', async () => {
    const { upstream, model } = await openSubject();
    const job = await sampleJob(rowOf('gpt-image-2'), 'images.edits', { moderation: 'low' });
    const error = await runToError(model, job);
    expect(error.facts).toMatchObject({ kind: 'rejected', param: 'moderation', charged: 'no' });
    expect(upstream.calls).toHaveLength(1);
  });
});

test('a variation sends the picture without a prompt', async () => {
  const job = await sampleJob(rowOf('dall-e-2'), 'images.variations', { n: 2, user: 'user-7' });
  const call = await send(job);
  expect(call.path).toBe('/v1/images/variations');
  expect(call.body).toEqual({
    model: 'dall-e-2',
    n: '2',
    size: '256x256',
    response_format: 'b64_json',
    user: 'user-7',
  });
  expect(call.files).toEqual([file('image', 'image-1.png', 'image/png', job.images[0])]);
});

function file(
  name: string,
  fileName: string,
  contentType: string,
  input: { byteCount: number; hash: string } | undefined,
) {
  return { name, fileName, contentType, byteCount: input?.byteCount, hash: input?.hash };
}
