import { describe, expect, test } from 'vitest';
import { googleKey } from '../../../tests/upstreams/google-upstream.ts';
import type { ImageJob, ModelRow, Turn } from '../../models/index.ts';
import { collectEvents } from '../../models/testing/collect-events.ts';
import { runToError } from '../../models/testing/run-to-error.ts';
import { brokenInput, sampleInput, sampleMask, toInput } from '../../models/testing/sample-inputs.ts';
import { sampleJob } from '../../models/testing/sample-jobs.ts';
import { readAll } from '../kit/hold-bytes.ts';
import { imagesOf, listEvents } from './testing/list-events.ts';
import { openSubject, rowOf } from './testing/open-subject.ts';

const generations = 'images.generations';

/** A job in which nothing is asked but the prompt. */
async function plainJob(row: ModelRow, changes: Partial<ImageJob> = {}): Promise<ImageJob> {
  const { size: _size, ...job } = await sampleJob(row, generations);
  return { ...job, ...changes };
}

/** What the upstream got for a job; it refuses what the reference does not have. */
async function send(job: ImageJob, settings: Readonly<Record<string, unknown>> = {}) {
  const { upstream, model } = await openSubject(settings);
  await collectEvents(model, job);
  const [call] = upstream.calls;
  if (call === undefined) throw new Error('Nothing was sent.');
  return { ...call, calls: upstream.calls, body: Object.fromEntries(call.fields) };
}

const base64Of = async (input: { open: () => AsyncIterable<Uint8Array> }) =>
  (await readAll(input.open())).toString('base64');

describe('a generation', () => {
  test('sends the prompt, what shall come back, and nothing else', async () => {
    const call = await send(await plainJob(rowOf('gemini-3-pro-image')));
    expect(call.path).toBe('/v1beta/models/gemini-3-pro-image:generateContent');
    expect(call.body).toEqual({
      contents: [{ role: 'user', parts: [{ text: 'a red kite over the sea' }] }],
      generationConfig: { responseModalities: ['TEXT', 'IMAGE'] },
    });
    expect(call.headers).toMatchObject({
      'x-goog-api-key': googleKey,
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(JSON.stringify(call.body))),
      'accept-encoding': 'identity',
      'user-agent': 'Pictor',
    });
    expect(call.headers).not.toHaveProperty('authorization');
  });

  test('sends every parameter under its name', async () => {
    const job = await plainJob(rowOf('gemini-nano-banana-2.1'), {
      prompt: 'ein Fuchs "unterm" Mond 🦊\u0000',
      aspectRatio: '21:9',
      imageSize: '2K',
      thinkingLevel: 'medium',
      mediaResolution: 'high',
      responseModalities: ['image'],
      seed: 7,
    });
    const settings = { safety_settings: [{ category: 'HARM_CATEGORY_HARASSMENT', threshold: 'OFF' }] };
    expect((await send(job, settings)).body).toEqual({
      contents: [{ role: 'user', parts: [{ text: 'ein Fuchs "unterm" Mond 🦊\u0000' }] }],
      safetySettings: [{ category: 'HARM_CATEGORY_HARASSMENT', threshold: 'OFF' }],
      generationConfig: {
        responseModalities: ['IMAGE'],
        imageConfig: { aspectRatio: '21:9', imageSize: '2K' },
        thinkingConfig: { thinkingLevel: 'MEDIUM' },
        mediaResolution: 'MEDIA_RESOLUTION_HIGH',
        seed: 7,
      },
    });
  });

  test('asks once for each image, with seeds that count up past the largest', async () => {
    const job = await plainJob(rowOf('gemini-3-pro-image'), { n: 6, seed: 2 ** 31 - 3 });
    const { calls } = await send(job);
    const seeds = calls.map((call) => {
      const { seed } = Object.fromEntries(call.fields).generationConfig as { seed: number };
      return seed;
    });
    expect(seeds.toSorted((a, b) => a - b)).toEqual([
      -2_147_483_648, -2_147_483_647, -2_147_483_646, 2_147_483_645, 2_147_483_646, 2_147_483_647,
    ]);
  });

  test('leaves out the end user and the format, which the Gemini API does not have', async () => {
    const job = await plainJob(rowOf('gemini-3-pro-image'), { user: 'user-7', outputFormat: 'jpeg' });
    const { body } = await send(job);
    expect(body).not.toHaveProperty('labels');
    expect(body.generationConfig).toEqual({ responseModalities: ['TEXT', 'IMAGE'] });
    const { model } = await openSubject();
    expect(model.adjustments?.(job)).toMatchObject([
      { parameter: 'user', action: 'dropped', requested: 'user-7', applied: null },
    ]);
  });
});

describe('an edit', () => {
  test('sends the pictures in order as they are, by the type of their bytes', async () => {
    const row = rowOf('gemini-3-pro-image');
    const images = await Promise.all([
      sampleInput({ width: 300, height: 200, format: 'png', colour: '#123' }),
      sampleInput({ width: 201, height: 300, format: 'webp', colour: '#456' }),
      sampleInput({ width: 100, height: 101, format: 'jpeg', colour: '#789' }),
    ]);
    const call = await send(await plainJob(row, { kind: 'edit', images }));
    expect(call.body.contents).toEqual([
      {
        role: 'user',
        parts: [
          { text: 'a red kite over the sea' },
          { inlineData: { mimeType: 'image/png', data: await base64Of(images[0] ?? never()) } },
          { inlineData: { mimeType: 'image/webp', data: await base64Of(images[1] ?? never()) } },
          { inlineData: { mimeType: 'image/jpeg', data: await base64Of(images[2] ?? never()) } },
        ],
      },
    ]);
    expect(Number(call.headers['content-length'])).toBe(Buffer.byteLength(JSON.stringify(call.body)));
  });

  test('tells nothing to the service when a picture has changed since it was stored', async () => {
    const { upstream, model } = await openSubject();
    const image = await sampleInput({ width: 64, height: 64, format: 'png', colour: '#123' });
    const job = await plainJob(rowOf('gemini-3-pro-image'), {
      kind: 'edit',
      images: [{ ...image, byteCount: image.byteCount + 1 }],
    });
    const error = await runToError(model, job);
    expect(error.facts).toMatchObject({ kind: 'unavailable', charged: 'no' });
    expect(upstream.calls).toHaveLength(0);
  });

  test('with a mask sends a guide and says what it is, in the shape of the original', async () => {
    const row = rowOf('gemini-3-pro-image');
    const first = await sampleInput({ width: 300, height: 200, format: 'png', colour: '#123' });
    const second = await sampleInput({ width: 64, height: 64, format: 'jpeg', colour: '#456' });
    const mask = await sampleMask(first);
    const job = await plainJob(row, { kind: 'edit', images: [first, second], mask });
    const { body } = await send(job);
    const [{ parts } = { parts: [] }] = body.contents as { parts: { text?: string }[] }[];
    expect(parts).toHaveLength(5);
    expect(parts[1]).toEqual({ inlineData: { mimeType: 'image/png', data: await base64Of(first) } });
    expect(parts[3]).toMatchObject({ inlineData: { mimeType: 'image/png' } });
    expect(parts[4]?.text).toMatch(/^Picture 3 is a mask for picture 1/);
    expect(body.generationConfig).toMatchObject({ imageConfig: { aspectRatio: '3:2' } });
  });

  test('with a mask and as many pictures as the model takes is refused before anything is sent', async () => {
    const { upstream, model } = await openSubject();
    const image = await sampleInput({ width: 32, height: 32, format: 'png', colour: '#123' });
    const job = await plainJob(rowOf('gemini-3-pro-image'), {
      kind: 'edit',
      images: Array.from({ length: 14 }, () => image),
      mask: await sampleMask(image),
    });
    expect((await runToError(model, job)).facts).toMatchObject({
      kind: 'rejected',
      charged: 'no',
      param: 'image',
    });
    expect(upstream.calls).toHaveLength(0);
  });

  test.each([
    ['that cannot be decoded is blamed', 'rejected', 'mask'],
    ['that is gone is not', 'unavailable', undefined],
  ])('with a picture %s, before anything is sent', async (_, kind, param) => {
    const { upstream, model } = await openSubject();
    const image = await sampleInput({ width: 32, height: 32, format: 'png', colour: '#123' });
    const facts = { width: 32, height: 32, mediaType: 'image/heic' };
    const original = kind === 'rejected' ? toInput(Buffer.from('ftypheic'), facts) : brokenInput(image);
    const job = await plainJob(rowOf('gemini-3-pro-image'), {
      kind: 'edit',
      images: [original],
      mask: await sampleMask(image),
    });
    const { facts: told } = await runToError(model, job);
    expect([told.kind, told.charged, told.param]).toEqual([kind, 'no', param]);
    expect(upstream.calls).toHaveLength(0);
  });
});

describe('a conversation', () => {
  test("gives the model's own parts back with their signatures, and its own bytes", async () => {
    const { upstream, model } = await openSubject();
    const row = rowOf('gemini-3-pro-image');
    const first = await listEvents(model, await plainJob(row, { outputFormat: 'png' }));
    const [made] = imagesOf(first);
    const words = first.find((event) => event.type === 'text');
    if (made?.original === undefined || words === undefined) throw new Error('Nothing was made.');
    const facts = { width: 128, height: 128 };
    const picture = toInput(made.bytes, { ...facts, mediaType: 'image/png' });
    const original = toInput(made.original, { ...facts, mediaType: 'image/jpeg' });
    const { replay } = made;
    if (replay === undefined || words.replay === undefined) throw new Error('Nothing was signed.');
    const history: Turn[] = [
      { role: 'user', parts: [{ type: 'text', text: 'a fox' }] },
      {
        role: 'assistant',
        parts: [
          { type: 'text', text: words.text, replay: words.replay },
          { type: 'image', image: { ...picture, original, replay } },
          { type: 'text', text: 'It is red.' },
        ],
      },
    ];
    await collectEvents(model, await plainJob(row, { history, prompt: 'now blue' }));
    const { contents } = Object.fromEntries(upstream.calls[1]?.fields ?? []);
    expect(contents).toEqual([
      { role: 'user', parts: [{ text: 'a fox' }] },
      {
        role: 'model',
        parts: [
          { text: 'Here is your picture.', thoughtSignature: words.replay.data.thoughtSignature },
          {
            inlineData: { mimeType: 'image/jpeg', data: made.original.toString('base64') },
            thoughtSignature: replay.data.thoughtSignature,
          },
          { text: 'It is red.' },
        ],
      },
      { role: 'user', parts: [{ text: 'now blue' }] },
    ]);
  });

  test('shows what was made elsewhere as a user would', async () => {
    const image = await sampleInput({ width: 64, height: 64, format: 'png', colour: '#123' });
    const foreign = { ...image, replay: { provider: 'openai', data: { id: 'ig_1', thoughtSignature: 'x' } } };
    const history: Turn[] = [
      { role: 'user', parts: [{ type: 'text', text: 'a fox' }] },
      {
        role: 'assistant',
        parts: [
          { type: 'text', text: 'Here.' },
          { type: 'image', image: foreign },
        ],
      },
      {
        role: 'user',
        parts: [
          { type: 'image', image },
          { type: 'text', text: 'like this' },
        ],
      },
    ];
    const { body } = await send(await plainJob(rowOf('gemini-3-pro-image'), { history, prompt: 'now blue' }));
    const picture = { inlineData: { mimeType: 'image/png', data: await base64Of(image) } };
    expect(body.contents).toEqual([
      {
        role: 'user',
        parts: [
          { text: 'a fox' },
          { text: 'Here.' },
          picture,
          picture,
          { text: 'like this' },
          { text: 'now blue' },
        ],
      },
    ]);
  });
});

function never(): never {
  throw new Error('There is no such picture.');
}
