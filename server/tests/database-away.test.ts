import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openRelay, type Relay } from './support/open-relay.ts';
import { newDataDir, type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';
import { type Postgres, startPostgres } from './support/start-postgres.ts';
import { type OpenAiUpstream, openOpenAiUpstream, upstreamKey } from './upstreams/openai-upstream.ts';

let postgres: Postgres;
let relay: Relay;
let upstream: OpenAiUpstream;
let dataDir: string;
let pictor: Pictor;

beforeAll(async () => {
  postgres = await startPostgres();
});
beforeEach(async () => {
  relay = await openRelay({ targetPort: postgres.port });
  upstream = await openOpenAiUpstream();
  dataDir = await newDataDir();
  pictor = await start();
});
afterEach(async () => {
  await pictor.kill();
  await upstream.close();
  await relay.close();
});
afterAll(async () => {
  await postgres.stop();
  await removeDataDirs();
});

async function start(): Promise<Pictor> {
  const address = new URL(postgres.url);
  address.port = String(relay.port);
  return await startPictor({
    dataDir,
    env: {
      DATABASE_URL: address.href,
      OPENAI_API_KEY: upstreamKey,
      PICTOR_OPENAI_BASE_URL: upstream.baseUrl,
      PICTOR_LOG_LEVEL: 'warn',
    },
  });
}

type Answer = { data: { b64_json: string }[]; pictor: { request: string; images: string[] } };

async function generate(prompt: string, more: object = {}, headers: Record<string, string> = {}) {
  return await pictor.call('/v1/images/generations', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ model: 'gpt-image-2', prompt, quality: 'low', ...more }),
  });
}

/** A request whose engine is at work, and takes long enough for the database to go away. */
async function beginSlowly(prompt: string, more: object = {}): Promise<{ answer: Promise<Response> }> {
  const callsBefore = upstream.calls.length;
  upstream.next({ headersAfterMs: 3_000 });
  const answer = generate(prompt, more);
  await expect.poll(() => upstream.calls.length, { timeout: 20_000 }).toBe(callsBefore + 1);
  return { answer };
}

async function expectRefused(answer: Response): Promise<void> {
  expect(answer.status).toBe(503);
  expect(answer.headers.get('retry-after')).toBe('2');
  expect(await answer.json()).toMatchObject({ error: { code: 'database_unavailable' } });
}

async function rowsOf(prompt: string): Promise<{ id: string; status: string }[]> {
  const list = (await (await pictor.call('/api/requests?limit=200')).json()) as {
    data: { id: string; status: string; prompt: string }[];
  };
  return list.data.filter((row) => row.prompt === prompt).map(({ id, status }) => ({ id, status }));
}

const spillFile = () => join(dataDir, 'spill', 'records.jsonl');

describe('a database that is stopped while an engine works', () => {
  test('takes no new request, loses no running one, and learns the rest when it is back', async () => {
    const running = await beginSlowly('a ferry in a storm');
    await postgres.down();
    await expectRefused(await generate('a boat that stays ashore'));
    await expectRefused(await generate('a boat with a key', {}, { 'idempotency-key': 'boat-1' }));
    await expectRefused(await generate('a boat that streams', { stream: true }));
    const answer = await running.answer;
    expect(answer.status).toBe(200);
    const body = (await answer.json()) as Answer;
    expect(existsSync(spillFile())).toBe(true);
    expect(upstream.calls).toHaveLength(1);
    const reads = [
      `/v1/images/generations/${body.pictor.request}`,
      '/api/requests',
      `/images/${body.pictor.images[0]}`,
    ];
    for (const path of reads) await expectRefused(await pictor.call(path));

    await postgres.up();
    await expect.poll(() => existsSync(spillFile()), { timeout: 20_000 }).toBe(false);
    expect(await rowsOf('a ferry in a storm')).toEqual([{ id: body.pictor.request, status: 'succeeded' }]);
    const again = await pictor.call(`/v1/images/generations/${body.pictor.request}`);
    expect(((await again.json()) as Answer).data).toEqual(body.data);
    expect(await rowsOf('a boat that stays ashore')).toEqual([]);
    expect((await generate('a boat with a key', {}, { 'idempotency-key': 'boat-1' })).status).toBe(200);
    expect(upstream.calls).toHaveLength(2);
  });
});

describe('a database that does not answer any more', () => {
  test('holds up neither the answer nor the next start, which writes down what it missed', async () => {
    const running = await beginSlowly('a train under a bridge', { n: 3 });
    relay.hold();
    const refused = generate('a train that waits').then(expectRefused);
    const answer = await running.answer;
    expect(answer.status).toBe(200);
    const body = (await answer.json()) as Answer;
    expect(body.data).toHaveLength(3);
    expect(existsSync(spillFile())).toBe(true);
    await refused;
    expect(upstream.calls).toHaveLength(1);
    await pictor.kill();
    relay.cut();
    relay.release();

    pictor = await start();
    expect(existsSync(spillFile())).toBe(false);
    const again = await pictor.call(`/v1/images/generations/${body.pictor.request}`);
    expect(((await again.json()) as Answer).data).toEqual(body.data);
    expect(await rowsOf('a train under a bridge')).toEqual([
      { id: body.pictor.request, status: 'succeeded' },
    ]);
    expect(await rowsOf('a train that waits')).toEqual([]);
  });

  test('leaves no row and no key of what was refused', async () => {
    expect((await generate('warms the connections up')).status).toBe(200);
    relay.hold();
    await expectRefused(await generate('a letter', {}, { 'idempotency-key': 'letter-1' }));
    relay.release();
    // Until the row is taken back, its key is in flight: official clients wait and ask again.
    const again = async () => (await generate('a letter', {}, { 'idempotency-key': 'letter-1' })).status;
    await expect.poll(again, { timeout: 20_000 }).toBe(200);
    expect(upstream.calls).toHaveLength(2);
    expect((await rowsOf('a letter')).map((row) => row.status)).toEqual(['succeeded']);
  });
});
