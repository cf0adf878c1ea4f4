import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { Pictor, PictorApiError } from './index.ts';

type Received = { method: string; url: string; authorization: string | undefined; body: string };
type Reply = { status: number; body?: unknown; text?: string; headers?: Record<string, string> };

let server: Server | undefined;

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
  server = undefined;
});

/** A server on loopback that gives the same answer to everything and keeps what it received. */
async function serve(reply: Reply): Promise<{ baseUrl: string; received: Received[] }> {
  const received: Received[] = [];
  server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    received.push({ method, url, authorization: headers.authorization, body: await readBody(request) });
    response.writeHead(reply.status, { 'x-request-id': 'req_1', ...reply.headers });
    response.end(reply.text ?? (reply.body === undefined ? '' : JSON.stringify(reply.body)));
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { baseUrl: `http://127.0.0.1:${port}/`, received };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

async function failureOf(work: Promise<unknown>): Promise<PictorApiError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof PictorApiError) return error;
  throw new Error(`expected a PictorApiError, got ${String(error)}`);
}

test('generate sends the body and the key, and keeps members it does not know', async () => {
  const pictor = {
    request: 'req_1',
    engine: 'sketch',
    model: 'gpt-image-1',
    cost: 0,
    list_cost: 0.042,
    adjustments: [],
    warnings: [],
    added_later: true,
  };
  const { baseUrl, received } = await serve({
    status: 200,
    body: { created: 1, data: [{ b64_json: 'AA==' }], pictor },
  });
  const client = new Pictor({ baseUrl, apiKey: 'sk-test' });
  const answer = await client.images.generate({ prompt: 'a fox', model: 'gpt-image-1', n: 1 });
  expect(received).toEqual([
    {
      method: 'POST',
      url: '/v1/images/generations',
      authorization: 'Bearer sk-test',
      body: '{"prompt":"a fox","model":"gpt-image-1","n":1}',
    },
  ]);
  expect(answer.pictor).toEqual(pictor);
});

test('requests.list writes its cursor into the query, and calls without a key carry none', async () => {
  const page = { object: 'list', data: [], has_more: false, first_id: null, last_id: null };
  const { baseUrl, received } = await serve({ status: 200, body: page });
  const client = new Pictor({ baseUrl });
  expect(await client.requests.list({ limit: 10, after: 'req_9' })).toEqual(page);
  await client.requests.list();
  expect(received.map((call) => call.url)).toEqual(['/api/requests?limit=10&after=req_9', '/api/requests']);
  expect(received.map((call) => call.authorization)).toEqual([undefined, undefined]);
});

test('the envelope of an error becomes the facts of the error', async () => {
  const { baseUrl } = await serve({
    status: 401,
    body: {
      error: {
        message: 'Unknown key.',
        type: 'invalid_request_error',
        param: null,
        code: 'invalid_api_key',
      },
    },
  });
  const error = await failureOf(new Pictor({ baseUrl }).session.signIn('wrong'));
  expect(error).toMatchObject({
    name: 'AuthenticationError',
    message: 'Unknown key.',
    status: 401,
    code: 'invalid_api_key',
    type: 'invalid_request_error',
    param: null,
    requestId: 'req_1',
  });
});

test('an error page of something in between is told by its status', async () => {
  const { baseUrl } = await serve({ status: 502, text: '<html>Bad gateway</html>' });
  const error = await failureOf(new Pictor({ baseUrl, maxRetries: 0 }).models.list());
  expect(error).toMatchObject({ status: 502, code: null, type: 'server_error' });
});

test('an answer of another shape is refused, not guessed at', async () => {
  const { baseUrl } = await serve({ status: 200, body: { object: 'session', signed_in: 'yes' } });
  const error = await failureOf(new Pictor({ baseUrl }).session.get());
  expect(error).toMatchObject({ status: 200, code: 'unreadable_answer', requestId: 'req_1' });
});

test('signing out reads no body', async () => {
  const { baseUrl, received } = await serve({ status: 204 });
  await expect(new Pictor({ baseUrl }).session.signOut()).resolves.toBeUndefined();
  expect(received).toMatchObject([{ method: 'DELETE', url: '/api/session' }]);
});

test('a server that is not there is a connection error', async () => {
  const { baseUrl } = await serve({ status: 200 });
  await new Promise((resolve) => server?.close(resolve));
  server = undefined;
  const error = await failureOf(new Pictor({ baseUrl }).session.get());
  expect(error).toMatchObject({ status: 0, code: 'connection_failed', requestId: null });
});

test('an aborted call throws what the signal says', async () => {
  const { baseUrl } = await serve({ status: 200 });
  const reason = new Error('no longer wanted');
  const work = new Pictor({ baseUrl }).session.get({ signal: AbortSignal.abort(reason) });
  await expect(work).rejects.toBe(reason);
});
