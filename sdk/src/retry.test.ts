import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { Pictor, PictorApiError, QuotaError, UpstreamError } from './index.ts';

type Received = {
  readonly url: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
};
type Answer = (response: ServerResponse) => void;

let server: Server;
let received: Received[];

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** A client of a server that gives one answer after the other, and the last one from then on. */
async function open(answers: readonly Answer[], maxRetries = 2): Promise<Pictor> {
  received = [];
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { headers, url = '' } = request;
    received.push({ url, headers, body: Buffer.concat(chunks).toString('latin1') });
    answers[Math.min(received.length, answers.length) - 1]?.(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return new Pictor({ baseUrl: `http://127.0.0.1:${port}`, maxRetries });
}

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  (response) =>
    void response.writeHead(status, { 'x-request-id': 'req_1', ...headers }).end(JSON.stringify(body));
const failure = (code: string) => ({ error: { message: 'No.', type: 'server_error', param: null, code } });
const pictures = { created: 1, data: [{ b64_json: 'iVBORw==' }] };
const cut: Answer = (response) => void response.destroy();
const soon = { 'retry-after': '0' };

test('a lost connection is tried again under the same key, and asks for the answer of the first try', async () => {
  const client = await open([cut, json(200, pictures)]);
  expect(await client.images.generate({ prompt: 'a fox' })).toEqual(pictures);
  const keys = received.map(({ headers }) => headers['idempotency-key']);
  expect(keys[0]).toMatch(/^sdk-[0-9a-f]{32}$/);
  expect(keys).toEqual([keys[0], keys[0]]);
  expect(received.map(({ headers }) => headers.prefer)).toEqual([undefined, 'wait=240']);
});

test('another call has another key, and a key of the caller is used as it is', async () => {
  const client = await open([json(200, pictures)]);
  await client.images.generate({ prompt: 'a fox' });
  await client.images.generate({ prompt: 'a fox' });
  await client.images.generate({ prompt: 'a fox' }, { idempotencyKey: 'mine', tags: ['spring', 'shop'] });
  expect(new Set(received.map(({ headers }) => headers['idempotency-key'])).size).toBe(3);
  expect(received[2]?.headers).toMatchObject({ 'idempotency-key': 'mine', 'x-pictor-tags': 'spring, shop' });
});

test("the server's word on trying again counts, either way", async () => {
  const client = await open([
    json(502, failure('upstream_unavailable'), { 'x-should-retry': 'true', ...soon }),
    json(502, failure('upstream_unavailable'), { 'x-should-retry': 'false' }),
  ]);
  const error = await client.images.generate({ prompt: 'a fox' }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UpstreamError);
  expect(error).toBeInstanceOf(PictorApiError);
  expect(error).toMatchObject({ shouldRetry: false, requestId: 'req_1' });
  expect(received).toHaveLength(2);
});

test('what cannot be sent twice is not, what is used up stays so, and a long wait is left to the caller', async () => {
  const created = await open([json(503, failure('database_unavailable'))]);
  await expect(created.projects.create({ name: 'Press' })).rejects.toThrow('No.');
  expect(received).toHaveLength(1);
  const used = await open([json(429, failure('insufficient_quota'))]);
  await expect(used.images.generate({ prompt: 'a fox' })).rejects.toBeInstanceOf(QuotaError);
  expect(received).toHaveLength(1);
  const busy = await open([json(429, failure('rate_limit_exceeded'), { 'retry-after': '600' })]);
  await expect(busy.images.generate({ prompt: 'a fox' })).rejects.toMatchObject({
    name: 'RateLimitError',
    retryAfterMs: 600_000,
  });
  expect(received).toHaveLength(1);
});

test('the signal ends the pause between two tries', async () => {
  const client = await open([json(429, failure('rate_limit_exceeded'), { 'retry-after': '50' })]);
  const stop = new AbortController();
  const work = client.images.generate({ prompt: 'a fox' }, { signal: stop.signal });
  await expect.poll(() => received.length).toBe(1);
  stop.abort(new Error('no longer wanted'));
  await expect(work).rejects.toThrow('no longer wanted');
});

test('without retries no key is made, so that the server may hand over what the same caller left behind', async () => {
  const client = await open([json(200, pictures)], 0);
  await client.images.generate({ prompt: 'a fox' });
  expect(received[0]?.headers).not.toHaveProperty('idempotency-key');
});

test('bytes travel in a form, addresses and ids in JSON, and both together in JSON', async () => {
  const client = await open([json(200, pictures)]);
  const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47]);
  await client.images.edit({ prompt: 'a hat', image: [png, new Blob([png])], mask: png.buffer, n: 2 });
  await client.images.edit({
    prompt: 'a hat',
    image: ['https://a.example/cat.png', { fileId: 'file-1' }, png],
  });
  expect(received[0]?.headers['content-type']).toContain('multipart/form-data');
  for (const part of ['name="image[]"', 'name="mask"', 'name="n"', 'image/png'])
    expect(received[0]?.body).toContain(part);
  expect(JSON.parse(received[1]?.body ?? '').images).toEqual([
    { image_url: 'https://a.example/cat.png' },
    { file_id: 'file-1' },
    { image_url: 'data:image/png;base64,iVBORw==' },
  ]);
});

test('a stream that breaks is taken up behind its last event', async () => {
  const event = (id: number, fields: Record<string, unknown>) =>
    `id: ${id}\nevent: ${fields.type}\ndata: ${JSON.stringify({ created_at: 1, size: '2x2', quality: 'low', background: 'opaque', output_format: 'png', b64_json: 'iVBORw==', ...fields })}\n\n`;
  const head = { 'content-type': 'text/event-stream', 'x-request-id': 'req_7' };
  const client = await open([
    (response) => {
      response.writeHead(200, head);
      const text = event(1, { type: 'image_generation.partial_image', partial_image_index: 0 });
      response.write(`: working\n\n${text}`, () => response.destroy());
    },
    (response) => void response.writeHead(200, head).end(event(2, { type: 'image_generation.completed' })),
  ]);
  const seen: unknown[] = [];
  for await (const progress of client.images.stream({ prompt: 'a fox', partial_images: 1 }))
    seen.push(progress);
  expect(seen).toMatchObject([
    { type: 'started', requestId: 'req_7' },
    { type: 'waiting' },
    { type: 'partial', partialIndex: 0, index: 0, size: '2x2' },
    { type: 'image', index: 0, bytes: Uint8Array.from([0x89, 0x50, 0x4e, 0x47]), usage: null, pictor: null },
  ]);
  expect(received[1]).toMatchObject({
    url: '/v1/images/generations/req_7',
    headers: { 'last-event-id': '1' },
  });
});

test('an error in a stream has the class of its code', async () => {
  const text = `: working\n\nevent: error\ndata: ${JSON.stringify(failure('moderation_blocked'))}\n\n`;
  const client = await open([(response) => void response.writeHead(200).end(text)]);
  const read = async () => {
    for await (const progress of client.images.stream({ prompt: 'a fox' }))
      expect(progress.type).not.toBe('image');
  };
  await expect(read()).rejects.toMatchObject({ name: 'ModerationError', status: 200 });
  expect(received).toHaveLength(1);
});
