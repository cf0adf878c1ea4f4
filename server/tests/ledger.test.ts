import { estimate, ledgerList, requestList, spend } from '@pictor/api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleInput } from '../src/models/testing/sample-inputs.ts';
import { toJson } from './support/forms.ts';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';
import { type OpenAiUpstream, openOpenAiUpstream, upstreamKey } from './upstreams/openai-upstream.ts';

let upstream: OpenAiUpstream;
let pictor: Pictor;

beforeAll(async () => {
  upstream = await openOpenAiUpstream();
  pictor = await startPictor({
    env: { OPENAI_API_KEY: upstreamKey, PICTOR_OPENAI_BASE_URL: upstream.baseUrl },
  });
});
afterAll(async () => {
  await pictor.stop();
  await upstream.close();
  await removeDataDirs();
});

async function generate(body: Record<string, unknown>, headers: Record<string, string> = {}) {
  const response = await pictor.call('/v1/images/generations', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-pictor-twins': 'off', ...headers },
    body: JSON.stringify({
      model: 'gpt-image-2',
      prompt: 'a red kite over the sea',
      quality: 'low',
      ...body,
    }),
  });
  const answer = (await response.json()) as { pictor: { request: string; cost: number | null } };
  return { status: response.status, ...answer.pictor };
}

async function entriesOf(request: string) {
  const list = ledgerList.parse(await (await pictor.call(`/api/ledger?request=${request}`)).json());
  return list.data;
}

async function spendBy(group: string) {
  return spend.parse(await (await pictor.call(`/api/spend?group_by=${group}`)).json());
}

async function csvOf(path: string): Promise<string[]> {
  const response = await pictor.call(path);
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  return (await response.text()).split('\r\n').filter((line) => line !== '');
}

async function requestRow(id: string) {
  const list = requestList.parse(await (await pictor.call('/api/requests')).json());
  return list.data.find((each) => each.id === id);
}

describe('an attempt is booked', () => {
  test('with the tokens that the provider told, and their price', async () => {
    const made = await generate({});
    // 6 tokens of text at 5 USD and 200 of images at 30 USD for a million.
    expect(made).toMatchObject({ status: 200, cost: 0.00603 });
    expect(await entriesOf(made.request)).toMatchObject([
      {
        attempt: 1,
        kind: 'image',
        provider: 'openai',
        engine: 'openai',
        model: 'gpt-image-2',
        outcome: 'succeeded',
        error_kind: null,
        charged: 'yes',
        upstream_request_id: 'req_upstream_1',
        usage: { text_in: 6, image_in: 0, text_out: 0, image_out: 200, source: 'provider' },
        images: [{ size: '1024x1024', quality: 'low' }],
        price_row: 'openai/gpt-image-2/2026-04-21',
        cost_nano_usd: 6_030_000,
      },
    ]);
    expect((await requestRow(made.request))?.cost).toBe(0.00603);
  });

  test('by the formula, and marked so, where the provider tells no usage', async () => {
    upstream.next({ change: ({ usage: _usage, ...reply }) => reply });
    const made = await generate({ size: '1024x1024' });
    // 196 tokens of a low square, and 23 bytes of prompt at a token for four.
    expect(await entriesOf(made.request)).toMatchObject([
      { usage: { text_in: 6, image_out: 196, source: 'formula' }, cost_nano_usd: 196 * 30_000 + 6 * 5000 },
    ]);
  });

  test('at the price of an image that has one, although the provider does not say which quality it used', async () => {
    const made = await generate({ model: 'dall-e-3', quality: 'standard' });
    expect(made.cost).toBe(0.04);
    expect(await entriesOf(made.request)).toMatchObject([
      { usage: null, images: [{ size: '1024x1024', quality: 'standard' }], cost_nano_usd: 40_000_000 },
    ]);
  });

  test('at nothing where the provider refused before it worked', async () => {
    const error = { message: 'Your request was rejected by the safety system.', code: 'moderation_blocked' };
    upstream.next({ instead: { status: 400, body: { error } } });
    const refused = await generate({});
    expect(refused).toMatchObject({ status: 400, cost: 0 });
    expect(await entriesOf(refused.request)).toMatchObject([
      { outcome: 'failed', error_kind: 'moderated', charged: 'no', cost_nano_usd: 0, images: [] },
    ]);
    expect((await requestRow(refused.request))?.cost).toBe(0);
  });

  test('as unknown where nobody can tell whether it was charged', async () => {
    upstream.next({ cutAfterBytes: 40 });
    const cut = await generate({});
    expect(cut.cost).toBeNull();
    expect(await entriesOf(cut.request)).toMatchObject([
      { outcome: 'failed', charged: 'maybe', cost: null, cost_nano_usd: null },
    ]);
    expect((await requestRow(cut.request))?.cost).toBeNull();
  });

  test('under the tags and the saved prompt of the turn that it belongs to', async () => {
    const template = { type: 'completion', content: [{ type: 'text', text: 'Draw a {thing}' }] };
    const saved = await pictor.call('/api/prompts', toJson({ name: 'a thing', template }));
    expect(saved.status).toBe(201);
    const body = {
      model: 'gpt-5.4',
      prompt: { id: 'a thing', variables: { thing: 'jug' } },
      tools: [{ type: 'image_generation', quality: 'low' }],
    };
    const answer = await pictor.call('/v1/responses', toJson(body, { 'x-pictor-tags': 'pottery' }));
    expect(answer.status).toBe(200);
    const { cost } = ((await answer.json()) as { pictor: { cost: number } }).pictor;
    for (const [group, word] of [
      ['tag', 'pottery'],
      ['prompt', 'a thing'],
    ]) {
      const { data } = await spendBy(group ?? '');
      const row = data.find((each) => each.group === word);
      expect(row).toMatchObject({ entries: 2, unknown_count: 0 });
      expect(row?.cost).toBeCloseTo(cost, 9);
    }
  });

  test('as what the text model did cost, also where the picture that it asked for was refused', async () => {
    const body = { model: 'gpt-5.4', input: 'Draw a forbidden thing', tools: [{ type: 'image_generation' }] };
    const refused = await pictor.call('/v1/responses', toJson(body));
    expect(refused.status).toBe(400);
    const list = ledgerList.parse(await (await pictor.call('/api/ledger?limit=2')).json());
    expect(list.data.toSorted((one, other) => (one.kind < other.kind ? -1 : 1))).toMatchObject([
      { kind: 'image', error_kind: 'moderated', cost: 0 },
      // 1,900 tokens in, 100 more from the cache, and 50 out.
      { kind: 'mainline', error_kind: 'moderated', charged: 'yes', cost: 0.005525, request: null },
    ]);
  });
});

describe('spend', () => {
  test('counts what is unknown apart, and is the sum of its entries by every word it can be sorted by', async () => {
    await generate({}, { 'x-pictor-tags': 'spring, =SUM(A1:A9)' });
    const list = ledgerList.parse(await (await pictor.call('/api/ledger?limit=200')).json());
    const cost = list.data.reduce((sum, entry) => sum + (entry.cost_nano_usd ?? 0), 0);
    const unknown = list.data.filter((entry) => entry.cost_nano_usd === null).length;
    expect(unknown).toBeGreaterThan(0);
    for (const group of ['day', 'project', 'key', 'model', 'provider', 'prompt']) {
      const { data, total } = await spendBy(group);
      expect(total).toMatchObject({ cost_nano_usd: cost, unknown_count: unknown, entries: list.data.length });
      expect(data.reduce((sum, each) => sum + (each.cost_nano_usd ?? 0), 0)).toBe(cost);
      expect(data.reduce((sum, each) => sum + each.unknown_count, 0)).toBe(unknown);
    }
    const byTag = await spendBy('tag');
    expect(new Set(byTag.data.map(({ group }) => group))).toEqual(
      new Set(['=SUM(A1:A9)', 'pottery', 'spring', null]),
    );
    expect(byTag.total.cost_nano_usd).toBe(cost);
  });

  test('comes as CSV that no spreadsheet runs', async () => {
    const [header, ...lines] = await csvOf('/api/spend?group_by=tag&format=csv');
    expect(header).toMatch(/^tag,cost_usd,entries,unknown_count,/);
    expect(lines.some((line) => line.startsWith("'=SUM(A1:A9),0.00603,1,0,6030000,"))).toBe(true);
    const entries = ledgerList.parse(await (await pictor.call('/api/ledger?limit=200')).json()).data;
    const exported = await csvOf('/api/ledger?format=csv');
    expect(exported).toHaveLength(entries.length + 1);
    expect(exported.some((line) => line.includes(',spring =SUM(A1:A9),'))).toBe(true);
  });

  test.each([
    ['from=2026-02-30', 400],
    ['from=0000-01-01', 400],
    ['to=9999-12-31', 200],
    ['from=0001-01-01&to=9999-12-31T23:59:59-12:00', 400],
    ['from=0001-01-01', 200],
  ])('answers %s with %i', async (query, status) => {
    for (const path of ['/api/spend', '/api/ledger']) {
      expect((await pictor.call(`${path}?${query}`)).status).toBe(status);
    }
  });

  test('is of a period, in days of UTC', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const whole = await pictor.call(`/api/spend?from=${today}&to=${today}`);
    expect(spend.parse(await whole.json()).data.map(({ group }) => group)).toEqual([today]);
    const before = await pictor.call('/api/spend?from=2020-01-01&to=2020-12-31');
    expect(spend.parse(await before.json())).toMatchObject({ data: [], total: { entries: 0, cost: 0 } });
  });

  test.each([
    ['/api/spend?group_by=colour', 'group_by'],
    ['/api/spend?from=yesterday', 'from'],
    ['/api/spend?from=2026-02-01&to=2026-01-01', 'from'],
    ['/api/spend?from=2026-13-45', 'from'],
    ['/api/spend?format=xlsx', 'format'],
    ['/api/ledger?limit=0', 'limit'],
    ['/api/ledger?after=%27%3B--', 'after'],
    ['/api/ledger?request=1', 'request'],
  ])('refuses %s by name', async (path, param) => {
    const response = await pictor.call(path);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'invalid_value', param } });
  });

  test('is read page by page', async () => {
    const first = ledgerList.parse(await (await pictor.call('/api/ledger?limit=2')).json());
    expect(first).toMatchObject({ has_more: true, last_id: first.data[1]?.id });
    const second = await pictor.call(`/api/ledger?limit=2&after=${first.last_id}`);
    const ids = ledgerList.parse(await second.json()).data.map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(0);
    expect(ids.every((id) => id < (first.last_id ?? ''))).toBe(true);
  });
});

describe('an estimate', () => {
  async function ask(body: Record<string, unknown>) {
    return await pictor.call('/v1/images/estimate', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'gpt-image-2', prompt: 'a red kite over the sea', ...body }),
    });
  }

  test('holds what the request then costs, shows its sums, and calls nobody', async () => {
    const calls = upstream.calls.length;
    const before = (await spendBy('day')).total.entries;
    const told = estimate.parse(await (await ask({ size: '1024x1024', quality: 'high', n: 2 })).json());
    // Two of 7,024 tokens; the prompt has 23 bytes, so 3 to 23 tokens.
    expect(told).toMatchObject({
      low_nano_usd: 2 * 7024 * 30_000 + 3 * 5000,
      high_nano_usd: 2 * 7024 * 30_000 + 23 * 5000,
      stand_in: false,
      price: { id: 'openai/gpt-image-2/2026-04-21' },
    });
    expect(told.lines.find(({ bucket }) => bucket === 'image_out')).toMatchObject({
      unit: 'token',
      high: { count: 14_048, rate_nano_usd: 30_000, cost_nano_usd: 421_440_000 },
      price_row: 'openai/gpt-image-2/2026-04-21',
    });
    expect(upstream.calls).toHaveLength(calls);
    expect((await spendBy('day')).total.entries).toBe(before);
  });

  test('of an edit counts its pictures, and keeps none of them', async () => {
    const picture = await sampleInput({ width: 1024, height: 1024, format: 'png', colour: '#246' });
    const chunks: Uint8Array[] = [];
    for await (const chunk of picture.open()) chunks.push(chunk);
    const image = Buffer.concat(chunks).toString('base64');
    const told = estimate.parse(await (await ask({ image, quality: 'low', size: '1024x1024' })).json());
    expect(told.lines.find(({ bucket }) => bucket === 'image_in')).toMatchObject({
      low: { count: 1024, cost_nano_usd: 1024 * 8000 },
      high: { count: 1536, cost_nano_usd: 1536 * 8000 },
    });
  });

  test('refuses what the request itself would be refused for', async () => {
    const response = await ask({ quality: 'splendid' });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { param: 'quality' } });
  });
});
