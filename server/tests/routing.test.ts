import { writeFile } from 'node:fs/promises';
import { modelList } from '@pictor/api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawTargets } from '../src/routing/draw-targets.ts';
import { openTargetHealth } from '../src/routing/target-health.ts';
import { toJson } from './support/forms.ts';
import { type Cells, openCells } from './support/open-cells.ts';
import { removeDataDirs } from './support/start-pictor.ts';

let cells: Cells;

beforeAll(async () => {
  cells = await openCells(['one', 'two'], '');
});
afterAll(async () => {
  await cells.close();
  await removeDataDirs();
});

async function generate(body: Record<string, unknown>) {
  const answer = await cells.pictor.call('/v1/images/generations', toJson({ prompt: 'a fox', ...body }));
  return { status: answer.status, engine: answer.headers.get('x-pictor-engine'), body: await answer.json() };
}

type ProviderView = {
  name: string;
  status: string;
  models: { id: string; status: string; rest_until: number | null; last_error: unknown }[];
};

async function viewOf(name: string): Promise<ProviderView | undefined> {
  const list = (await (await cells.pictor.call('/api/providers')).json()) as { data: ProviderView[] };
  return list.data.find((each) => each.name === name);
}

const overloaded = { instead: { status: 503, body: { error: { message: 'Busy.' } } } };

describe('a name', () => {
  test.each([
    ['gpt-image-2', 'one'],
    ['openai/gpt-image-2', 'one'],
    ['one/gpt-image-2', 'one'],
    ['two/gpt-image-2', 'two'],
  ])('%s leads to %s', async (model, engine) => {
    expect(await generate({ model })).toMatchObject({ status: 200, engine });
  });

  test('of another vendor, or of nobody, is no model', async () => {
    for (const model of ['google/gpt-image-2', 'three/gpt-image-2', 'two/nothing', 'constructor']) {
      expect(await generate({ model }), model).toMatchObject({
        status: 404,
        body: { error: { code: 'model_not_found' } },
      });
    }
  });

  test('of an upstream that has no such model says so, not that nobody is configured', async () => {
    await cells.reconfigure(`    - { name: small, api_key: "$\{UPSTREAM_KEY}", models: [gpt-image-2] }\n`);
    const { status, body } = await generate({ model: 'small/gpt-image-1' });
    expect(status).toBe(404);
    expect(body).toMatchObject({
      error: {
        code: 'model_not_found',
        message: expect.stringContaining("'small' does not serve the model 'gpt-image-1'"),
      },
    });
    const unset = await generate({ model: 'azure/gpt-image-1' });
    expect(unset.body).toMatchObject({
      error: { message: expect.stringMatching(/Set AZURE_OPENAI_ENDPOINT and restart/) },
    });
  });

  test('may be an alias or a route, which are listed with the models', async () => {
    await cells.reconfigure(`
models:
  - { id: gpt-image-9, like: gpt-image-2, pass_through: [sparkle] }
routes:
  gpt-image-2: { targets: [{ model: two/gpt-image-2 }, { model: one/gpt-image-2 }] }
aliases:
  best: gpt-image-2
  tomorrow: gpt-image-9
`);
    expect(await generate({ model: 'gpt-image-2' })).toMatchObject({ status: 200, engine: 'two' });
    expect(await generate({ model: 'best' })).toMatchObject({ status: 200, engine: 'two' });
    const list = modelList.parse(await (await cells.pictor.call('/v1/models')).json());
    const ids = list.data.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['best', 'tomorrow', 'gpt-image-2', 'gpt-image-9']));
    expect(new Set(ids).size).toBe(ids.length);
    const unknown = { instead: { status: 400, body: { error: { message: 'No such model.', code: null } } } };
    cells.upstreams.one?.next(unknown);
    const made = await generate({ model: 'tomorrow', sparkle: { amount: 3 } });
    expect(made.status).toBe(400);
    expect(Object.fromEntries(cells.upstreams.one?.calls.at(-1)?.fields ?? [])).toMatchObject({
      model: 'gpt-image-9',
      sparkle: { amount: 3 },
    });
    expect(made.body).toMatchObject({
      pictor: { adjustments: [{ parameter: 'sparkle', action: 'passed-through' }] },
    });
  });

  test('of own price is billed by it', async () => {
    await cells.reconfigure(`
prices:
  - { model: gpt-image-2, provider: two, from: 2026-01-01, per_image: 0.125 }
`);
    expect((await generate({ model: 'two/gpt-image-2' })).body).toMatchObject({ pictor: { cost: 0.125 } });
    const listed = await generate({ model: 'one/gpt-image-2' });
    expect(listed.body).not.toMatchObject({ pictor: { cost: 0.125 } });
  });
});

describe('a target that keeps failing', () => {
  test('rests, and everybody sees it; the others work on', async () => {
    await cells.reconfigure('routing: { retries: 0, rest_after_failures: 2, rest_seconds: 600 }\n');
    for (let time = 0; time < 2; time += 1) {
      cells.upstreams.one?.next(overloaded);
      expect(await generate({ model: 'gpt-image-2' })).toMatchObject({ status: 200, engine: 'two' });
    }
    const calls = cells.upstreams.one?.calls.length;
    expect(await generate({ model: 'gpt-image-2' })).toMatchObject({ status: 200, engine: 'two' });
    expect(cells.upstreams.one?.calls.length).toBe(calls);
    const view = await viewOf('one');
    expect(view?.models.find(({ id }) => id === 'gpt-image-2')).toMatchObject({
      status: 'resting',
      rest_until: expect.any(Number),
      last_error: { kind: 'unavailable' },
    });
    expect(view?.status).toBe('failing');
    expect((await viewOf('two'))?.status).toBe('ready');
  });

  test('is tried all the same where there is no other', async () => {
    expect(await generate({ model: 'one/gpt-image-2' })).toMatchObject({ status: 200, engine: 'one' });
    expect((await viewOf('one'))?.status).toBe('ready');
  });

  test('is tried by one call after its rest, and works again when that one succeeds', () => {
    let now = 0;
    const health = openTargetHealth({ rest_after_failures: 2, rest_seconds: 10 }, () => now);
    const fail = () => health.begin()({ type: 'failed', kind: 'unavailable', message: 'Busy.' });
    fail();
    expect(health.isResting()).toBe(false);
    fail();
    expect(health.isResting()).toBe(true);
    now = 10_000;
    expect(health.isResting()).toBe(false);
    const end = health.begin();
    expect(health.isResting()).toBe(true);
    end({ type: 'failed', kind: 'unavailable', message: 'Busy.' });
    expect(health.isResting()).toBe(true);
    now = 20_000;
    health.begin()({ type: 'answered' });
    expect(health.view()).toMatchObject({ status: 'ready', failuresInARow: 0, lastError: null });
  });

  test('does not rest for refusals, and a call that was given up says nothing', () => {
    const health = openTargetHealth({ rest_after_failures: 1, rest_seconds: 10 });
    health.begin()({ type: 'failed', kind: 'moderated', message: 'No.' });
    health.begin()({ type: 'failed', kind: 'rejected', message: 'No.' });
    health.begin()({ type: 'given-up' });
    expect(health.view().status).toBe('ready');
  });
});

describe('weights', () => {
  const a = { model: 'a', weight: 3 };
  const b = { model: 'b', weight: 1 };
  const last: { model: string; weight?: number } = { model: 'last' };

  test.each([
    [0, ['a', 'b', 'last']],
    [0.74, ['a', 'b', 'last']],
    [0.76, ['b', 'a', 'last']],
  ])('draw among neighbours, at %s', (point, order) => {
    expect(drawTargets([a, b, last], () => point).map(({ model }) => model)).toEqual(order);
  });

  test('spread requests over their upstreams, and nothing is lost', async () => {
    await cells.reconfigure(`
routes:
  spread: { targets: [{ model: one/gpt-image-2, weight: 1 }, { model: two/gpt-image-2, weight: 1 }] }
`);
    const engines = await Promise.all(
      Array.from({ length: 24 }, async () => (await generate({ model: 'spread' })).engine),
    );
    expect(new Set(engines)).toEqual(new Set(['one', 'two']));
  });
});

test('who would rather pay twice can have what may have been charged taken elsewhere, but no refusal', async () => {
  await cells.reconfigure('routing: { retries: 2, fallback_when_charge_unknown: true }\n');
  cells.upstreams.one?.next({ instead: { status: 500, body: { error: { message: 'Oops.' } } } });
  const made = await generate({ model: 'gpt-image-2' });
  expect(made).toMatchObject({ status: 200, engine: 'two', body: { pictor: { cost: null } } });
  const error = { message: 'No.', code: 'moderation_blocked', type: 'image_generation_user_error' };
  cells.upstreams.one?.next({ instead: { status: 400, body: { error } } });
  expect(await generate({ model: 'gpt-image-2' })).toMatchObject({ status: 400, engine: 'one' });
});

test('jobs that run while the configuration changes end on the upstreams they began with', async () => {
  const gate = Promise.withResolvers<void>();
  cells.upstreams.one?.next({ after: gate.promise });
  const calls = cells.upstreams.one?.calls.length ?? 0;
  const running = generate({ model: 'one/gpt-image-2' });
  await expect.poll(() => cells.upstreams.one?.calls.length, { timeout: 10_000 }).toBe(calls + 1);
  await writeFile(cells.configFile, '');
  process.kill(cells.pictor.pid, 'SIGHUP');
  await expect
    .poll(async () => (await cells.pictor.call('/v1/models/one/gpt-image-2')).status, { timeout: 10_000 })
    .toBe(404);
  gate.resolve();
  expect(await running).toMatchObject({ status: 200, engine: 'one' });
  // Without any upstream the built-in engine stands in.
  expect(await generate({ model: 'gpt-image-2' })).toMatchObject({ status: 200, engine: 'sketch' });
});
