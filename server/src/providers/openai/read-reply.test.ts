import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Behaviour } from '../../../tests/upstreams/serve-upstream.ts';
import type { ImageJob } from '../../models/index.ts';
import { type CollectedRun, collectEvents } from '../../models/testing/collect-events.ts';
import { runToError } from '../../models/testing/run-to-error.ts';
import { sampleJob } from '../../models/testing/sample-jobs.ts';
import { openSubject, rowOf } from './testing/open-subject.ts';

async function runWith(
  behaviour: Behaviour,
  changes: Partial<ImageJob> = {},
  id = 'gpt-image-2',
): Promise<{ run: CollectedRun; pictures: readonly Buffer[] }> {
  const { upstream, model } = await openSubject();
  upstream.next(behaviour);
  const run = await collectEvents(model, await sampleJob(rowOf(id), 'images.generations', changes));
  expect(upstream.calls).toHaveLength(1);
  return { run, pictures: upstream.calls[0]?.pictures ?? [] };
}

const onePicture = Buffer.from('not really a picture').toString('base64');

describe('a good reply', () => {
  test("hands on the upstream's exact bytes, what it applied, and what it used", async () => {
    const { run, pictures } = await runWith(
      {},
      {
        n: 2,
        size: { width: 1056, height: 624 },
        quality: 'high',
        background: 'opaque',
        outputFormat: 'webp',
      },
    );
    expect(run.images.map((image) => image.bytes)).toEqual(pictures);
    const applied = {
      size: { width: 1056, height: 624 },
      quality: 'high',
      background: 'opaque',
      outputFormat: 'webp',
    };
    expect(run.images.map((image) => image.applied)).toEqual([applied, applied]);
    expect(run.usage).toEqual({
      textIn: 6,
      textInCached: null,
      imageIn: 0,
      imageInCached: null,
      textOut: 0,
      imageOut: 400,
      source: 'provider',
    });
  });

  test.each(['beside', 'within'])('reads how much of the input was cached, %s its details', async (place) => {
    const cached_tokens_details = { cached_text_tokens: 40, cached_image_tokens: 128 };
    const details = { text_tokens: 60, image_tokens: 256 };
    const usage = {
      input_tokens: 316,
      input_tokens_details: place === 'within' ? { ...details, cached_tokens_details } : details,
      output_tokens: 400,
      total_tokens: 716,
      ...(place === 'beside' ? { cached_tokens_details } : {}),
    };
    const { run } = await runWith({ change: (reply) => ({ ...reply, usage }) });
    expect(run.usage).toMatchObject({ textIn: 60, textInCached: 40, imageIn: 256, imageInCached: 128 });
  });

  test('tells the id of the call and the limits, and nothing about the account', async () => {
    const { run } = await runWith({ headers: { 'x-secret': 'no', 'set-cookie': 'a=b' } });
    expect(run.started).toEqual({
      type: 'started',
      upstreamRequestId: 'req_upstream_1',
      upstreamHeaders: {
        'openai-processing-ms': '1234',
        'x-ratelimit-limit-images': '50',
        'x-ratelimit-remaining-images': '49',
      },
    });
  });

  test('keeps the prompt that DALL·E made of the prompt', async () => {
    const { run } = await runWith({}, {}, 'dall-e-3');
    expect(run.images[0]?.revisedPrompt).toBe('revised 0');
    expect(run.usage).toBeNull();
  });

  test.each([
    ['a byte at a time', { chunkBytes: 1 }],
    ['with late headers', { headersAfterMs: 300 }],
    ['slowly', { chunkBytes: 400, pauseMs: 1 }],
    ['under another content type', { headers: { 'content-type': 'text/plain' } }],
  ] satisfies [string, Behaviour][])('may come %s', async (_, behaviour) => {
    const { run, pictures } = await runWith(behaviour, {}, 'dall-e-2');
    expect(run.images.map((image) => image.bytes)).toEqual(pictures);
  });

  test('may hold a data URL, escaped slashes and line breaks instead of plain base64', async () => {
    const text = JSON.stringify({ data: [{ b64_json: `data:image/png;base64,${onePicture}` }] });
    const body = text.replaceAll('/', '\\/').replace(onePicture.slice(0, 8), `${onePicture.slice(0, 8)}\\n`);
    const { run } = await runWith({ instead: { body } });
    expect(run.images[0]?.bytes.toString()).toBe('not really a picture');
  });

  test('may name the picture by an address of the same service, which gets no key', async () => {
    const { upstream, model } = await openSubject();
    const url = `${upstream.baseUrl}/files/1.png`;
    upstream.next({ instead: { body: { data: [{ url, revised_prompt: 'a kite' }] } } });
    upstream.next({ instead: { body: Buffer.from('the bytes') } });
    const run = await collectEvents(model, await sampleJob(rowOf('dall-e-2'), 'images.generations'));
    expect(run.images).toMatchObject([{ bytes: Buffer.from('the bytes'), revisedPrompt: 'a kite' }]);
    expect(upstream.calls[1]?.headers).not.toHaveProperty('authorization');
  });
});

describe('usage', () => {
  const details = { input_tokens_details: { text_tokens: 3, image_tokens: 7 } };
  test.each([
    ['all output is images without details', { ...details, output_tokens: 9 }, [3, 7, 0, 9]],
    [
      'details tell output apart',
      { ...details, output_tokens: 9, output_tokens_details: { image_tokens: 5, text_tokens: 4 } },
      [3, 7, 4, 5],
    ],
    [
      'half of the details give the other half',
      { ...details, output_tokens: 9, output_tokens_details: { image_tokens: 5 } },
      [3, 7, 4, 5],
    ],
    ['input of a generation is text without details', { input_tokens: 10, output_tokens: 9 }, [10, 0, 0, 9]],
    ['what is missing stays unknown', { output_tokens: 9 }, [null, 0, 0, 9]],
    ['what is no number stays unknown', { input_tokens: '10', output_tokens: 9 }, [null, 0, 0, 9]],
  ])('%s', async (_, usage, [textIn, imageIn, textOut, imageOut]) => {
    const { run } = await runWith({ instead: { body: { data: [{ b64_json: onePicture }], usage } } });
    expect(run.usage).toMatchObject({ textIn, imageIn, textOut, imageOut });
  });

  test('of zeros is none', async () => {
    const usage = { input_tokens: 0, output_tokens: 0, total_tokens: 0 };
    const { run } = await runWith({ instead: { body: { data: [{ b64_json: onePicture }], usage } } });
    expect(run.usage).toBeNull();
  });

  test('of an edit without details stays unknown on the way in', async () => {
    const { upstream, model } = await openSubject();
    const usage = { input_tokens: 10, output_tokens: 9 };
    upstream.next({ instead: { body: { data: [{ b64_json: onePicture }], usage } } });
    const run = await collectEvents(model, await sampleJob(rowOf('gpt-image-2'), 'images.edits'));
    expect(run.usage).toMatchObject({ textIn: null, imageIn: null, imageOut: 9 });
  });
});

describe('a reply that is not whole', () => {
  test('gives the pictures that came, and says which are missing', async () => {
    const { upstream, model } = await openSubject();
    const body = JSON.stringify({ data: [{ b64_json: onePicture }, { b64_json: onePicture }] });
    upstream.next({ instead: { body }, cutAfterBytes: body.length - onePicture.length - 10 });
    const job = await sampleJob(rowOf('gpt-image-2'), 'images.generations', { n: 2 });
    const run = await collectEvents(model, job);
    expect(run.images.map((image) => image.imageIndex)).toEqual([0]);
    expect(run.finished.missing).toMatchObject([
      { imageIndex: 1, error: { facts: { kind: 'unavailable', charged: 'maybe' } } },
    ]);
  });

  test('says so when there are fewer pictures than asked for', async () => {
    const body = { data: [{ b64_json: '' }, { b64_json: onePicture }] };
    const { run } = await runWith({ instead: { body } }, { n: 3 });
    expect(run.images.map((image) => image.imageIndex)).toEqual([1]);
    expect(run.finished.missing?.map((each) => each.imageIndex)).toEqual([0, 2]);
  });

  test('never gives more pictures than asked for', async () => {
    const body = { data: [{ b64_json: onePicture }, { b64_json: onePicture }] };
    const { run } = await runWith({ instead: { body } });
    expect(run.images).toHaveLength(1);
  });

  test.each([
    ['cut in a picture', { cutAfterBytes: 300 }, 'unavailable'],
    ['cut before any answer', { cutAfterBytes: 0 }, 'unavailable'],
    ['empty', { instead: { body: '' } }, 'unreadable'],
    ['without content', { instead: { status: 204, body: '' } }, 'unreadable'],
    [
      'a page',
      { instead: { body: '<html>busy</html>', headers: { 'content-type': 'text/html' } } },
      'unreadable',
    ],
    ['JSON that stops', { instead: { body: `{"data":[{"b64_json":"${onePicture}` } }, 'unreadable'],
    ['no base64', { instead: { body: { data: [{ b64_json: 'a b c !' }] } } }, 'unreadable'],
    ['cut base64', { instead: { body: { data: [{ b64_json: 'aaaaa' }] } } }, 'unreadable'],
    ['no pictures', { instead: { body: { created: 1, data: [] } } }, 'unreadable'],
    ['null', { instead: { body: 'null' } }, 'unreadable'],
    ['endless text', { instead: { body: { data: 'x'.repeat(2_000_000) } } }, 'unreadable'],
    [
      'a picture elsewhere',
      { instead: { body: { data: [{ url: 'http://127.0.0.1:9/1.png' }] } } },
      'unreadable',
    ],
    ['no address', { instead: { body: { data: [{ url: 'file:///etc/passwd' }] } } }, 'unreadable'],
  ] satisfies [string, Behaviour, string][])(
    'is a failure that may have been charged: %s',
    async (_, behaviour, kind) => {
      const { upstream, model } = await openSubject();
      upstream.next(behaviour);
      const error = await runToError(model, await sampleJob(rowOf('gpt-image-2'), 'images.generations'));
      expect(error.facts).toMatchObject({ kind, charged: 'maybe', provider: 'openai' });
      expect(upstream.calls).toHaveLength(1);
    },
  );

  test('is a failure that may have been charged when its picture cannot be fetched', async () => {
    const { upstream, model } = await openSubject();
    upstream.next({ instead: { body: { data: [{ url: `${upstream.baseUrl}/files/1.png` }] } } });
    upstream.next({ instead: { status: 403, body: 'expired' } });
    const error = await runToError(model, await sampleJob(rowOf('dall-e-2'), 'images.generations'));
    expect(error.facts).toMatchObject({ kind: 'unreadable', charged: 'maybe' });
  });
});

test('a job that is given up while the service works ends at once, and may have been charged', async () => {
  const { upstream, model } = await openSubject();
  upstream.next({ headersAfterMs: 20_000 });
  const controller = new AbortController();
  const job = await sampleJob(rowOf('gpt-image-2'), 'images.generations');
  const failing = runToError(model, job, controller.signal);
  while (upstream.calls.length === 0) await wait(5);
  controller.abort();
  expect((await failing).facts).toMatchObject({ kind: 'unavailable', charged: 'maybe' });
});
