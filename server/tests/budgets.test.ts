import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { budget, budgetList, rateLimit } from '@pictor/api';
import { APIError, type OpenAI } from 'openai';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { makeKey } from './support/make-project.ts';
import { newDataDir, type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';
import { type OpenAiUpstream, openOpenAiUpstream, upstreamKey } from './upstreams/openai-upstream.ts';

let upstream: OpenAiUpstream;
let pictor: Pictor;
let configFile: string;

/** The built-in illustrator is free, unless the operator gives it a price. */
const config = 'prices:\n  - model: sketch-1\n    from: 2026-01-01\n    per_image: 0.02\n';

function start(dataDir?: string): Promise<Pictor> {
  return startPictor({
    env: {
      OPENAI_API_KEY: upstreamKey,
      PICTOR_OPENAI_BASE_URL: upstream.baseUrl,
      PICTOR_CONFIG: configFile,
    },
    ...(dataDir === undefined ? {} : { dataDir }),
  });
}

beforeAll(async () => {
  upstream = await openOpenAiUpstream();
  configFile = join(await newDataDir(), 'pictor.yaml');
  await writeFile(configFile, config);
  pictor = await start();
});
afterEach(async () => {
  for (const path of ['/api/budgets', '/api/limits']) {
    const { data } = (await (await pictor.call(path)).json()) as { data: { id: string }[] };
    for (const { id } of data) await pictor.call(`${path}/${id}`, { method: 'DELETE' });
  }
});
afterAll(async () => {
  await pictor.stop();
  await upstream.close();
  await removeDataDirs();
});

async function send(method: string, path: string, body: unknown): Promise<Response> {
  return await pictor.call(path, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

async function newBudget(body: Record<string, unknown>) {
  const response = await send('POST', '/api/budgets', body);
  expect(response.status).toBe(200);
  return budget.parse(await response.json());
}

async function budgetNow(id: string) {
  return budget.parse(await (await pictor.call(`/api/budgets/${id}`)).json());
}

async function newRate(body: Record<string, unknown>) {
  return rateLimit.parse(await (await send('POST', '/api/limits', body)).json());
}

/** Tells so many image tokens and nothing else. */
function told(imageTokens: number) {
  return {
    change: (reply: Record<string, unknown>) => ({
      ...reply,
      usage: {
        input_tokens: 0,
        input_tokens_details: { text_tokens: 0, image_tokens: 0 },
        output_tokens: imageTokens,
        total_tokens: imageTokens,
      },
    }),
  };
}

const square = { model: 'gpt-image-2', prompt: 'a kite', size: '1024x1024' } as const;
/** 7,024 tokens at 30,000 nano-USD, which is also what is held for it, but for the prompt's six bytes. */
const highUsd = 0.21072;

const turn = {
  model: 'gpt-5.4',
  tools: [{ type: 'image_generation', model: 'gpt-image-2', size: '1024x1024', quality: 'high' }],
} satisfies Partial<OpenAI.Responses.ResponseCreateParams>;
/** 2,000 tokens in, 100 of them cached, and 50 out. */
const turnUsd = 1900 * 2.5e-6 + 100 * 0.25e-6 + 50 * 15e-6;

/** Tells so many image tokens beside those of the text model. */
function toldInTurn(imageTokens: number) {
  return {
    change: ({ response, ...event }: Record<string, unknown>) => {
      if (typeof response !== 'object' || response === null || !('tool_usage' in response)) {
        return { ...event, ...(response === undefined ? {} : { response }) };
      }
      const image_gen = {
        input_tokens: 30,
        input_tokens_details: { image_tokens: 0, text_tokens: 30 },
        output_tokens: imageTokens,
        output_tokens_details: { image_tokens: imageTokens, text_tokens: 0 },
        total_tokens: 30 + imageTokens,
      };
      return { ...event, response: { ...response, tool_usage: { image_gen } } };
    },
  };
}

let count = 0;
/** Every picture another one, so that no request takes up another. */
async function draw(quality: 'low' | 'high', options: OpenAI.RequestOptions = {}) {
  count += 1;
  return await pictor.client().images.generate({ ...square, prompt: `kite ${count}`, quality }, options);
}

async function refusalOf(promise: Promise<unknown>): Promise<InstanceType<typeof APIError>> {
  const error: unknown = await promise.then(
    () => new Error('It was not refused.'),
    (reason: unknown) => reason,
  );
  if (error instanceof APIError) return error;
  throw error;
}

describe('a hard budget', () => {
  test('of one dollar is overshot by one image at most, by 50 callers at once', async () => {
    const { id } = await newBudget({ period: 'day', limit: 1 });
    const calls = upstream.calls.length;
    // Four cost less than a dollar, the fifth more.
    const made = 5;
    for (let call = 0; call < made; call += 1) upstream.next({ ...told(7024), headersAfterMs: 20 });
    const ended = await Promise.allSettled(Array.from({ length: 50 }, () => draw('high')));
    expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(made);
    const { spent, held, remaining } = await budgetNow(id);
    expect(spent).toBeCloseTo(made * highUsd, 9);
    expect({ held, remaining }).toEqual({ held: 0, remaining: 0 });
    expect(spent).toBeGreaterThanOrEqual(1);
    expect(spent).toBeLessThanOrEqual(1 + highUsd);
    expect(upstream.calls.length - calls).toBe(made);
    for (const each of ended) {
      if (each.status === 'fulfilled') continue;
      expect(each.reason).toMatchObject({
        status: 429,
        code: 'insufficient_quota',
        type: 'insufficient_quota',
      });
    }

    const refused = await refusalOf(draw('low'));
    expect(refused.message).toMatch(/hard budget of 1\.00 USD a day for the project proj_default/);
    expect(refused.message).toMatch(/begins anew at \d{4}-\d{2}-\d{2}T00:00:00\.000Z/);
    expect(refused.headers?.get('x-should-retry')).toBe('false');
  });

  test('of one dollar holds for conversations, whose service draws before anybody could stop it', async () => {
    const key = await makeKey(pictor, 'proj_default');
    const { id } = await newBudget({ period: 'total', limit: 1, key_id: key.id });
    const calls = upstream.calls.length;
    const made = 5;
    for (let call = 0; call < made; call += 1) upstream.next({ ...toldInTurn(7024), headersAfterMs: 20 });
    const client = key.client();
    const ended = await Promise.allSettled(
      Array.from({ length: 50 }, async (_, index) => {
        const body = { ...turn, input: `Draw jug ${index}` };
        if (index % 3 === 0) return await client.responses.create(body);
        if (index % 3 === 1) return await client.responses.create({ ...body, background: true });
        const events: unknown[] = [];
        for await (const event of await client.responses.create({ ...body, stream: true }))
          events.push(event);
        return events;
      }),
    );
    expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(made);
    await expect.poll(async () => (await budgetNow(id)).held).toBe(0);
    expect(upstream.calls.length - calls).toBe(made);
    const { spent } = await budgetNow(id);
    // Five pictures, the 30 tokens of their prompts, and what deciding cost.
    expect(spent).toBeCloseTo(made * (highUsd + 30 * 5e-6 + turnUsd), 9);
    for (const each of ended) {
      if (each.status === 'fulfilled') continue;
      expect(each.reason).toMatchObject({ status: 429, code: 'insufficient_quota' });
    }
    const words = client.responses.create({ model: 'gpt-5.4', input: 'Hello' });
    expect(await refusalOf(words)).toMatchObject({ status: 429, type: 'insufficient_quota' });
    const free = await client.responses.create({ model: 'sketch-director-1', input: 'Hello' });
    expect(free.status).toBe('completed');
  });

  test('does not stand in the way of an answer that is there already', async () => {
    const options = { headers: { 'idempotency-key': 'budget-replay' } };
    const body = { ...square, quality: 'low' } as const;
    const first = await pictor.client().images.generate(body, options);
    await newBudget({ period: 'total', limit: 0 });
    const { data: second, response } = await pictor.client().images.generate(body, options).withResponse();
    expect(response.headers.get('idempotent-replayed')).toBe('true');
    expect(second.data).toEqual(first.data);
    expect((await refusalOf(draw('low'))).status).toBe(429);
  });

  test('gives back what a refused request held', async () => {
    const { id } = await newBudget({ period: 'total', limit: 50 });
    const before = await budgetNow(id);
    const error = { message: 'Rejected by the safety system.', code: 'moderation_blocked' };
    upstream.next({ instead: { status: 400, body: { error } } });
    expect((await refusalOf(draw('high'))).status).toBe(400);
    expect(await budgetNow(id)).toEqual(before);
  });

  test('keeps what was held where the cost is unknown, also behind a restart', async () => {
    const { id } = await newBudget({ period: 'day', limit: 50 });
    const before = await budgetNow(id);
    upstream.next({ cutAfterBytes: 40 });
    await refusalOf(draw('high'));
    const after = await budgetNow(id);
    expect(after.spent - before.spent).toBeCloseTo(highUsd, 4);
    expect(await pictor.stop()).toBe(0);
    pictor = await start(pictor.dataDir);
    expect(await budgetNow(id)).toEqual(after);
  });

  test('keeps what was held for a request that a killed process left', async () => {
    const { id } = await newBudget({ period: 'day', limit: 50 });
    const before = await budgetNow(id);
    const calls = upstream.calls.length;
    for (const _ of [1, 2]) upstream.next({ headersAfterMs: 20_000 });
    const lost = Promise.allSettled([
      draw('high'),
      pictor.client().responses.create({ ...turn, input: 'Draw a lamp', background: true }),
    ]);
    await expect.poll(() => upstream.calls.length).toBe(calls + 2);
    await pictor.kill();
    await lost;
    pictor = await start(pictor.dataDir);
    // What the text model of the turn did cost is unknown, and nothing was held for it.
    const ledger = await pictor.call('/api/ledger?limit=2');
    expect(await ledger.json()).toMatchObject({
      data: expect.arrayContaining([
        expect.objectContaining({ kind: 'mainline', model: 'gpt-5.4', charged: 'maybe', cost: null }),
        expect.objectContaining({ kind: 'image', charged: 'maybe', cost: null }),
      ]),
    });
    const after = await budgetNow(id);
    expect(after.held).toBe(0);
    expect(after.spent - before.spent).toBeCloseTo(highUsd, 4);
  });

  test('is changed and removed', async () => {
    const { id } = await newBudget({ period: 'total', limit: 0 });
    expect((await refusalOf(draw('low'))).status).toBe(429);
    const raised = await send('PATCH', `/api/budgets/${id}`, { limit: 100, mode: 'soft' });
    expect(budget.parse(await raised.json())).toMatchObject({ limit: 100, mode: 'soft', period: 'total' });
    await draw('low');
    await pictor.call(`/api/budgets/${id}`, { method: 'DELETE' });
    expect((await pictor.call(`/api/budgets/${id}`)).status).toBe(404);
    expect(budgetList.parse(await (await pictor.call('/api/budgets')).json()).data).toEqual([]);
  });
});

test('a soft budget warns beside the pictures', async () => {
  await newBudget({ period: 'month', limit: 0.001, mode: 'soft' });
  const answer = (await draw('low')) as unknown as { pictor: { warnings: string[] } };
  expect(answer.pictor.warnings).toEqual([expect.stringContaining('soft budget of 0.001 USD a month')]);
});

test("a price of one's own counts before every other", async () => {
  const { id } = await newBudget({ period: 'day', limit: 100 });
  const before = await budgetNow(id);
  const body = { model: 'sketch-1', prompt: 'a priced sketch', size: '256x256', n: 2 } as const;
  const answer = (await pictor.client().images.generate(body)) as unknown as { pictor: { cost: number } };
  expect(answer.pictor.cost).toBe(0.04);
  expect((await budgetNow(id)).spent - before.spent).toBeCloseTo(0.04, 9);
});

test('a budget of a key counts that key alone', async () => {
  const mine = await newBudget({ period: 'day', limit: 5, key_id: 'key_root' });
  const before = await budgetNow(mine.id);
  upstream.next(told(1000));
  await draw('low');
  expect((await budgetNow(mine.id)).spent - before.spent).toBeCloseTo(0.03, 9);
});

test.each([
  ['/api/budgets', { period: 'week', limit: 1 }, 'period', 'invalid_value'],
  ['/api/budgets', { period: 'day' }, 'limit', 'missing_required_parameter'],
  ['/api/budgets', { period: 'day', limit: -1 }, 'limit', 'invalid_value'],
  ['/api/budgets', { period: 'day', limit: 1, colour: 'red' }, 'colour', 'unknown_parameter'],
  ['/api/budgets', { period: 'day', limit: 1, key_id: 'key_of_another' }, 'key_id', 'not_found'],
  ['/api/limits', { metric: 'images', per_minute: 0 }, 'per_minute', 'invalid_value'],
  ['/api/limits', { metric: 'pixels', per_minute: 1 }, 'metric', 'invalid_value'],
])('%s refuses %j', async (path, body, param, code) => {
  const response = await send('POST', path, body);
  expect(response.status).toBeGreaterThanOrEqual(400);
  expect(await response.json()).toMatchObject({ error: { code, param } });
});

describe('a rate limit', () => {
  test('refuses what is too fast, says when there is room, and stands in every answer', async () => {
    await newRate({ metric: 'requests', per_minute: 2 });
    await newRate({ metric: 'images', per_minute: 100 });
    const { response } = await pictor
      .client()
      .images.generate({ ...square, prompt: 'rate 1', quality: 'low', n: 2 })
      .withResponse();
    const header = (name: string) => response.headers.get(`x-ratelimit-${name}`);
    expect([header('limit-requests'), header('remaining-requests')]).toEqual(['2', '1']);
    expect([header('limit-images'), header('remaining-images')]).toEqual(['100', '98']);
    expect(header('reset-requests')).toMatch(/^(\d+(\.\d)?s|1m0s)$/);
    await draw('low');
    const refused = await refusalOf(draw('low'));
    expect(refused).toMatchObject({ status: 429, code: 'rate_limit_exceeded', type: 'rate_limit_exceeded' });
    expect(refused.message).toContain('2 requests a minute for the project proj_default');
    expect(Number(refused.headers?.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers?.get('x-ratelimit-remaining-requests')).toBe('0');
    const models = await pictor.call('/v1/models');
    expect(models.headers.get('x-ratelimit-remaining-requests')).toBe('0');
  });

  test('counts a turn of a conversation once, whatever it makes', async () => {
    await newRate({ metric: 'requests', per_minute: 3 });
    await newRate({ metric: 'images', per_minute: 2 });
    const client = pictor.client();
    await client.responses.create({ ...turn, input: 'Draw a rake' });
    await client.responses.create({ model: 'gpt-5.4', input: 'Hello' });
    const { headers } = await pictor.call('/v1/models');
    expect(headers.get('x-ratelimit-remaining-requests')).toBe('1');
    expect(headers.get('x-ratelimit-remaining-images')).toBe('1');
    await client.responses.create({ model: 'sketch-director-1', input: 'Hello' });
    const refused = await refusalOf(client.responses.create({ ...turn, input: 'Draw a hoe', stream: true }));
    expect(refused).toMatchObject({ status: 429, code: 'rate_limit_exceeded', type: 'rate_limit_exceeded' });
    expect(Number(refused.headers?.get('retry-after'))).toBeGreaterThan(0);
  });

  test('outlives a restart', async () => {
    const { id } = await newRate({ metric: 'requests', per_minute: 1000 });
    await draw('low');
    const remaining = async () => rateLimit.parse(await (await pictor.call(`/api/limits/${id}`)).json());
    expect((await remaining()).remaining).toBe(999);
    await pictor.stop();
    pictor = await start(pictor.dataDir);
    expect((await remaining()).remaining).toBeLessThanOrEqual(999);
    const fresh = await makeKey(pictor, 'proj_default');
    const counts = [
      await newRate({ metric: 'requests', per_minute: 50, key_id: fresh.id }),
      await newRate({ metric: 'images', per_minute: 50, key_id: fresh.id }),
      await newRate({ metric: 'tokens', per_minute: 50_000, key_id: fresh.id }),
    ];
    upstream.next(toldInTurn(200));
    await fresh.client().responses.create({ ...turn, input: 'Draw a yoke' });
    await fresh.client().responses.create({ model: 'gpt-5.4', input: 'Hello' });
    const left = async (): Promise<number[]> =>
      await Promise.all(
        counts.map(async ({ id: each }) =>
          rateLimit.parse(await (await pictor.call(`/api/limits/${each}`)).json()),
        ),
      ).then((limits) => limits.map((limit) => limit.remaining));
    // Two turns, one picture; 2,050 tokens each for deciding, and 230 for the picture.
    expect(await left()).toEqual([48, 49, 50_000 - 2 * 2050 - 230]);
    await pictor.stop();
    pictor = await start(pictor.dataDir);
    expect(await left()).toEqual([48, 49, 50_000 - 2 * 2050 - 230]);
    const { remaining: before } = await remaining();
    const changed = await send('PATCH', `/api/limits/${id}`, { per_minute: 900 });
    // A change gives nobody another minute's worth.
    expect(rateLimit.parse(await changed.json())).toMatchObject({ per_minute: 900, remaining: before - 100 });
  });
});
