import { describe, expect, test } from 'vitest';
import type { Behaviour } from '../../../tests/upstreams/serve-upstream.ts';
import type { ImageJob } from '../../models/index.ts';
import { collectEvents } from '../../models/testing/collect-events.ts';
import { runToError } from '../../models/testing/run-to-error.ts';
import { sampleJob } from '../../models/testing/sample-jobs.ts';
import { openSubject, rowOf } from './testing/open-subject.ts';

async function start(behaviour: Behaviour, changes: Partial<ImageJob> = {}) {
  const { upstream, model } = await openSubject();
  upstream.next(behaviour);
  const job = await sampleJob(rowOf('gpt-image-2'), 'images.generations', { partialImages: 2, ...changes });
  return { upstream, model, job };
}

async function runWith(behaviour: Behaviour, changes?: Partial<ImageJob>) {
  const { upstream, model, job } = await start(behaviour, changes);
  const run = await collectEvents(model, job);
  expect(upstream.calls).toHaveLength(1);
  return { run, pictures: upstream.calls[0]?.pictures ?? [] };
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const eventStream = { 'content-type': 'text/event-stream' };

function stream(...events: readonly (readonly [name: string, data: unknown])[]): Behaviour {
  const body = events.map(([name, data]) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`).join('');
  return { instead: { body, headers: eventStream } };
}

const partial = (text: string) =>
  [
    'image_generation.partial_image',
    { type: 'image_generation.partial_image', b64_json: base64(text) },
  ] as const;
const completed = (text: string, members: Record<string, unknown> = {}) =>
  [
    'image_generation.completed',
    { type: 'image_generation.completed', b64_json: base64(text), ...members },
  ] as const;

describe('a stream', () => {
  test("hands on previews and the image with the upstream's exact bytes", async () => {
    const { run, pictures } = await runWith({}, { quality: 'low' });
    const [first, second, last] = pictures;
    expect(run.partials.map(({ partialIndex, bytes }) => [partialIndex, bytes])).toEqual([
      [0, first],
      [1, second],
    ]);
    expect(run.images.map((image) => image.bytes)).toEqual([last]);
    expect(run.images[0]?.applied).toMatchObject({
      quality: 'low',
      background: 'opaque',
      outputFormat: 'png',
    });
    expect(run.usage).toMatchObject({ textIn: 6, imageIn: 0, textOut: 0, imageOut: 400 });
  });

  test.each([
    ['in single bytes', { chunkBytes: 1 }],
    ['with a closing word', { closing: 'data: [DONE]\n\n' }],
    ['with comments and unknown fields', { closing: ': bye\nretry: 5\nid: 7\n\n' }],
    ['without names of events', { withoutEventNames: true }],
  ] satisfies [string, Behaviour][])('may come %s', async (_, behaviour) => {
    const { run, pictures } = await runWith(behaviour);
    expect([...run.partials, ...run.images].map((each) => each.bytes)).toEqual(pictures);
  });

  test('may tell what an event is only behind its picture', async () => {
    const last = (data: Record<string, unknown>) => {
      const { type, ...rest } = data;
      return { ...rest, type };
    };
    const { run, pictures } = await runWith({ withoutEventNames: true, change: last });
    expect([...run.partials, ...run.images].map((each) => each.bytes)).toEqual(pictures);
    expect(run.images).toHaveLength(1);
  });

  test('may end lines as other systems do, and leave out the last line break', async () => {
    const data = JSON.stringify(completed('picture')[1]);
    const body = `\r\n: hello\r\nevent: image_generation.completed\r\ndata:${data}\r`;
    const { run } = await runWith({ instead: { body, headers: eventStream } });
    expect(run.images[0]?.bytes.toString()).toBe('picture');
  });

  test('may have its data over several lines', async () => {
    const body = `event: image_generation.completed\ndata: {"type":"image_generation.completed",\ndata: "b64_json":"${base64('picture')}"}\n\n`;
    const { run } = await runWith({ instead: { body, headers: eventStream } });
    expect(run.images[0]?.bytes.toString()).toBe('picture');
  });

  test('may bring fewer previews than asked for', async () => {
    const { run } = await runWith(stream(partial('one'), completed('picture')));
    expect(run.partials.map((each) => each.bytes.toString())).toEqual(['one']);
  });

  test('of several images counts previews for each, and adds up what they used', async () => {
    const { run, pictures } = await runWith({}, { n: 2 });
    expect(run.partials.map((each) => [each.imageIndex, each.partialIndex])).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
    expect(run.images.map((image) => image.bytes)).toEqual([pictures[2], pictures[5]]);
    expect(run.usage).toMatchObject({ imageOut: 800 });
  });

  test('may be answered with JSON instead', async () => {
    const { run } = await runWith({ instead: { body: { data: [{ b64_json: base64('picture') }] } } });
    expect(run.images[0]?.bytes.toString()).toBe('picture');
  });
});

describe('a stream that breaks', () => {
  const blocked = { message: 'Blocked.', type: 'image_generation_user_error', code: 'moderation_blocked' };

  test.each([
    ['an error at once', stream(['error', { error: blocked }]), { kind: 'moderated', charged: 'no' }],
    ['an error without an envelope', stream(['error', blocked]), { kind: 'moderated', charged: 'no' }],
    [
      'an error behind a preview',
      stream(partial('one'), ['error', { error: blocked }]),
      { kind: 'moderated', charged: 'maybe' },
    ],
    [
      'a failure behind a preview',
      stream(partial('one'), ['error', { error: { type: 'server_error', message: 'Oops' } }]),
      { kind: 'unavailable', charged: 'maybe' },
    ],
    [
      'an error under another name',
      stream(['message', { error: blocked }]),
      { kind: 'moderated', charged: 'no' },
    ],
    ['an end without an image', stream(partial('one')), { kind: 'unreadable', charged: 'maybe' }],
    ['nothing', { instead: { body: '', headers: eventStream } }, { kind: 'unreadable', charged: 'maybe' }],
    [
      'garbage',
      { instead: { body: 'data: {"b64_json":\n\n', headers: eventStream } },
      { kind: 'unreadable', charged: 'maybe' },
    ],
    ['a cut in the image', { cutAfterBytes: 2000 }, { kind: 'unavailable', charged: 'maybe' }],
  ] satisfies [string, Behaviour, Record<string, string>][])('with %s', async (_, behaviour, expected) => {
    const { upstream, model, job } = await start(behaviour);
    expect((await runToError(model, job)).facts).toMatchObject(expected);
    expect(upstream.calls).toHaveLength(1);
  });

  test('gives the images that came before, and says which are missing', async () => {
    const behaviour = stream(completed('picture'), ['error', { error: blocked }]);
    const { run } = await runWith(behaviour, { n: 2 });
    expect(run.images.map((image) => image.bytes.toString())).toEqual(['picture']);
    expect(run.finished.missing).toMatchObject([{ imageIndex: 1, error: { facts: { kind: 'moderated' } } }]);
  });

  test('loses nothing when only the end is cut', async () => {
    const whole = stream(completed('picture')).instead?.body ?? '';
    const { run } = await runWith({ instead: { body: `${whole}data: {"half`, headers: eventStream } });
    expect(run.images.map((image) => image.bytes.toString())).toEqual(['picture']);
    expect(run.finished.missing).toBeUndefined();
  });
});
