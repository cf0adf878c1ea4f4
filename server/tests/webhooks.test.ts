import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../src/database/index.ts';
import { openReceiver, type Receiver, verify } from './support/open-receiver.ts';
import { newDataDir, type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';
import { type Postgres, startPostgres } from './support/start-postgres.ts';

type Registered = { id: string; url: string; events: string[]; created_at: number; secret: string };
type Attempt = {
  id: string;
  delivery: {
    id: string;
    type: string;
    request: string | null;
    status: string;
    next_attempt_at: number | null;
  };
  attempt: number;
  delivered: boolean;
  status_code: number | null;
  duration_ms: number;
  error: string | null;
};

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(async () => {
  await postgres.stop();
  await removeDataDirs();
});

function post(pictor: Pictor, path: string, body?: unknown, headers: Record<string, string> = {}) {
  return pictor.call(path, {
    method: 'POST',
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function register(pictor: Pictor, body: Record<string, unknown>): Promise<Registered> {
  const answer = await post(pictor, '/api/webhooks', body);
  expect(answer.status).toBe(200);
  return (await answer.json()) as Registered;
}

async function attemptsOf(pictor: Pictor, id: string, query = ''): Promise<Attempt[]> {
  const answer = await pictor.call(`/api/webhooks/${id}/attempts${query}`);
  return ((await answer.json()) as { data: Attempt[] }).data;
}

function generate(pictor: Pictor, prompt: string, headers: Record<string, string> = {}) {
  const body = { model: 'sketch-1', prompt, size: '256x256' };
  return post(pictor, '/v1/images/generations', body, headers);
}

async function errorOf(answer: Response): Promise<{ status: number; code: string; param: string | null }> {
  const { error } = (await answer.json()) as { error: { code: string; param: string | null } };
  return { status: answer.status, code: error.code, param: error.param };
}

// Some restart the server twice, on machines that may be busy.
const patience = { timeout: 120_000 };

describe.each(['embedded', 'server'] as const)('webhooks on the %s database', patience, (engine) => {
  let pictor: Pictor;
  let receiver: Receiver;
  let dataDir: string;
  const start = async (env: Record<string, string> = {}): Promise<Pictor> =>
    await startPictor({
      dataDir,
      env: {
        PICTOR_FETCH_ALLOW: receiver.host,
        PICTOR_WEBHOOK_BACKOFF_MS: '100',
        ...(engine === 'server' ? { DATABASE_URL: postgres.url } : {}),
        ...env,
      },
    });
  const messages = (from = 0) => receiver.received.slice(from);

  beforeAll(async () => {
    receiver = await openReceiver();
    dataDir = await newDataDir();
    pictor = await start();
  });
  afterEach(async () => {
    receiver.answer((response) => void response.writeHead(204).end());
    const list = (await (await pictor.call('/api/webhooks')).json()) as { data: Registered[] };
    for (const { id } of list.data) await pictor.call(`/api/webhooks/${id}`, { method: 'DELETE' });
  });
  afterAll(async () => {
    await pictor.stop();
    await receiver.close();
  });

  test('a picture that is made is told, signed, with a link that opens it and without its prompt', async () => {
    const hook = await register(pictor, { url: receiver.url });
    expect(hook.id).toMatch(/^whk_[0-9a-f]{32}$/);
    expect(hook.secret).toMatch(/^whsec_/);
    expect(hook.events).toEqual(['image.succeeded', 'image.failed', 'image.cancelled']);
    const from = receiver.received.length;
    const answer = await generate(pictor, 'a very secret lighthouse');
    const requestId = answer.headers.get('x-request-id');
    await expect.poll(() => messages(from).length, { timeout: 45_000 }).toBe(1);
    const [message] = messages(from);
    if (message === undefined) return expect.unreachable();
    const { type, timestamp, data } = verify(hook.secret, message);
    expect(type).toBe('image.succeeded');
    expect(Math.abs(Date.parse(timestamp) - Date.now())).toBeLessThan(60_000);
    expect(data).toMatchObject({
      id: requestId,
      object: 'image.request',
      status: 'succeeded',
      kind: 'generate',
      model: 'sketch-1',
      engine: 'sketch',
      error: null,
    });
    expect(data).toHaveProperty('cost');
    const picture = await fetch(data.images[0]?.url ?? '');
    expect(picture.headers.get('content-type')).toBe('image/png');
    const { data: images } = (await answer.json()) as { data: { b64_json: string }[] };
    expect(Buffer.from(await picture.arrayBuffer()).toString('base64')).toBe(images[0]?.b64_json);
    expect(message.text).not.toContain('lighthouse');
    expect(message.text).not.toContain(images[0]?.b64_json.slice(0, 40));
    const forged = { ...message, text: message.text.replace('succeeded', 'failed') };
    expect(() => verify(hook.secret, forged)).toThrow();
    expect(pictor.output()).not.toContain(hook.secret);
  });

  test('the secret is shown once', async () => {
    const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
    const hook = await register(pictor, { url: receiver.url, events: ['image.failed'], secret });
    expect(hook).toMatchObject({ secret, events: ['image.failed'] });
    const seen = await (await pictor.call(`/api/webhooks/${hook.id}`)).text();
    const listed = await (await pictor.call('/api/webhooks')).text();
    expect(JSON.parse(seen)).toEqual({
      id: hook.id,
      object: 'webhook',
      url: receiver.url,
      events: ['image.failed'],
      created_at: hook.created_at,
    });
    expect(listed).toContain(hook.id);
    expect(seen + listed).not.toContain('whsec_');
  });

  test('is tried again after a failure, with the same id, and every attempt is in the log', async () => {
    const hook = await register(pictor, { url: receiver.url });
    receiver.answer((response, count) => void response.writeHead(count <= 2 ? 500 : 200).end());
    const from = receiver.received.length;
    await generate(pictor, 'a stubborn mule');
    await expect.poll(() => messages(from).length, { timeout: 45_000 }).toBe(3);
    await expect.poll(async () => (await attemptsOf(pictor, hook.id)).length, { timeout: 45_000 }).toBe(3);
    const attempts = await attemptsOf(pictor, hook.id);
    expect(attempts.map((each) => [each.attempt, each.status_code, each.delivered])).toEqual([
      [3, 200, true],
      [2, 500, false],
      [1, 500, false],
    ]);
    expect(attempts[2]?.error).toContain('500');
    expect(attempts[0]?.delivery).toMatchObject({ status: 'delivered', next_attempt_at: null });
    expect(new Set(messages(from).map((each) => each.headers['webhook-id']))).toEqual(
      new Set([attempts[0]?.delivery.id]),
    );
    for (const message of messages(from)) verify(hook.secret, message);
    const page = await attemptsOf(pictor, hook.id, `?limit=1&after=${attempts[0]?.id}`);
    expect(page.map((each) => each.id)).toEqual([attempts[1]?.id]);
    expect(await errorOf(await pictor.call(`/api/webhooks/${hook.id}/attempts?limit=0`))).toMatchObject({
      status: 400,
      param: 'limit',
    });
  });

  test('can be sent again by hand, and tried out', async () => {
    const hook = await register(pictor, { url: receiver.url });
    const from = receiver.received.length;
    await generate(pictor, 'an echo');
    await expect.poll(async () => (await attemptsOf(pictor, hook.id)).length, { timeout: 45_000 }).toBe(1);
    const [first] = await attemptsOf(pictor, hook.id);
    const again = await post(pictor, `/api/webhooks/attempts/${first?.id}/resend`);
    expect(again.status).toBe(202);
    expect(await again.json()).toMatchObject({ id: first?.delivery.id });
    await expect.poll(() => messages(from).length, { timeout: 45_000 }).toBe(2);
    const [one, two] = messages(from);
    expect(two?.headers['webhook-id']).toBe(one?.headers['webhook-id']);
    expect((await post(pictor, `/api/webhooks/attempts/wha_${'0'.repeat(32)}/resend`)).status).toBe(404);

    receiver.answer((response) => void response.writeHead(302, { location: receiver.url }).end());
    const tried = (await (await post(pictor, `/api/webhooks/${hook.id}/test`)).json()) as Attempt;
    expect(tried).toMatchObject({ delivered: false, status_code: 302, delivery: { type: 'webhook.test' } });
    receiver.answer((response) => void response.writeHead(200).end());
    const better = (await (await post(pictor, `/api/webhooks/${hook.id}/test`)).json()) as Attempt;
    expect(better).toMatchObject({ delivered: true, status_code: 200, delivery: { status: 'delivered' } });
    const last = receiver.received.at(-1);
    if (last === undefined) return expect.unreachable();
    expect(verify(hook.secret, last)).toMatchObject({ type: 'webhook.test', data: { id: hook.id } });
  });

  test('comes once for each address that wants the event', async () => {
    const all = await register(pictor, { url: `${receiver.url}/all` });
    await register(pictor, { url: `${receiver.url}/failed`, events: ['image.failed'] });
    const cancelled = await register(pictor, {
      url: `${receiver.url}/cancelled`,
      events: ['image.cancelled'],
    });
    await pictor.stop();
    pictor = await start({ PICTOR_SKETCH_DELAY_MS: '60000' });
    const from = receiver.received.length;
    const accepted = await generate(pictor, 'a parcel sent back', { prefer: 'respond-async' });
    const { id } = (await accepted.json()) as { id: string };
    await post(pictor, `/v1/images/generations/${id}/cancel`);
    await expect.poll(() => messages(from).length, { timeout: 45_000 }).toBe(2);
    expect(
      messages(from)
        .map((each) => each.path)
        .toSorted(),
    ).toEqual(['/hook/all', '/hook/cancelled']);
    const told = messages(from).find((each) => each.path === '/hook/cancelled');
    if (told === undefined) return expect.unreachable();
    expect(verify(cancelled.secret, told)).toMatchObject({
      type: 'image.cancelled',
      data: { id, status: 'cancelled', images: [], error: { code: 'request_cancelled' } },
    });
    expect(() => verify(all.secret, told)).toThrow();
    await pictor.stop();
    pictor = await start();
  });

  test('survives kill -9 between the end of a request and its delivery', async () => {
    const hook = await register(pictor, { url: receiver.url });
    // It takes the message and never answers, so the delivery is on its way when the process dies.
    receiver.answer(() => undefined);
    const from = receiver.received.length;
    const requestId = (await generate(pictor, 'a message in a bottle')).headers.get('x-request-id');
    await expect.poll(() => messages(from).length, { timeout: 45_000 }).toBe(1);
    await pictor.kill();
    receiver.answer((response) => void response.writeHead(204).end());
    pictor = await start();
    await expect.poll(async () => (await attemptsOf(pictor, hook.id)).length, { timeout: 45_000 }).toBe(1);
    const [before, after] = messages(from);
    expect(messages(from)).toHaveLength(2);
    expect(after?.headers['webhook-id']).toBe(before?.headers['webhook-id']);
    if (after === undefined) return expect.unreachable();
    expect(verify(hook.secret, after).data.id).toBe(requestId);
  });

  test('tells of a request that kill -9 cut off', async () => {
    const hook = await register(pictor, { url: receiver.url });
    await pictor.stop();
    pictor = await start({ PICTOR_SKETCH_DELAY_MS: '60000' });
    const from = receiver.received.length;
    const { id } = (await (await generate(pictor, 'cut off', { prefer: 'respond-async' })).json()) as {
      id: string;
    };
    await pictor.kill();
    pictor = await start();
    await expect.poll(() => messages(from).length, { timeout: 45_000 }).toBe(1);
    const [message] = messages(from);
    if (message === undefined) return expect.unreachable();
    expect(verify(hook.secret, message)).toMatchObject({
      type: 'image.failed',
      data: { id, status: 'interrupted', error: { code: 'interrupted' } },
    });
  });

  test('goes to no private host: refused when it is registered, and again when it is sent', async () => {
    const refused = [
      'http://127.0.0.1:1/hook',
      'http://[::1]/hook',
      'http://169.254.169.254/latest',
      'http://2130706433/hook',
      'http://localhost:1/hook',
    ];
    for (const url of refused) {
      const error = await errorOf(await post(pictor, '/api/webhooks', { url }));
      expect({ url, ...error }).toEqual({ url, status: 400, code: 'invalid_value', param: 'url' });
    }
    const hook = await register(pictor, { url: receiver.url });
    await pictor.stop();
    pictor = await start({ PICTOR_FETCH_ALLOW: '' });
    const from = receiver.received.length;
    await generate(pictor, 'a whisper');
    await expect
      .poll(async () => (await attemptsOf(pictor, hook.id)).length, { timeout: 45_000 })
      .toBeGreaterThan(0);
    const first = (await attemptsOf(pictor, hook.id)).at(-1);
    expect(first).toMatchObject({ delivered: false, status_code: null });
    expect(first?.error).toContain('not a public address');
    expect(messages(from)).toHaveLength(0);
    await pictor.stop();
    pictor = await start();
  });

  test('a body that makes no sense is refused by name', async () => {
    const url = receiver.url;
    const cases: readonly (readonly [unknown, string, string | null])[] = [
      [[], 'invalid_type', null],
      [{}, 'missing_required_parameter', 'url'],
      [{ url: 'ftp://example.com/' }, 'invalid_value', 'url'],
      [{ url: 'https://user:word@example.com/' }, 'invalid_value', 'url'],
      [{ url: 7 }, 'invalid_value', 'url'],
      [{ url, events: [] }, 'invalid_value', 'events'],
      [{ url, events: ['image.succeeded', 'image.sold'] }, 'invalid_value', 'events'],
      [{ url, secret: 'hunter2' }, 'invalid_value', 'secret'],
      [{ url, secret: 'whsec_c2hvcnQ=' }, 'invalid_value', 'secret'],
      [{ url, color: 'red' }, 'unknown_parameter', 'color'],
    ];
    for (const [body, code, param] of cases) {
      expect(await errorOf(await post(pictor, '/api/webhooks', body))).toEqual({ status: 400, code, param });
    }
    expect((await fetch(`${pictor.url}/api/webhooks`)).status).toBe(401);
  });
});

test('another project neither sees a webhook nor is told to it', patience, async () => {
  const receiver = await openReceiver();
  const dataDir = await newDataDir();
  const env = { PICTOR_FETCH_ALLOW: receiver.host };
  const first = await startPictor({ dataDir, env });
  const hook = await register(first, { url: receiver.url });
  const tried = (await (await post(first, `/api/webhooks/${hook.id}/test`)).json()) as Attempt;
  await first.stop();

  const database = await openDatabase({ dataDir });
  await database.sql
    .insertInto('projects')
    .values({ id: 'proj_other', name: 'Other', created_at: new Date() })
    .execute();
  await database.sql.updateTable('webhooks').set({ project_id: 'proj_other' }).execute();
  await database.close();

  const second = await startPictor({ dataDir, env });
  const list = (await (await second.call('/api/webhooks')).json()) as { data: unknown[] };
  expect(list.data).toEqual([]);
  for (const [method, path] of [
    ['GET', `/api/webhooks/${hook.id}`],
    ['DELETE', `/api/webhooks/${hook.id}`],
    ['GET', `/api/webhooks/${hook.id}/attempts`],
    ['POST', `/api/webhooks/${hook.id}/test`],
    ['POST', `/api/webhooks/attempts/${tried.id}/resend`],
  ] as const) {
    expect({ path, status: (await second.call(path, { method })).status }).toEqual({ path, status: 404 });
  }
  const own = await register(second, { url: `${receiver.url}/own` });
  await generate(second, 'for one project only');
  await expect.poll(async () => (await attemptsOf(second, own.id)).length, { timeout: 45_000 }).toBe(1);
  expect(receiver.received.map((each) => each.path)).toEqual(['/hook', '/hook/own']);
  await second.stop();
  await receiver.close();
});
