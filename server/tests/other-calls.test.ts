import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';

let pictor: Pictor;

type Row = { readonly id: string; readonly kind: string; readonly prompt: string };
type Found = { readonly data: readonly Row[]; readonly next_cursor: string | null };

beforeAll(async () => {
  pictor = await startPictor();
});

afterAll(async () => {
  await pictor?.stop();
  await removeDataDirs();
});

async function send<T>(path: string, body?: unknown, method = 'POST'): Promise<T> {
  const answer = await pictor.call(path, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  expect(answer.status, text).toBeLessThan(300);
  return JSON.parse(text) as T;
}

const search = (body: object) => send<Found>('/api/requests/search', body);
const kindsOf = (found: Found) => found.data.map((row) => row.kind);

test('responses and calls that clients told of are found among the requests, each once and in one order', async () => {
  const spoken = await pictor
    .client()
    .responses.create({ model: 'sketch-director-1', input: 'Just say hello' });
  const drawn = await pictor.client().responses.create({
    model: 'sketch-director-1',
    input: 'Draw an otter with a red cap',
    tools: [{ type: 'image_generation' }],
  });
  await pictor.client().images.generate({ model: 'sketch-1', prompt: 'A ferry in the fog' });
  const now = Date.now();
  await send('/promptlayer/log-request', {
    provider: 'openai',
    model: 'gpt-image-1',
    input: { type: 'completion', content: [{ type: 'text', text: 'A zeppelin over the harbour' }] },
    output: { type: 'completion', content: [{ type: 'text', text: 'It could not be drawn' }] },
    request_start_time: new Date(now - 3_000).toISOString(),
    request_end_time: new Date(now).toISOString(),
    metadata: { client: 'elsewhere' },
    tags: ['told'],
  });

  const all = await search({});
  expect(kindsOf(all).toSorted()).toEqual(['generate', 'generate', 'log', 'respond', 'respond']);
  for (const sort of ['created_at', 'cost', 'latency_ms']) {
    for (const order of ['asc', 'desc']) {
      const seen: string[] = [];
      let cursor: string | null | undefined;
      do {
        const page: Found = await search({
          sort_by: sort,
          sort_order: order,
          limit: 1,
          ...(cursor ? { cursor } : {}),
        });
        seen.push(...page.data.map((row) => row.id));
        cursor = page.next_cursor;
      } while (cursor !== null);
      expect(seen.toSorted(), `${sort} ${order}`).toEqual(all.data.map((row) => row.id).toSorted());
    }
  }

  expect(kindsOf(await search({ q: 'hello' }))).toEqual(['respond']);
  expect(kindsOf(await search({ q: 'zeppelin' }))).toEqual(['log']);
  const filter = (field: string, operator: string, value: unknown, key?: string) => ({
    filter_group: {
      filters: [{ field, operator, value, ...(key === undefined ? {} : { nested_key: key }) }],
    },
  });
  expect(kindsOf(await search(filter('tags', 'contains', 'told')))).toEqual(['log']);
  expect(kindsOf(await search(filter('metadata', 'key_equals', 'elsewhere', 'client')))).toEqual(['log']);
  expect(kindsOf(await search(filter('kind', 'is', 'respond')))).toEqual(['respond', 'respond']);

  const turn = await send<{ images: unknown[]; prompt: string }>(
    `/api/requests/${drawn.id}`,
    undefined,
    'GET',
  );
  expect(turn).toMatchObject({ kind: 'respond', prompt: 'Draw an otter with a red cap' });
  expect(turn.images).toHaveLength(1);
  const rows = await pictor.call('/api/requests/export', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ format: 'jsonl' }),
  });
  expect((await rows.text()).trim().split('\n')).toHaveLength(5);

  const noted = { tags: ['greeting'], scores: { manners: 90 }, metadata: { mood: 'kind' } };
  const told = all.data.find((row) => row.kind === 'log')?.id;
  for (const id of [spoken.id, told]) {
    expect(await send(`/api/requests/${id}`, noted, 'PATCH')).toMatchObject({
      id,
      tags: ['greeting'],
      scores: { manners: 90 },
    });
  }
  expect(kindsOf(await search(filter('score', 'gte', 80, 'manners'))).toSorted()).toEqual(['log', 'respond']);
});
