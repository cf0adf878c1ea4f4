import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newDataDir, type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';
import { type OpenAiUpstream, openOpenAiUpstream, upstreamKey } from './upstreams/openai-upstream.ts';

let upstream: OpenAiUpstream;
let dataDir: string;
let pictor: Pictor;

beforeAll(async () => {
  upstream = await openOpenAiUpstream();
  dataDir = await newDataDir();
  pictor = await start();
});
afterAll(async () => {
  await pictor.stop();
  await upstream.close();
  await removeDataDirs();
});

async function start(): Promise<Pictor> {
  return await startPictor({
    dataDir,
    env: { OPENAI_API_KEY: upstreamKey, PICTOR_OPENAI_BASE_URL: upstream.baseUrl },
  });
}

type Asking = { readonly more?: object; readonly headers?: Readonly<Record<string, string>> };

async function ask(prompt: string, { more, headers }: Asking): Promise<Response> {
  return await pictor.call('/v1/images/generations', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': prompt, ...headers },
    body: JSON.stringify({ model: 'gpt-image-2', prompt, quality: 'low', ...more }),
  });
}

/** Headers of the connection and of the moment are no part of an answer. */
const passing = ['date', 'connection', 'keep-alive', 'transfer-encoding', 'idempotent-replayed'];

async function read(answer: Response) {
  const headers = [...answer.headers].filter(([name]) => !passing.includes(name));
  return { status: answer.status, headers: Object.fromEntries(headers), body: await answer.text() };
}

/** Asks, asks again, and asks again after a kill and a restart; gives the first answer. */
async function expectReplayed(prompt: string, asking: Asking = {}) {
  const callsBefore = upstream.calls.length;
  const first = await read(await ask(prompt, asking));
  await expect.poll(() => upstream.calls.length).toBe(callsBefore + 1);
  const again = async () => {
    const answer = await ask(prompt, asking);
    expect(answer.headers.get('idempotent-replayed')).toBe('true');
    expect(await read(answer)).toEqual(first);
  };
  await again();
  await pictor.kill();
  pictor = await start();
  await again();
  expect(upstream.calls).toHaveLength(callsBefore + 1);
  return first;
}

describe('the same key gets the same status, headers and bytes, also after a kill', () => {
  test('of a picture, with what its provider said of limits', async () => {
    upstream.next({ headers: { 'x-ratelimit-limit-requests': '100' } });
    const { status, headers } = await expectReplayed('a barge');
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'x-pictor-engine': 'openai',
      'x-upstream-ratelimit-limit-requests': '100',
    });
  });

  test('of an error', async () => {
    upstream.next({
      instead: {
        status: 400,
        headers: { 'x-ratelimit-limit-requests': '100' },
        body: { error: { message: 'No.', type: 'image_generation_user_error', code: 'moderation_blocked' } },
      },
    });
    const { status, headers } = await expectReplayed('a barge with contraband');
    expect(status).toBe(400);
    expect(headers).toMatchObject({
      'x-pictor-engine': 'openai',
      'x-upstream-ratelimit-limit-requests': '100',
    });
  });

  test('of a stream', async () => {
    const { headers, body } = await expectReplayed('a barge at dawn', {
      more: { stream: true, partial_images: 1 },
    });
    expect(headers['x-pictor-engine']).toBe('openai');
    expect(body.match(/^id: .*$/gm)).toEqual(['id: 1', 'id: 2']);
  });

  test('of a promise to answer later', async () => {
    const { status } = await expectReplayed('a barge, some day', { headers: { prefer: 'respond-async' } });
    expect(status).toBe(202);
  });
});

test('a connection that the provider resets is an error of the provider, which may have charged', async () => {
  upstream.next({ resets: true });
  const { status, headers, body } = await expectReplayed('a barge that sank');
  expect(status).toBe(502);
  expect(headers['x-should-retry']).toBe('false');
  expect(JSON.parse(body)).toMatchObject({ error: { code: 'upstream_unavailable' } });
});

test('preferences are read in any case of letters', async () => {
  upstream.next({ headersAfterMs: 1_500 });
  const first = ask('a slow barge', {});
  await expect.poll(() => upstream.calls.at(-1)?.fields).toContainEqual(['prompt', 'a slow barge']);
  const waited = await ask('a slow barge', { headers: { prefer: 'Wait=30' } });
  expect(waited.status).toBe(200);
  expect(await waited.text()).toBe(await (await first).text());
  const accepted = await ask('a later barge', { headers: { prefer: 'Respond-Async' } });
  expect(accepted.status).toBe(202);
});

test('official clients do not repeat a key that another body has used', async () => {
  await ask('a barge with a name', {});
  const other = await ask('a barge with a name', { more: { n: 2 } });
  expect(other.status).toBe(409);
  expect(other.headers.get('x-should-retry')).toBe('false');
});
