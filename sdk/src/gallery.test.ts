import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Pictor } from './index.ts';

const image = {
  id: 'img_1',
  object: 'image',
  role: 'output',
  request: 'req_1',
  prompt: 'A lamp',
  revised_prompt: null,
  model: 'sketch-1',
  engine: 'sketch',
  tags: ['best'],
  width: 8,
  height: 8,
  hash: 'a'.repeat(64),
  media_type: 'image/png',
  bytes: 9,
  url: '/images/img_1',
  thumbnail_url: '/images/img_1/thumbnail',
  created_at: 1,
};
const list = { object: 'list', data: [image], has_more: false, next_cursor: null };
const deletion = {
  object: 'image.deletion',
  deleted: false,
  images: ['img_1'],
  freed_bytes: 9,
  references: { requests: ['req_1'], children: [], files: [], responses: [] },
};
const search = {
  id: 'srch_1',
  object: 'saved_search',
  name: 'Lamps',
  query: { q: 'lamp' },
  created_at: 1,
  updated_at: 1,
};
const sums = {
  requests: 1,
  succeeded: 1,
  errors: 0,
  images: 1,
  cost: 0,
  cost_nano_usd: 0,
  unknown_count: 0,
  input_tokens: 0,
  output_tokens: 0,
  latency_ms: { average: 1, p50: 1, p90: 1, p95: 1 },
};
const answers: Readonly<Record<string, unknown>> = {
  'POST /api/images/search': list,
  'GET /api/images/img_1': image,
  'POST /api/images/tag': list,
  'POST /api/images/delete': deletion,
  'GET /api/images/img_1/family?depth=2': {
    object: 'image.family',
    image,
    requests: [],
    links: [],
    truncated: false,
  },
  'GET /images/img_1': 'bytes',
  'POST /api/images/zip': 'zip',
  'POST /api/requests/export': 'csv',
  'POST /api/requests/analytics': {
    object: 'request.analytics',
    from: '',
    to: '',
    total: sums,
    groups: { day: [{ group: '2026-11-21', ...sums }] },
  },
  'POST /api/requests/req_1/replay': { created: 1, data: [] },
  'GET /api/saved-searches': { object: 'list', data: [search] },
  'POST /api/saved-searches': search,
  'GET /api/saved-searches/srch_1': search,
  'PATCH /api/saved-searches/srch_1': search,
  'DELETE /api/saved-searches/srch_1': '',
};

const bodies: string[] = [];
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    bodies.push(body);
    const answer = answers[`${request.method} ${request.url}`];
    response.writeHead(answer === undefined ? 404 : 200);
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
  });
});
let client: Pictor;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  client = new Pictor({ baseUrl: `http://127.0.0.1:${port}`, apiKey: 'sk-test', maxRetries: 0 });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const textOf = (stream: ReadableStream<Uint8Array>) => new Response(stream).text();

test('images are found, tagged, taken along, deleted and traced', async () => {
  const { gallery } = client;
  expect((await gallery.search({ q: 'lamp' })).data).toEqual([image]);
  expect(await gallery.get('img_1')).toEqual(image);
  expect(await gallery.tag({ ids: ['img_1'], add: ['best'] })).toEqual([image]);
  expect(await textOf(await gallery.download('img_1'))).toBe('bytes');
  expect(await textOf(await gallery.zip({ ids: ['img_1'] }))).toBe('zip');
  expect(await gallery.previewDeletion(['img_1'])).toEqual(deletion);
  expect(bodies.at(-1)).toBe('{"ids":["img_1"],"confirm":false}');
  await gallery.delete(['img_1']);
  expect(bodies.at(-1)).toBe('{"ids":["img_1"],"confirm":true}');
  expect((await gallery.family('img_1', 2)).truncated).toBe(false);
});

test('requests are counted, exported and sent again, and searches are kept', async () => {
  const { requests } = client;
  expect((await requests.analyse({ group_by: ['day'] })).groups.day).toHaveLength(1);
  expect(await textOf(await requests.export({ format: 'csv' }))).toBe('csv');
  expect((await requests.replay('req_1', { model: 'sketch-1' })).created).toBe(1);
  expect((await requests.saved.list()).data).toEqual([search]);
  expect(await requests.saved.create({ name: 'Lamps', query: { q: 'lamp' } })).toEqual(search);
  expect(await requests.saved.get('srch_1')).toEqual(search);
  expect(await requests.saved.update('srch_1', { name: 'Lamps' })).toEqual(search);
  await expect(requests.saved.remove('srch_1')).resolves.toBeUndefined();
});
