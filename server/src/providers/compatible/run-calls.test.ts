import { describe, expect, onTestFinished, test } from 'vitest';
import { localAiKey, localAiModel, openLocalAiUpstream } from '../../../tests/upstreams/localai-upstream.ts';
import { openSdcppUpstream } from '../../../tests/upstreams/sdcpp-upstream.ts';
import { openSglangUpstream } from '../../../tests/upstreams/sglang-upstream.ts';
import type { ImageEvent, ImageJob } from '../../models/index.ts';
import { collectEvents, decodePicture } from '../../models/testing/collect-events.ts';
import { runToError } from '../../models/testing/run-to-error.ts';
import { sampleJob } from '../../models/testing/sample-jobs.ts';
import { lastCall, opened } from './testing/inspect-call.ts';
import { type EngineText, type OpenedEngine, openEngine } from './testing/open-engine.ts';

/** An engine that makes one picture a call, two at a time. */
async function openSglang(changes: Partial<EngineText> = {}) {
  const upstream = await opened(openSglangUpstream());
  const engine = await openEngine({
    name: 'sgl',
    dialect: 'sglang',
    base_url: upstream.origin,
    send_model: false,
    max_n: 1,
    concurrency: 2,
    models: [{ id: 'flux' }],
    ...changes,
  });
  return { upstream, engine };
}

async function jobOf({ row }: OpenedEngine, changes: Partial<ImageJob> = {}) {
  return await sampleJob(row, 'images.generations', changes);
}

/** Something that can be let go from outside. */
function gate() {
  let open: () => void = () => undefined;
  const opening = new Promise<void>((resolve) => {
    open = resolve;
  });
  onTestFinished(open);
  return { opening, open };
}

describe('several pictures', () => {
  test('are one call where the engine makes several', async () => {
    const { upstream, engine } = await openSglang({ max_n: 4 });
    const run = await collectEvents(engine.model(), await jobOf(engine, { n: 4 }));
    expect(run.images).toHaveLength(4);
    expect(upstream.calls).toHaveLength(1);
  });

  test('are calls of one beyond that, with seeds that follow each other, and never too many at once', async () => {
    const { upstream, engine } = await openSglang();
    const run = await collectEvents(engine.model(), await jobOf(engine, { n: 5, seed: 2 ** 31 - 2 }));
    expect(run.images.map((image) => image.imageIndex).toSorted()).toEqual([0, 1, 2, 3, 4]);
    expect(run.types.filter((type) => type === 'started')).toHaveLength(1);
    const seeds = upstream.calls.map(({ fields }) => Number(new Map(fields).get('seed')));
    expect(seeds.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 2 ** 31 - 2, 2 ** 31 - 1]);
    expect(upstream.calls.every(({ fields }) => !new Map(fields).has('n'))).toBe(true);
    expect(upstream.mostAtOnce()).toBe(2);
  });

  test('tell the seed of each, where nobody asked for one', async () => {
    const { upstream, engine } = await openSglang();
    const run = await collectEvents(engine.model(), await jobOf(engine, { n: 3 }));
    const told = run.images.map((image) => image.applied.seed);
    expect(new Set(told).size).toBe(3);
    expect(upstream.calls.map(({ fields }) => new Map(fields).get('seed')).toSorted()).toEqual(
      told.toSorted(),
    );
  });

  test('that partly fail say which did not come, and why', async () => {
    const { upstream, engine } = await openSglang({ concurrency: 1 });
    upstream.next({});
    upstream.next({ instead: { status: 500, body: { detail: 'CUDA out of memory' } } });
    const run = await collectEvents(engine.model(), await jobOf(engine, { n: 3 }));
    expect(run.images.map((image) => image.imageIndex)).toEqual([0, 2]);
    expect(run.finished.missing).toMatchObject([
      { imageIndex: 1, error: { facts: { kind: 'unavailable', charged: 'no', upstreamStatus: 500 } } },
    ]);
  });

  test('of which one breaks off in the middle are the others', async () => {
    const { upstream, engine } = await openSglang({ concurrency: 1 });
    upstream.next({ cutAfterBytes: 400 });
    const run = await collectEvents(engine.model(), await jobOf(engine, { n: 2 }));
    expect(run.images.map((image) => image.imageIndex)).toEqual([1]);
    expect(run.images[0]?.bytes).toEqual(lastCall(upstream).pictures[0]);
    expect(run.finished.missing).toMatchObject([{ imageIndex: 0, error: { facts: { charged: 'no' } } }]);
  });

  test('that all fail are the first failure', async () => {
    const { upstream, engine } = await openSglang();
    for (let count = 0; count < 3; count += 1) {
      upstream.next({ instead: { status: 422, body: { detail: [{ loc: ['body', 'size'], msg: 'no' }] } } });
    }
    const error = await runToError(engine.model(), await jobOf(engine, { n: 3 }));
    expect(error.facts).toMatchObject({ kind: 'rejected', param: 'size', message: 'no' });
  });

  test('of which the engine gives fewer are told as missing', async () => {
    const { upstream, engine } = await openSglang({ max_n: 4 });
    upstream.next({ change: (reply) => ({ ...reply, data: (reply.data as unknown[]).slice(0, 2) }) });
    const run = await collectEvents(engine.model(), await jobOf(engine, { n: 3 }));
    expect(run.images).toHaveLength(2);
    expect(run.finished.missing?.map(({ imageIndex }) => imageIndex)).toEqual([2]);
  });
});

describe('a queue', () => {
  test('keeps sd-server at one call, and says that a job waits', async () => {
    const upstream = await opened(openSdcppUpstream());
    const engine = await openEngine({
      name: 'cpu',
      dialect: 'sdcpp',
      base_url: upstream.origin,
      models: [{ id: 'flux' }],
    });
    const first = gate();
    upstream.next({ after: first.opening });
    const signal = new AbortController().signal;
    const running = collectEvents(engine.model(), await jobOf(engine));
    const events: ImageEvent[] = [];
    const waiting = (async () => {
      const context = { requestId: 'req_two', signal };
      for await (const event of engine.model().run(await jobOf(engine), context)) {
        events.push(event);
        if (event.type === 'progress') first.open();
        if (event.type === 'image') for await (const _ of event.bytes.chunks);
      }
    })();
    await Promise.all([running, waiting]);
    expect(events.map(({ type }) => type)).toEqual(['started', 'progress', 'image', 'finished']);
    expect(events[1]).toEqual({ type: 'progress', stage: 'queued' });
    expect(upstream.mostAtOnce()).toBe(1);
  });

  test('takes its callers in turn', async () => {
    const { upstream, engine } = await openSglang({ concurrency: 1 });
    const first = gate();
    upstream.next({ after: first.opening });
    const order: string[] = [];
    const start = async (callerId: string, name: string) => {
      const context = { requestId: name, callerId, signal: new AbortController().signal };
      for await (const event of engine.model().run(await jobOf(engine), context)) {
        if (event.type === 'image') for await (const _ of event.bytes.chunks);
        if (event.type === 'finished') order.push(name);
      }
    };
    const runs = [start('greedy', 'greedy 1')];
    await expect.poll(() => upstream.calls.length).toBe(1);
    for (const name of ['greedy 2', 'greedy 3', 'greedy 4']) runs.push(start('greedy', name));
    runs.push(start('modest', 'modest 1'), start('late', 'late 1'));
    // All of them are in line when the first one goes on.
    await new Promise((resolve) => setTimeout(resolve, 50));
    first.open();
    await Promise.all(runs);
    expect(order).toEqual(['greedy 1', 'greedy 2', 'modest 1', 'late 1', 'greedy 3', 'greedy 4']);
  });

  test('lets a job that is given up go without a call, unpaid, and its place to nobody', async () => {
    const { upstream, engine } = await openSglang({ concurrency: 1 });
    const first = gate();
    upstream.next({ after: first.opening });
    const running = collectEvents(engine.model(), await jobOf(engine));
    await expect.poll(() => upstream.calls.length).toBe(1);
    const leaving = new AbortController();
    const job = await jobOf(engine);
    const given = runToError(engine.model(), job, leaving.signal);
    setImmediate(() => leaving.abort());
    expect((await given).facts).toMatchObject({ kind: 'unavailable', charged: 'no' });
    first.open();
    await running;
    expect(upstream.calls).toHaveLength(1);
    await collectEvents(engine.model(), job);
    expect(upstream.calls).toHaveLength(2);
  });

  test('gets its place back when a reader leaves in the middle', async () => {
    const { engine } = await openSglang({ concurrency: 1 });
    const context = { requestId: 'req_left', signal: new AbortController().signal };
    for await (const event of engine.model().run(await jobOf(engine, { n: 3 }), context)) {
      if (event.type === 'image') break;
    }
    expect((await collectEvents(engine.model(), await jobOf(engine))).images).toHaveLength(1);
  });
});

describe('pictures', () => {
  const openLocal = async () => {
    const upstream = await opened(openLocalAiUpstream());
    const engine = await openEngine({
      name: 'local',
      dialect: 'localai',
      base_url: upstream.origin,
      api_key: localAiKey,
      models: [{ id: localAiModel }],
    });
    return { upstream, engine };
  };
  const withData = (url: string) => (reply: Record<string, unknown>) => ({ ...reply, data: [{ url }] });

  test('that are named by a relative address are fetched where the engine is, with its key', async () => {
    const { upstream, engine } = await openLocal();
    upstream.next({
      change: withData('/generated-images/mine.png'),
    });
    const error = await runToError(engine.model(), await jobOf(engine));
    expect(error.facts.kind).toBe('unreadable');
    expect(lastCall(upstream)).toMatchObject({
      method: 'GET',
      path: '/generated-images/mine.png',
      headers: { authorization: `Bearer ${localAiKey}` },
    });
  });

  test.each([
    'http://169.254.169.254/latest/meta-data',
    'https://pictures.example/one.png',
    '//127.0.0.1:1/one.png',
    'file:///etc/passwd',
    'data:image/png;base64,AAAA',
  ])('at %s are left alone', async (url) => {
    const { upstream, engine } = await openLocal();
    upstream.next({ change: withData(url) });
    const error = await runToError(engine.model(), await jobOf(engine));
    expect(error.facts).toMatchObject({ kind: 'unreadable', charged: 'no' });
    expect(error.message).not.toContain(url);
    expect(upstream.calls).toHaveLength(1);
  });

  test('may stand in a data URL', async () => {
    const { upstream, engine } = await openLocal();
    upstream.next({
      change: (reply) => ({
        ...reply,
        data: (reply.data as { b64_json: string }[]).map(({ b64_json }) => ({
          b64_json: `data:image/png;base64,${b64_json}`,
        })),
      }),
    });
    const run = await collectEvents(engine.model(), await jobOf(engine));
    expect(run.images[0]?.bytes).toEqual(lastCall(upstream).pictures[0]);
  });

  test('are what their bytes say, and are converted only where another format was asked for', async () => {
    const { upstream, engine } = await openLocal();
    const lie = { change: (reply: Record<string, unknown>) => ({ ...reply, output_format: 'webp' }) };
    upstream.next(lie);
    const plain = await collectEvents(engine.model(), await jobOf(engine));
    expect(plain.images[0]?.applied.outputFormat).toBe('png');
    expect(plain.images[0]?.bytes).toEqual(lastCall(upstream).pictures[0]);
    upstream.next(lie);
    const asked = await collectEvents(engine.model(), await jobOf(engine, { outputFormat: 'jpeg' }));
    expect(asked.images[0]?.applied.outputFormat).toBe('jpeg');
    expect((await decodePicture(asked.images[0]?.bytes ?? Buffer.alloc(0))).format).toBe('jpeg');
  });

  test('that are none are unreadable where they had to be converted', async () => {
    const { upstream, engine } = await openLocal();
    const broken = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(64)]);
    upstream.next({ change: (reply) => ({ ...reply, data: [{ b64_json: broken.toString('base64') }] }) });
    const error = await runToError(engine.model(), await jobOf(engine, { outputFormat: 'jpeg' }));
    expect(error.facts.kind).toBe('unreadable');
  });
});
