import type { Insertable } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase, type Tables } from '../src/database/index.ts';
import { toJson } from './support/forms.ts';
import { newDataDir, type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';

let pictor: Pictor;

const requestCount = 1_000;
const usd = 1_000_000_000;

type Sums = {
  readonly group?: string | null;
  readonly requests: number;
  readonly succeeded: number;
  readonly errors: number;
  readonly cost: number;
  readonly unknown_count: number;
  readonly input_tokens: number;
  readonly latency_ms: {
    readonly average: number;
    readonly p50: number;
    readonly p90: number;
    readonly p95: number;
  };
};
type Analytics = { readonly total: Sums; readonly groups: Record<string, readonly Sums[]> };

beforeAll(async () => {
  const dataDir = await newDataDir();
  await fill(dataDir);
  pictor = await startPictor({ dataDir });
});
afterAll(async () => {
  await pictor.stop();
  await removeDataDirs();
});

/** A thousand requests of two days: every tenth failed, every twentieth of unknown cost, 1 to 1000 ms long. */
async function fill(dataDir: string): Promise<void> {
  const database = await openDatabase({ dataDir, fsync: 'off' });
  try {
    const rows = Array.from({ length: requestCount }, (_, index) => rowOf(index));
    for (let first = 0; first < rows.length; first += 250) {
      await database.sql
        .insertInto('requests')
        .values(rows.slice(first, first + 250))
        .execute();
    }
    await database.sql
      .insertInto('request_logs')
      .values(
        rows.slice(0, 100).map((row, index) => ({
          id: `log_${index}`,
          number: index + 1,
          project_id: 'proj_default',
          source: 'gateway' as const,
          request_id: row.id,
          tags: JSON.stringify(['noted', 'even']),
          metadata: JSON.stringify({ customer: index < 60 ? 'acme' : 'umbrella', user_intent: 'buy a lamp' }),
          started_at: row.created_at,
          created_at: row.created_at,
        })),
      )
      .execute();
    await database.sql
      .insertInto('request_scores')
      .values([
        { log_id: 'log_0', name: 'default', value: 90, created_at: new Date() },
        { log_id: 'log_1', name: 'taste', value: 40, created_at: new Date() },
      ])
      .execute();
  } finally {
    await database.close();
  }
}

function rowOf(index: number): Insertable<Tables['requests']> {
  const failed = index % 10 === 9;
  const at = new Date(Date.UTC(2026, 9, index < 400 ? 10 : 11, 12, 0, 0, index % 1000));
  return {
    id: `req_${String(index).padStart(32, '0')}`,
    project_id: 'proj_default',
    kind: 'generate',
    route: '/v1/images/generations',
    status: failed ? 'failed' : 'succeeded',
    model: index % 4 === 0 ? 'dall-e-3' : 'gpt-image-2',
    model_id: index % 4 === 0 ? 'dall-e-3' : 'gpt-image-2',
    provider: 'openai',
    engine: 'openai',
    prompt: index === 5 ? '=HYPERLINK("http://evil")' : `Picture number ${index}, "quoted", and\nbroken`,
    parameters: '{}',
    adjustments: '[]',
    warnings: '[]',
    tags: JSON.stringify(index % 2 === 0 ? ['even'] : []),
    prompt_id: index < 500 ? 'pmpt_1' : null,
    prompt_name: index < 500 ? 'poster' : null,
    prompt_version: index < 500 ? 3 : null,
    input_tokens: 10,
    output_tokens: 100,
    cost_nano_usd: index % 20 === 0 ? null : usd,
    error: failed ? JSON.stringify({ code: 'upstream_timed_out', message: 'Too late.' }) : null,
    duration_ms: index + 1,
    created_at: at,
    finished_at: new Date(at.getTime() + index + 1),
  };
}

async function analyse(body: object): Promise<Analytics> {
  const answer = await pictor.call(
    '/api/requests/analytics',
    toJson({ from: '2026-10-01', to: '2026-10-31', ...body }),
  );
  expect(answer.status, await answer.clone().text()).toBe(200);
  return (await answer.json()) as Analytics;
}

describe('analytics', () => {
  test('counts, cost, tokens and percentiles, in all and by day', async () => {
    const { total, groups } = await analyse({});
    expect(total).toMatchObject({
      requests: 1000,
      succeeded: 900,
      errors: 100,
      cost: 950,
      unknown_count: 50,
      input_tokens: 10_000,
      output_tokens: 100_000,
    });
    expect(total.latency_ms.average).toBeCloseTo(500.5);
    expect(total.latency_ms.p50).toBeCloseTo(500.5);
    expect(total.latency_ms.p90).toBeCloseTo(900.1);
    expect(total.latency_ms.p95).toBeCloseTo(950.05);
    expect(groups.day?.map((day) => [day.group, day.requests])).toEqual([
      ['2026-10-10', 400],
      ['2026-10-11', 600],
    ]);
    expect(groups.day?.[0]?.latency_ms.p50).toBeCloseTo(200.5);
  });

  test('by model, prompt, tag, error and a value of the metadata', async () => {
    const { groups } = await analyse({ metadata_key: 'customer' });
    const counts = (name: string) => groups[name]?.map((each) => [each.group, each.requests]);
    expect(counts('model')).toEqual([
      ['gpt-image-2', 750],
      ['dall-e-3', 250],
    ]);
    expect(counts('prompt')?.toSorted()).toEqual(
      [
        [null, 500],
        ['poster', 500],
      ].toSorted(),
    );
    // A tag counts once for a request, however often it was given.
    expect(counts('tag')).toEqual([
      ['even', 550],
      [null, 450],
      ['noted', 100],
    ]);
    expect(counts('error')).toEqual([['upstream_timed_out', 100]]);
    expect(counts('metadata')).toEqual([
      [null, 900],
      ['acme', 60],
      ['umbrella', 40],
    ]);
  });

  test('of what a search finds, within a period', async () => {
    const filter = { filters: [{ field: 'status', operator: 'is', value: 'failed' }] };
    const { total, groups } = await analyse({ filter_group: filter, to: '2026-10-10', group_by: ['status'] });
    expect(total).toMatchObject({ requests: 40, errors: 40, succeeded: 0 });
    expect(Object.keys(groups)).toEqual(['status']);
    const none = await analyse({ q: 'zeppelin' });
    expect(none.total).toMatchObject({ requests: 0, cost: 0, latency_ms: { average: null, p50: null } });
    expect(none.groups.day).toEqual([]);
  });

  test.each([
    { group_by: ['colour'] },
    { group_by: ['metadata'] },
    { from: 'yesterday' },
    { from: '2026-11-01', to: '2026-10-01' },
    { filter_group: { filters: [{ field: 'x', operator: 'is', value: 1 }] } },
  ])('%j is refused', async (body) => {
    expect((await pictor.call('/api/requests/analytics', toJson(body))).status).toBe(400);
  });
});

test.each<[string, string, unknown, string | undefined, number]>([
  ['metadata', 'key_equals', 'acme', 'customer', 60],
  ['metadata', 'key_contains', 'UMB', 'customer', 40],
  ['metadata', 'key_exists', undefined, 'customer', 100],
  ['metadata_keys', 'contains', 'customer', undefined, 100],
  ['tags', 'contains', 'noted', undefined, 100],
  ['score', 'gte', 80, undefined, 1],
  ['score', 'lt', 50, 'taste', 1],
  ['pl_id', 'lte', 7, undefined, 7],
  ['user_intent', 'contains', 'lamp', undefined, 100],
  ['error_type', 'is', 'upstream_timed_out', undefined, 100],
  ['error_message', 'contains', 'late', undefined, 100],
  ['cost', 'is_null', undefined, undefined, 50],
  ['cost', 'gte', 1, undefined, 950],
  ['prompt_version_number', 'eq', 3, undefined, 500],
  ['prompt_id', 'is', 'pmpt_1', undefined, 500],
  ['tokens', 'eq', 110, undefined, 1000],
  ['created_at', 'is', '2026-10-10', undefined, 400],
])('what was noted counts: %s %s %j %s', async (field, operator, value, key, count) => {
  const filters = [{ field, operator, value, nested_key: key }];
  const { total } = await analyse({ filter_group: { filters }, group_by: ['day'] });
  expect(total.requests).toBe(count);
});

test('a row tells what was noted of it', async () => {
  const row = (await (await pictor.call(`/api/requests/req_${'0'.repeat(32)}`)).json()) as object;
  expect(row).toMatchObject({
    number: 1,
    source: 'gateway',
    tags: ['even', 'noted'],
    metadata: { customer: 'acme', user_intent: 'buy a lamp' },
    scores: { default: 90 },
    replays: [],
  });
});

describe('export', () => {
  const download = (body: object) => pictor.call('/api/requests/export', toJson(body));

  test('CSV has every request once, and no formula', async () => {
    const answer = await download({ sort_order: 'asc' });
    expect(answer.headers.get('content-type')).toContain('text/csv');
    const text = await answer.text();
    const lines = text.split('\r\n');
    expect(lines[0]).toContain('id,created_at,');
    expect(new Set(text.match(/^req_\d{32}/gm)).size).toBe(requestCount);
    expect(text).toContain(`"'=HYPERLINK(""http://evil"")"`);
    expect(text).toContain('"Picture number 7, ""quoted"", and\nbroken"');
  });

  test('JSONL has what lists have, in the order that was asked for', async () => {
    const filters = [{ field: 'status', operator: 'is', value: 'failed' }];
    const answer = await download({
      format: 'jsonl',
      filter_group: { filters },
      sort_by: 'latency_ms',
      sort_order: 'desc',
    });
    const rows = (await answer.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string; status: string; duration_ms: number });
    expect(rows).toHaveLength(100);
    expect(rows[0]).toMatchObject({ object: 'request', status: 'failed', duration_ms: 1000 });
    const listed = await (await pictor.call(`/api/requests/${rows[0]?.id}`)).json();
    expect(rows[0]).toEqual(listed);
  });

  test('whoever leaves in the middle ends it', async () => {
    const answer = await download({});
    const reader = answer.body?.getReader();
    expect((await reader?.read())?.done).toBe(false);
    await reader?.cancel();
    expect((await pictor.call('/healthz')).status).toBe(200);
  });
});

test('sorted by cost, every request is there once, those of unknown cost last', async () => {
  const seen: { id: string; cost: number | null }[] = [];
  let cursor: string | null = null;
  do {
    const answer = await pictor.call(
      '/api/requests/search',
      toJson({ sort_by: 'cost', limit: 150, ...(cursor === null ? {} : { cursor }) }),
    );
    const page = (await answer.json()) as { data: typeof seen; next_cursor: string | null };
    seen.push(...page.data);
    cursor = page.next_cursor;
  } while (cursor !== null);
  expect(new Set(seen.map((row) => row.id)).size).toBe(requestCount);
  expect(seen.slice(-50).every((row) => row.cost === null)).toBe(true);
  expect(seen.slice(0, -50).every((row) => row.cost === 1)).toBe(true);
});
