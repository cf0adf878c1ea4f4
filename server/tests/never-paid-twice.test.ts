import { request } from 'node:http';
import { connect } from 'node:net';
import { imagesResponse } from '@pictor/api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';

let pictor: Pictor;
beforeAll(async () => {
  pictor = await startPictor({ env: { PICTOR_SKETCH_DELAY_MS: '1500' } });
});
afterAll(async () => {
  await pictor.stop();
  await removeDataDirs();
});

type Summary = { id: string; status: string; prompt: string };

function generate(prompt: string, headers: Record<string, string> = {}, more: Record<string, unknown> = {}) {
  return pictor.call('/v1/images/generations', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ model: 'gpt-image-1', prompt, quality: 'low', ...more }),
  });
}

/** Every engine call has a row, so rows of a prompt are the calls that it cost. */
async function rowsOf(prompt: string): Promise<Summary[]> {
  const list = (await (await pictor.call('/api/requests?limit=200')).json()) as { data: Summary[] };
  return list.data.filter((row) => row.prompt === prompt);
}

async function running(prompt: string): Promise<Summary> {
  await expect.poll(async () => (await rowsOf(prompt)).length).toBe(1);
  const [row] = await rowsOf(prompt);
  return row ?? { id: '', status: '', prompt };
}

/** Sends a request, and cuts the connection as soon as its row exists. Resolves when the socket is closed. */
async function sendAndLeave(prompt: string): Promise<string> {
  const call = request(`${pictor.url}/v1/images/generations`, {
    method: 'POST',
    agent: false,
    headers: { authorization: `Bearer ${pictor.key}`, 'content-type': 'application/json' },
  });
  const closed = new Promise<void>((resolve) => call.once('close', resolve));
  call.on('error', () => undefined);
  call.end(JSON.stringify({ model: 'gpt-image-1', prompt, quality: 'low' }));
  const { id } = await running(prompt);
  call.destroy();
  await closed;
  return id;
}

describe('a caller that goes away', () => {
  test('finds its picture by the id of the request, in the shape it would have had', async () => {
    const id = await sendAndLeave('a boat that nobody waited for');
    const early = await pictor.call(`/v1/images/generations/${id}`);
    expect(early.status).toBe(202);
    expect(await early.json()).toMatchObject({ id, status: 'running' });
    const answer = await pictor.call(`/v1/images/generations/${id}`, { headers: { prefer: 'wait=30' } });
    expect(answer.status).toBe(200);
    const body = imagesResponse.parse(await answer.json());
    expect(body).toMatchObject({
      size: '1024x1024',
      quality: 'low',
      pictor: { request: id, engine: 'sketch' },
    });
    expect(body.data[0]?.b64_json?.length).toBeGreaterThan(1000);
    const byAlias = await pictor.call(`/v1/images/generations/${id.replace('req_', 'img-')}`);
    expect(imagesResponse.parse(await byAlias.json())).toEqual(body);
    const list = (await (await pictor.call('/v1/images/generations')).json()) as { data: Summary[] };
    expect(list.data.map((row) => row.id)).toContain(id);
    expect((await pictor.call(`/v1/images/edits/${id}`)).status).toBe(404);
  });

  test('and repeats itself takes up the first call instead of paying again', async () => {
    const prompt = 'a lighthouse, asked for twice';
    const id = await sendAndLeave(prompt);
    const answer = await generate(prompt);
    expect(answer.headers.get('x-request-id')).toBe(id);
    expect(await answer.json()).toMatchObject({ pictor: { request: id, twin: true } });
    expect(await rowsOf(prompt)).toHaveLength(1);
    const third = await generate(prompt);
    expect((await third.json()) as object).not.toMatchObject({ pictor: { twin: true } });
    expect(await rowsOf(prompt)).toHaveLength(2);
  });

  test('gets a call of its own when it wants one', async () => {
    const prompt = 'a windmill, twice on purpose';
    await sendAndLeave(prompt);
    expect((await generate(prompt, { 'x-pictor-twins': 'off' })).status).toBe(200);
    expect(await rowsOf(prompt)).toHaveLength(2);
  });

  test('while two callers that both wait get two calls', async () => {
    const prompt = 'a bridge for two';
    const both = await Promise.all([generate(prompt), generate(prompt)]);
    expect(both.map((answer) => answer.status)).toEqual([200, 200]);
    expect(await rowsOf(prompt)).toHaveLength(2);
  });
});

describe('an idempotency key', () => {
  test('answers with the first answer, byte for byte', async () => {
    const prompt = 'a whale with a key';
    const first = await generate(prompt, { 'idempotency-key': 'whale-1' });
    const again = await generate(prompt, { 'idempotency-key': 'whale-1' });
    expect(again.status).toBe(first.status);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(again.headers.get('x-request-id')).toBe(first.headers.get('x-request-id'));
    expect(again.headers.get('x-pictor-engine')).toBe('sketch');
    expect(Buffer.from(await again.arrayBuffer()).equals(Buffer.from(await first.arrayBuffer()))).toBe(true);
    expect(await rowsOf(prompt)).toHaveLength(1);
  });

  test('is refused while the first request runs, unless the caller waits', async () => {
    const prompt = 'a snail with a key';
    const headers = { 'idempotency-key': 'snail-1' };
    const first = generate(prompt, headers);
    await running(prompt);
    const early = await generate(prompt, headers);
    expect(early.status).toBe(409);
    expect(early.headers.get('retry-after')).toBe('2');
    expect(await early.json()).toMatchObject({ error: { code: 'idempotency_key_in_flight' } });
    const waited = await generate(prompt, { ...headers, prefer: 'wait=30' });
    expect(waited.status).toBe(200);
    expect(await waited.text()).toBe(await (await first).text());
    expect(await rowsOf(prompt)).toHaveLength(1);
  });

  test('is refused with another body, and serves one call among many at once', async () => {
    const headers = { 'idempotency-key': 'herd-1', prefer: 'wait=30' };
    const herd = await Promise.all(Array.from({ length: 8 }, () => generate('a herd of sheep', headers)));
    expect(new Set(await Promise.all(herd.map((answer) => answer.text()))).size).toBe(1);
    expect(await rowsOf('a herd of sheep')).toHaveLength(1);
    const other = await generate('a herd of goats', headers);
    expect(other.status).toBe(409);
    expect(await other.json()).toMatchObject({ error: { code: 'idempotency_key_reused' } });
    expect(await rowsOf('a herd of goats')).toHaveLength(0);
  });

  test('must be a text of a sensible length', async () => {
    expect((await generate('a key', { 'idempotency-key': 'k'.repeat(256) })).status).toBe(400);
  });
});

describe('an answer that is not waited for', () => {
  test('respond-async gives the id at once, and the picture by GET', async () => {
    const accepted = await generate('a parcel on its way', { prefer: 'respond-async' });
    expect(accepted.status).toBe(202);
    expect(accepted.headers.get('preference-applied')).toBe('respond-async');
    const { id } = (await accepted.json()) as { id: string };
    expect(accepted.headers.get('location')).toBe(`/v1/images/generations/${id}`);
    const answer = await pictor.call(`/v1/images/generations/${id}`, { headers: { prefer: 'wait=30' } });
    expect(imagesResponse.parse(await answer.json()).pictor?.request).toBe(id);
  });

  test('can be followed as events, and taken up behind any event', async () => {
    const accepted = await generate(
      'a parcel, followed',
      { prefer: 'respond-async' },
      { stream: true, partial_images: 2 },
    );
    const { id } = (await accepted.json()) as { id: string };
    const follow = async (headers: Record<string, string>) =>
      await (
        await pictor.call(`/v1/images/generations/${id}`, {
          headers: { accept: 'text/event-stream', ...headers },
        })
      ).text();
    const whole = await follow({});
    expect(whole.match(/^event: .*$/gm)).toEqual([
      'event: image_generation.partial_image',
      'event: image_generation.partial_image',
      'event: image_generation.completed',
    ]);
    const rest = await follow({ 'last-event-id': '2' });
    expect(rest.match(/^id: .*$/gm)).toEqual(['id: 3']);
    const data = (text: string) => text.match(/^data: .*$/gm) ?? [];
    expect(data(rest)).toEqual(data(whole).slice(2));
  });

  test('can be cancelled while it runs, and not afterwards', async () => {
    const accepted = await generate('a parcel sent back', { prefer: 'respond-async' });
    const { id } = (await accepted.json()) as { id: string };
    const cancelled = await pictor.call(`/v1/images/generations/${id}/cancel`, {
      method: 'POST',
      // As OpenAI's client for Python does, which names the type of what it does not send.
      headers: { 'content-type': 'application/json' },
    });
    expect(await cancelled.json()).toMatchObject({ id, status: 'cancelled' });
    const late = await pictor.call(`/v1/images/generations/${id}/cancel`, { method: 'POST' });
    expect(late.status).toBe(409);
    expect((await pictor.call(`/v1/images/generations/${id}`)).status).toBe(410);
  });
});

describe('proxies that cut idle connections', () => {
  test('white space before the JSON keeps the connection busy, and JSON it stays', async () => {
    const answer = await generate('a patient turtle', { 'x-pictor-keepalive': 'body' });
    const text = await answer.text();
    expect(text.startsWith(' ')).toBe(true);
    expect(imagesResponse.parse(JSON.parse(text)).data).toHaveLength(1);
  });

  test('a stream sends its first byte at once', async () => {
    const { hostname, port } = new URL(pictor.url);
    const body = JSON.stringify({
      model: 'gpt-image-1',
      prompt: 'a quick hare',
      stream: true,
      quality: 'low',
    });
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST /v1/images/generations HTTP/1.1\r\nhost: ${hostname}:${port}\r\nauthorization: Bearer ${pictor.key}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
    const head = await new Promise<string>((resolve) =>
      socket.once('data', (chunk) => resolve(chunk.toString())),
    );
    expect(head).toMatch(/^HTTP\/1.1 200 OK\r\n/);
    const { status } = await running('a quick hare');
    expect(status).toBe('running');
    socket.destroy();
  });
});
