import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newDataDir, type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';
import { type OpenAiUpstream, openOpenAiUpstream, upstreamKey } from './upstreams/openai-upstream.ts';

/** For machines that do much else. */
const patience = { timeout: 20_000 };

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

const bodyOf = (prompt: string, more: object = {}) =>
  JSON.stringify({ model: 'gpt-image-2', prompt, quality: 'low', ...more });

async function generate(prompt: string, more: object = {}, init: RequestInit = {}): Promise<Response> {
  return await pictor.call('/v1/images/generations', {
    method: 'POST',
    body: bodyOf(prompt, more),
    ...init,
    headers: { 'content-type': 'application/json', ...init.headers },
  });
}

function callsOf(prompt: string): number {
  return upstream.calls.filter((call) => call.fields.some(([, value]) => value === prompt)).length;
}

/** Requests whose callers leave while the engine works. */
async function sendAndLeave(prompt: string, count: number, engineMs: number, more: object = {}) {
  const leaving = new AbortController();
  for (let sent = 0; sent < count; sent += 1) upstream.next({ headersAfterMs: engineMs });
  const gone = Array.from({ length: count }, () =>
    generate(prompt, more, { signal: leaving.signal }).catch((error: Error) => error),
  );
  await expect.poll(() => callsOf(prompt), patience).toBe(count);
  leaving.abort();
  await Promise.all(gone);
}

type Reported = { pictor: { request: string; twin?: boolean } };

async function repeat(prompt: string, count: number): Promise<Reported['pictor'][]> {
  const answers = await Promise.all(Array.from({ length: count }, () => generate(prompt)));
  return await Promise.all(answers.map(async (answer) => ((await answer.json()) as Reported).pictor));
}

/** A raw connection on which one request was sent, and whose answer is left unread by the test. */
async function sendRaw(prompt: string, more: object = {}): Promise<Socket> {
  const { hostname, port } = new URL(pictor.url);
  const body = bodyOf(prompt, more);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.write(
    `POST /v1/images/generations HTTP/1.1\r\nhost: ${hostname}:${port}\r\nauthorization: Bearer ${pictor.key}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  return socket;
}

async function statusesOf(prompt: string): Promise<string[]> {
  const list = (await (await pictor.call('/api/requests')).json()) as {
    data: { prompt: string; status: string }[];
  };
  return list.data.filter((row) => row.prompt === prompt).map((row) => row.status);
}

describe('equal requests that were cut together', () => {
  test('are taken up by as many retries, each its own', async () => {
    await sendAndLeave('four boats', 4, 2_500);
    const taken = await repeat('four boats', 4);
    expect(taken.map(({ twin }) => twin)).toEqual([true, true, true, true]);
    expect(new Set(taken.map(({ request }) => request)).size).toBe(4);
    expect(callsOf('four boats')).toBe(4);
    expect((await repeat('four boats', 1))[0]?.twin).toBeUndefined();
    expect(callsOf('four boats')).toBe(5);
  });

  test('are taken up by as many retries after a kill and a restart', async () => {
    await sendAndLeave('two trains', 2, 2_000);
    await expect.poll(() => statusesOf('two trains'), patience).toEqual(['succeeded', 'succeeded']);
    await pictor.kill();
    pictor = await start();
    const taken = await repeat('two trains', 3);
    expect(taken.map(({ twin }) => twin).filter(Boolean)).toHaveLength(2);
    expect(new Set(taken.map(({ request }) => request)).size).toBe(3);
    expect(callsOf('two trains')).toBe(3);
  });
});

describe('a request that was running when the server was killed', () => {
  test('is reported to the first retry, and runs anew for the second', async () => {
    await sendAndLeave('a bridge in fog', 1, 20_000);
    await pictor.kill();
    pictor = await start();
    const told = await generate('a bridge in fog');
    expect(told.status).toBe(500);
    expect(told.headers.get('x-should-retry')).toBe('false');
    expect(await told.json()).toMatchObject({ error: { code: 'interrupted' } });
    expect(callsOf('a bridge in fog')).toBe(1);
    expect((await generate('a bridge in fog')).status).toBe(200);
    expect(callsOf('a bridge in fog')).toBe(2);
  });
});

describe('an answer that the system took for a caller who did not read it', () => {
  test('counts as left when the connection is reset', async () => {
    const socket = await sendRaw('a hasty fox');
    socket.pause();
    await expect.poll(() => statusesOf('a hasty fox'), patience).toEqual(['succeeded']);
    await expect.poll(() => socket.readableLength + socket.bytesRead, patience).toBeGreaterThan(0);
    socket.resetAndDestroy();
    await once(socket, 'close');
    expect((await repeat('a hasty fox', 1))[0]?.twin).toBe(true);
    expect(callsOf('a hasty fox')).toBe(1);
  });

  test('counts as delivered when the caller read it and closed', async () => {
    expect((await repeat('a patient fox', 1))[0]?.twin).toBeUndefined();
    const socket = await sendRaw('a reading fox');
    socket.resume();
    await expect.poll(() => statusesOf('a reading fox'), patience).toEqual(['succeeded']);
    await expect.poll(() => socket.bytesRead, patience).toBeGreaterThan(1_000);
    socket.end();
    await once(socket, 'close');
    expect((await repeat('a reading fox', 1))[0]?.twin).toBeUndefined();
    expect(callsOf('a reading fox')).toBe(2);
  });
});

describe('a stream that is repeated', () => {
  const events = (text: string) => text.match(/^(?:id|event): .*$/gm) ?? [];
  const more = { stream: true, partial_images: 1 };

  test('takes up the run that was left, from behind the event that its caller names', async () => {
    await sendAndLeave('a river', 1, 2_000, more);
    const answer = await generate('a river', more, { headers: { 'last-event-id': '1' } });
    expect(events(await answer.text())).toEqual(['id: 2', 'event: image_generation.completed']);
    expect(callsOf('a river')).toBe(1);
  });

  test('begins with the first event when it runs by itself, whatever the caller names', async () => {
    const answer = await generate('another river', more, { headers: { 'last-event-id': '1' } });
    expect(events(await answer.text())).toEqual([
      'id: 1',
      'event: image_generation.partial_image',
      'id: 2',
      'event: image_generation.completed',
    ]);
  });

  test('numbers its error as well', async () => {
    upstream.next({
      instead: { status: 400, body: { error: { message: 'No.', code: 'moderation_blocked' } } },
    });
    expect(events(await (await generate('a refusal', more)).text())).toEqual(['id: 1', 'event: error']);
  });
});

test('the address in a 202 answer is that of the request which was taken up', async () => {
  await sendAndLeave('a parcel', 1, 2_000);
  const accepted = await generate('a parcel', {}, { headers: { prefer: 'respond-async' } });
  expect(accepted.status).toBe(202);
  const answer = await pictor.call(accepted.headers.get('location') ?? '', {
    headers: { prefer: 'wait=20' },
  });
  expect(answer.status).toBe(200);
  expect(callsOf('a parcel')).toBe(1);
});
