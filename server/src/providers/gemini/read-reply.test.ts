import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { Behaviour } from '../../../tests/upstreams/serve-upstream.ts';
import type { ImageJob } from '../../models/index.ts';
import { collectEvents } from '../../models/testing/collect-events.ts';
import { runToError } from '../../models/testing/run-to-error.ts';
import { sampleJob } from '../../models/testing/sample-jobs.ts';
import { imagesOf, listEvents } from './testing/list-events.ts';
import { openSubject, rowOf } from './testing/open-subject.ts';

const row = rowOf('gemini-3-pro-image');
const png = (colour: string) =>
  sharp({ create: { width: 16, height: 16, channels: 3, background: colour } })
    .png()
    .toBuffer();
const [red, green, blue] = await Promise.all([png('#f00'), png('#0f0'), png('#00f')]);

type Part = Readonly<Record<string, unknown>>;
const picture = (bytes: Buffer, rest: Part = {}): Part => ({
  inlineData: { mimeType: 'image/png', data: bytes.toString('base64') },
  ...rest,
});

function reply(parts: readonly Part[], rest: Part = {}): Record<string, unknown> {
  return {
    candidates: [{ content: { role: 'model', parts }, finishReason: 'STOP', ...rest }],
    usageMetadata: usage,
    responseId: 'res-1',
  };
}

const usage = {
  promptTokenCount: 10,
  candidatesTokenCount: 1126,
  promptTokensDetails: [{ modality: 'TEXT', tokenCount: 10 }],
  candidatesTokensDetails: [{ modality: 'IMAGE', tokenCount: 1120 }],
  thoughtsTokenCount: 200,
};

async function runWith(behaviours: readonly Behaviour[], changes: Partial<ImageJob> = {}) {
  const { upstream, model } = await openSubject();
  for (const behaviour of behaviours) upstream.next(behaviour);
  const job = await sampleJob(row, 'images.generations', changes);
  return { upstream, events: await listEvents(model, job) };
}

async function failWith(behaviours: readonly Behaviour[], changes: Partial<ImageJob> = {}) {
  const { upstream, model } = await openSubject();
  for (const behaviour of behaviours) upstream.next(behaviour);
  const job = await sampleJob(row, 'images.generations', changes);
  return { upstream, error: await runToError(model, job) };
}

const body = (value: Record<string, unknown>): Behaviour => ({ instead: { body: value } });

describe('an answer', () => {
  test('keeps words and pictures in order, each with its signature', async () => {
    const parts = [
      { text: 'Step 1', thoughtSignature: 's1' },
      picture(red, { thoughtSignature: 's2' }),
      { text: 'Step 2' },
      { thoughtSignature: 's4', ...picture(blue) },
    ];
    const { events } = await runWith([body(reply(parts))]);
    expect(events).toMatchObject([
      { type: 'started', upstreamRequestId: 'res-1' },
      { type: 'text', text: 'Step 1', replay: { provider: 'google', data: { thoughtSignature: 's1' } } },
      { type: 'image', imageIndex: 0, bytes: red, replay: { data: { thoughtSignature: 's2' } } },
      { type: 'text', text: 'Step 2' },
      { type: 'image', imageIndex: 1, bytes: blue, replay: { data: { thoughtSignature: 's4' } } },
      { type: 'usage' },
      { type: 'finished', finishReason: 'STOP' },
    ]);
    expect(events[3]).not.toHaveProperty('replay');
  });

  test('leaves out thoughts, wherever they are said to be some', async () => {
    const parts = [
      { text: 'I think.', thought: true },
      { thought: true, ...picture(red) },
      picture(green, { thought: true }),
      picture(blue, { thoughtSignature: 's' }),
      { text: ' \n' },
    ];
    const { events } = await runWith([body(reply(parts))]);
    expect(events.map((event) => event.type)).toEqual(['started', 'image', 'usage', 'finished']);
    expect(imagesOf(events)[0]?.bytes).toEqual(blue);
  });

  test.each([1, 7, 1000])('may come in pieces of %d bytes', async (chunkBytes) => {
    const { events } = await runWith([{ ...body(reply([picture(red)])), chunkBytes }]);
    expect(imagesOf(events)[0]?.bytes).toEqual(red);
  });

  test('may come as events', async () => {
    const lines = [
      { candidates: [{ content: { parts: [{ text: 'Look' }] } }] },
      { candidates: [{ content: { parts: [picture(red)] }, finishReason: 'STOP' }], usageMetadata: usage },
    ].map((each) => `data: ${JSON.stringify(each)}\r\n\r\n`);
    const headers = { 'content-type': 'text/event-stream' };
    const { events } = await runWith([{ instead: { headers, body: lines.join('') } }]);
    expect(events.map((event) => event.type)).toEqual(['started', 'text', 'image', 'usage', 'finished']);
  });

  test('may come as a list', async () => {
    const parts = [
      { candidates: [{ content: { parts: [picture(red)] } }] },
      { candidates: [{ finishReason: 'STOP' }], usageMetadata: usage },
    ];
    const { events } = await runWith([{ instead: { body: JSON.stringify(parts) } }]);
    expect(imagesOf(events)[0]?.bytes).toEqual(red);
  });

  test('that stops in the middle is gone on with, and all of it is billed', async () => {
    const { upstream, events } = await runWith([
      body(reply([{ text: 'First' }], { finishReason: 'CONTINUATION', continuationToken: 'dG9rZW4=' })),
      body({ ...reply([picture(red)]), responseId: 'res-2' }),
    ]);
    expect(Object.fromEntries(upstream.calls[1]?.fields ?? [])).toMatchObject({
      contents: Object.fromEntries(upstream.calls[0]?.fields ?? []).contents,
      continuationToken: 'dG9rZW4=',
    });
    expect(events).toMatchObject([
      { type: 'started' },
      { type: 'text', text: 'First' },
      { type: 'image' },
      { type: 'usage', usage: { textIn: 20, imageOut: 2240, textOut: 412 } },
      { type: 'finished' },
    ]);
  });

  test('larger than memory is wanted for goes by way of the disk, or memory where there is no disk', async () => {
    const large = await sharp(Buffer.alloc(1500 * 1500 * 3, 7), {
      raw: { width: 1500, height: 1500, channels: 3 },
    })
      .png({ compressionLevel: 0 })
      .toBuffer();
    expect(large.length).toBeGreaterThan(6_000_000);
    const { events } = await runWith([body(reply([picture(large), picture(red)]))]);
    expect(imagesOf(events).map((image) => image.bytes.equals(large))).toEqual([true, false]);
  });
});

describe('words alone', () => {
  const written = body(reply([{ text: 'Which colour?', thoughtSignature: 's' }]));

  test.each([
    ['in a conversation', { mayOnlyWrite: true }],
    ['where nothing else is asked for', { responseModalities: ['text' as const] }],
  ])('are an answer %s', async (_, changes) => {
    const { events } = await runWith([written], changes);
    expect(events).toMatchObject([
      { type: 'started' },
      { type: 'text', text: 'Which colour?', replay: { data: { thoughtSignature: 's' } } },
      { type: 'usage' },
      { type: 'finished', finishReason: 'STOP' },
    ]);
  });

  test('are none where the content was refused', async () => {
    const refusal = body(reply([{ text: 'I' }], { finishReason: 'SAFETY' }));
    expect((await failWith([refusal], { mayOnlyWrite: true })).error.kind).toBe('moderated');
  });
});

describe('a picture', () => {
  test('is what its bytes are, whatever it is said to be', async () => {
    const { upstream, events } = await runWith([]);
    const [image] = imagesOf(events);
    expect(upstream.calls[0]?.pictures[0]).toEqual(image?.bytes);
    expect((await sharp(image?.bytes).metadata()).format).toBe('jpeg');
    expect(image?.applied.outputFormat).toBe('jpeg');
    expect(image).not.toHaveProperty('original');
  });

  test.each(['png', 'webp'] as const)('is made a %s only where that is asked for', async (outputFormat) => {
    const { upstream, events } = await runWith([], { outputFormat });
    const [image] = imagesOf(events);
    expect((await sharp(image?.bytes).metadata()).format).toBe(outputFormat);
    expect(image?.applied.outputFormat).toBe(outputFormat);
    expect(image?.original).toEqual(upstream.calls[0]?.pictures[0]);
  });

  test('is compressed as far as that is asked for', async () => {
    const [plain, small] = await Promise.all([
      runWith([], { outputFormat: 'jpeg' }),
      runWith([], { outputFormat: 'jpeg', outputCompression: 5 }),
    ]);
    const [whole] = imagesOf(plain.events);
    const [compressed] = imagesOf(small.events);
    expect(whole).not.toHaveProperty('original');
    expect(compressed?.original).toEqual(small.upstream.calls[0]?.pictures[0]);
    expect(compressed?.bytes.length).toBeLessThan((whole?.bytes.length ?? 0) / 2);
  });

  test('that is none is a failure, charged perhaps', async () => {
    const { error } = await failWith([body(reply([picture(Buffer.from('<svg>no picture</svg>'))]))]);
    expect(error.facts).toMatchObject({ kind: 'unreadable', charged: 'maybe' });
  });

  test('that cannot be decoded for another format is missing', async () => {
    const broken = red.subarray(0, 60);
    const { events } = await runWith([body(reply([picture(broken)])), body(reply([picture(blue)]))], {
      outputFormat: 'jpeg',
      n: 2,
    });
    expect(imagesOf(events).map((image) => image.imageIndex)).toEqual([1]);
    expect(events.at(-1)).toMatchObject({
      missing: [{ imageIndex: 0, error: { facts: { kind: 'unreadable' } } }],
    });
  });
});

describe('n images', () => {
  const busy: Behaviour = {
    instead: { status: 503, body: { error: { code: 503, status: 'UNAVAILABLE', message: 'overloaded' } } },
  };

  test('are n calls whose usage is one', async () => {
    const { upstream, model } = await openSubject();
    const run = await collectEvents(model, await sampleJob(row, 'images.generations', { n: 3 }));
    expect(upstream.calls).toHaveLength(3);
    expect(run.finished.upstreamRequestId).toMatch(/^(res-[0-9a-f]{12}(, |$)){3}$/);
    expect(run.usage).toEqual({
      textIn: 18,
      textInCached: 0,
      imageIn: 0,
      imageInCached: 0,
      textOut: 3 * (6 + 30),
      imageOut: 3 * 1120,
      source: 'provider',
    });
  });

  test('come as far as they can; what failed is told', async () => {
    const { events } = await runWith([busy], { n: 3 });
    expect(imagesOf(events)).toHaveLength(2);
    expect(events.at(-1)).toMatchObject({
      type: 'finished',
      missing: [{ error: { facts: { kind: 'unavailable', charged: 'no' } } }],
    });
  });

  test('that all fail are one failure, charged as the worst of them', async () => {
    const none = body(reply([{ text: 'I would rather not.' }]));
    const { error } = await failWith([busy, none, busy], { n: 3 });
    expect(error.facts.charged).toBe('yes');
    expect(error.retrySafe).toBe(false);
  });

  test('are not asked for any more when every call would fail alike', async () => {
    const wrong: Behaviour = {
      instead: { status: 401, body: { error: { code: 401, status: 'UNAUTHENTICATED', message: 'no' } } },
    };
    const { upstream, error } = await failWith([wrong, wrong, wrong, wrong], { n: 10 });
    expect(error.kind).toBe('unauthorised');
    expect(upstream.calls).toHaveLength(4);
  });
});

describe('usage', () => {
  test.each([
    ['tells pictures, words and thoughts apart', usage, [10, 0, 206, 1120]],
    [
      'tells pictures that went in',
      {
        ...usage,
        promptTokenCount: 1130,
        promptTokensDetails: [
          { modality: 'TEXT', tokenCount: 10 },
          { modality: 'IMAGE', tokenCount: 1120 },
        ],
      },
      [10, 1120, 206, 1120],
    ],
    ['counts tools as text', { ...usage, toolUsePromptTokenCount: 5 }, [15, 0, 206, 1120]],
  ])('%s', async (_, usageMetadata, [textIn, imageIn, textOut, imageOut]) => {
    const { events } = await runWith([body({ ...reply([picture(red)]), usageMetadata })]);
    expect(events.find((event) => event.type === 'usage')).toMatchObject({
      usage: { textIn, imageIn, textOut, imageOut, textInCached: 0, source: 'provider' },
    });
  });

  test('tells what was cached', async () => {
    const cached = {
      ...usage,
      cachedContentTokenCount: 8,
      cacheTokensDetails: [{ modality: 'IMAGE', tokenCount: 3 }],
    };
    const { events } = await runWith([body({ ...reply([picture(red)]), usageMetadata: cached })]);
    expect(events.find((event) => event.type === 'usage')).toMatchObject({
      usage: { textInCached: 5, imageInCached: 3 },
    });
  });

  test.each([
    ['nothing', undefined],
    ['no details', { promptTokenCount: 10, candidatesTokenCount: 1120, totalTokenCount: 1130 }],
    ['zeros', { promptTokenCount: 0, candidatesTokenCount: 0 }],
  ])('of %s is left to the formula', async (_, usageMetadata) => {
    const { events } = await runWith([body({ ...reply([picture(red)]), usageMetadata })]);
    expect(events.map((event) => event.type)).toEqual(['started', 'image', 'finished']);
  });
});

describe('an answer that is not whole', () => {
  test('gives the pictures that came', async () => {
    const text = JSON.stringify(reply([picture(red), picture(blue)]));
    const cut = text.indexOf(blue.toString('base64')) + 10;
    const { events } = await runWith([{ instead: { body: text }, cutAfterBytes: cut }]);
    expect(imagesOf(events).map((image) => image.bytes)).toEqual([red]);
  });

  test.each([
    ['cut in a picture', { cutAfterBytes: 300 }, 'unavailable'],
    ['cut before any answer', { cutAfterBytes: 0 }, 'unavailable'],
    ['reset', { resets: true }, 'unavailable'],
    ['empty', { instead: { body: '' } }, 'unreadable'],
    [
      'a page',
      { instead: { body: '<html>busy</html>', headers: { 'content-type': 'text/html' } } },
      'unreadable',
    ],
    ['JSON that stops', { instead: { body: '{"candidates":[{"content":{"parts":[' } }, 'unreadable'],
    ['no base64', body(reply([{ inlineData: { data: 'a b c !' } }])), 'unreadable'],
    ['no parts', body({ candidates: [{ finishReason: 'STOP' }] }), 'unreadable'],
    ['nothing', body({}), 'unreadable'],
    ['null', { instead: { body: 'null' } }, 'unreadable'],
    ['an empty picture', body(reply([{ inlineData: { data: '' } }])), 'unreadable'],
    ['parts of another shape', body({ candidates: [7, { content: { parts: [null, 'a'] } }] }), 'unreadable'],
  ] satisfies [string, Behaviour, string][])('is a failure: %s', async (_, behaviour, kind) => {
    const { upstream, error } = await failWith([behaviour]);
    expect(error.facts).toMatchObject({ kind, provider: 'gemini' });
    expect(error.facts.charged).not.toBe('no');
    expect(upstream.calls).toHaveLength(1);
  });
});
