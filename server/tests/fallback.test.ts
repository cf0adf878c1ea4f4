import { imagesResponse, requestSummary } from '@pictor/api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleInput } from '../src/models/testing/sample-inputs.ts';
import { toForm, toJson } from './support/forms.ts';
import { type Cells, openCells } from './support/open-cells.ts';
import { removeDataDirs } from './support/start-pictor.ts';
import type { Behaviour } from './upstreams/serve-upstream.ts';

// One target never rests here, so that no test changes what the next one finds.
const settings = `
routing: { retries: 1, max_wait_seconds: 2, rest_after_failures: 1000 }
routes:
  cascade:
    targets:
      - model: one/gpt-image-2
      - model: two/gpt-image-1
`;

let cells: Cells;
let picture: Buffer;

beforeAll(async () => {
  cells = await openCells(['one', 'two'], settings);
  const { open } = await sampleInput({ width: 64, height: 64, format: 'png', colour: '#123' });
  const chunks: Uint8Array[] = [];
  for await (const chunk of open()) chunks.push(chunk);
  picture = Buffer.concat(chunks);
});
afterAll(async () => {
  await cells.close();
  await removeDataDirs();
});

function failure(status: number, error: Record<string, unknown> = {}, headers = {}): Behaviour {
  const body = { error: { message: 'It failed.', type: 'server_error', code: null, param: null, ...error } };
  return { instead: { status, headers, body } };
}

const overloaded = failure(503);
const noPicture = { b64_json: Buffer.from('hello world').toString('base64') };

function next(cell: string, ...behaviours: readonly Behaviour[]): void {
  for (const behaviour of behaviours) cells.upstreams[cell]?.next(behaviour);
}

type Made = { readonly answer: Response; readonly calls: readonly string[] };

/** Sends a request, and tells which upstreams were called for it, in the order of their names. */
async function send(
  kind: 'generations' | 'edits',
  body: Record<string, string | number>,
  headers: Record<string, string> = {},
): Promise<Made> {
  const before = countCalls();
  const init =
    kind === 'generations'
      ? toJson(body, headers)
      : {
          ...toForm([
            ...Object.entries(body).map(([name, value]) => [name, String(value)] as const),
            ['image', picture],
          ]),
          headers,
        };
  const answer = await cells.pictor.call(`/v1/images/${kind}`, init);
  const after = countCalls();
  const calls = Object.keys(after).flatMap((name) =>
    Array.from({ length: (after[name] ?? 0) - (before[name] ?? 0) }, () => name),
  );
  return { answer, calls };
}

function countCalls(): Record<string, number> {
  return Object.fromEntries(
    Object.entries(cells.upstreams).map(([name, upstream]) => [name, upstream.calls.length]),
  );
}

async function attemptsOf(answer: Response) {
  const id = answer.headers.get('x-request-id') ?? '';
  const row = await (await cells.pictor.call(`/api/requests/${id}`)).json();
  return {
    row: requestSummary.parse(row),
    attempts: (row as { attempts: Record<string, unknown>[] }).attempts,
  };
}

describe.each(['generations', 'edits'] as const)('%s', (kind) => {
  test.each([
    ['is overloaded', [failure(503), failure(503)]],
    ['is called too fast', [failure(429, { code: 'rate_limit_exceeded' }), failure(503)]],
    ['has no money left', [failure(429, { code: 'insufficient_quota', type: 'insufficient_quota' })]],
    ['does not take the key', [failure(401, { code: 'invalid_api_key' })]],
    [
      'has blocked the account',
      [failure(403, { message: 'Your account is deactivated.', code: 'account_deactivated' })],
    ],
  ] satisfies [string, Behaviour[]][])(
    'goes on to the next upstream when the first one %s',
    async (_, behaviours) => {
      next('one', ...behaviours.slice(0, 1));
      const { answer, calls } = await send(kind, { model: 'gpt-image-2', prompt: 'a fox' });
      expect(answer.status).toBe(200);
      expect(calls).toEqual(['one', 'two']);
      expect(answer.headers.get('x-pictor-engine')).toBe('two');
      const body = imagesResponse.parse(await answer.json());
      expect(body.pictor).toMatchObject({ engine: 'two', model: 'gpt-image-2', adjustments: [] });
      expect(body.pictor?.warnings.join()).toMatch(/^one failed and charged nothing .*, so two was asked\.$/);
      const { row, attempts } = await attemptsOf(answer);
      expect(row).toMatchObject({ engine: 'two', status: 'succeeded', cost: body.pictor?.cost });
      expect(attempts).toMatchObject([
        {
          number: 1,
          engine: 'one',
          charged: 'no',
          images: 0,
          cost: 0,
          upstream_request_id: 'req_upstream_1',
        },
        { number: 2, engine: 'two', charged: 'yes', images: 1, error: null },
      ]);
    },
  );

  test.each([
    ['a refusal of content', 400, { type: 'image_generation_user_error', code: 'moderation_blocked' }, 400],
    ['a wrong request', 400, { type: 'invalid_request_error', code: 'invalid_value', param: 'size' }, 400],
    ['a failure that may have been charged', 500, {}, 502],
  ])('never goes on after %s', async (_, status, error, told) => {
    next('one', failure(status, error));
    const { answer, calls } = await send(kind, { model: 'gpt-image-2', prompt: 'a fox' });
    expect(answer.status).toBe(told);
    expect(calls).toEqual(['one']);
    expect(answer.headers.get('x-should-retry')).toBe('false');
    expect((await attemptsOf(answer)).attempts).toHaveLength(1);
  });

  test('never goes on when the connection breaks after the request was sent', async () => {
    next('one', { resets: true });
    const { answer, calls } = await send(kind, { model: 'gpt-image-2', prompt: 'a fox' });
    expect(answer.status).toBe(502);
    expect(calls).toEqual(['one']);
  });

  test('comes back to the same upstream where another one is not meant', async () => {
    next('one', overloaded);
    const { answer, calls } = await send(kind, { model: 'one/gpt-image-2', prompt: 'a fox' });
    expect(answer.status).toBe(200);
    expect(calls).toEqual(['one', 'one']);
    expect((await attemptsOf(answer)).attempts).toMatchObject([
      { engine: 'one', error: { kind: 'unavailable', upstream_status: 503 } },
      { engine: 'one', error: null },
    ]);
  });

  test('takes another model last, tells it, and never for strict callers', async () => {
    next('one', overloaded, overloaded);
    const made = await send(kind, { model: 'cascade', prompt: 'a fox', size: '1024x1024' });
    expect(made.calls).toEqual(['one', 'one', 'two']);
    const { pictor } = imagesResponse.parse(await made.answer.json());
    expect(pictor).toMatchObject({
      engine: 'two',
      model: 'gpt-image-1',
      adjustments: [
        { parameter: 'model', action: 'approximated', requested: 'gpt-image-2', applied: 'gpt-image-1' },
      ],
    });
    expect((await attemptsOf(made.answer)).row).toMatchObject({
      model: 'cascade',
      model_id: 'gpt-image-1',
      adjustments: [{ parameter: 'model' }],
    });
    next('one', overloaded, overloaded);
    const strict = await send(
      kind,
      { model: 'cascade', prompt: 'a fox' },
      { 'x-pictor-parameters': 'strict' },
    );
    expect(strict.answer.status).toBe(502);
    expect(strict.calls).toEqual(['one', 'one']);
  });
});

describe('what the service says about waiting', () => {
  test('is waited for where it is short', async () => {
    next('one', failure(429, { code: 'rate_limit_exceeded' }, { 'retry-after-ms': '200' }));
    const { answer, calls } = await send('generations', { model: 'one/gpt-image-2', prompt: 'a fox' });
    expect(answer.status).toBe(200);
    expect(calls).toEqual(['one', 'one']);
  });

  test('is passed on where it is longer than the settings allow', async () => {
    next('one', failure(429, { code: 'rate_limit_exceeded' }, { 'retry-after': '77' }));
    const { answer, calls } = await send('generations', { model: 'one/gpt-image-2', prompt: 'a fox' });
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe('77');
    expect(answer.headers.get('x-should-retry')).toBe('true');
    expect(answer.headers.get('x-upstream-request-id')).toBe('req_upstream_1');
    expect(answer.headers.get('x-upstream-ratelimit-remaining-images')).toBe('49');
    expect(calls).toEqual(['one']);
    const { row, attempts } = await attemptsOf(answer);
    expect(attempts).toMatchObject([{ error: { kind: 'rate-limited', retry_after_ms: 77_000 } }]);
    expect(row).toMatchObject({
      cost: 0,
      upstream_request_id: 'req_upstream_1',
      upstream_headers: { 'x-ratelimit-remaining-images': '49' },
    });
  });

  test.each([
    ['a stream', { stream: true, partial_images: 1 }, {}],
    ['an answer whose headers left early', {}, { 'x-pictor-keepalive': 'body' }],
  ])('stands in the report of %s', async (_, body, headers) => {
    next('one', failure(429, { code: 'rate_limit_exceeded' }, { 'retry-after': '77' }));
    const asked = { model: 'one/gpt-image-2', prompt: 'a fox', ...body };
    const answer = await cells.pictor.call('/v1/images/generations', toJson(asked, headers));
    expect(answer.status).toBe(200);
    const told = /\{"error".*\}/.exec(await answer.text())?.[0] ?? '';
    expect(JSON.parse(told)).toMatchObject({
      error: { code: 'upstream_rate_limited' },
      pictor: { retry_after: 77, upstream: { request_id: 'req_upstream_1' } },
    });
  });

  test('comes from the target that may work later, where another one needs its operator', async () => {
    next('one', failure(429, { code: 'rate_limit_exceeded' }, { 'retry-after': '55' }));
    next('two', failure(401, { code: 'invalid_api_key' }));
    const { answer, calls } = await send('generations', { model: 'gpt-image-2', prompt: 'a fox' });
    expect(calls).toEqual(['one', 'two']);
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe('55');
    next('one', failure(401, { code: 'invalid_api_key' }));
    next('two', failure(429, { code: 'rate_limit_exceeded' }, { 'retry-after': '44' }));
    const other = await send('generations', { model: 'gpt-image-2', prompt: 'a fox' });
    expect(other.answer.headers.get('retry-after')).toBe('44');
    expect(other.answer.headers.get('x-pictor-engine')).toBe('two');
    expect((await attemptsOf(other.answer)).row).toMatchObject({ engine: 'two', status: 'failed' });
  });
});

describe('pictures that came', () => {
  test('previews go on elsewhere only where nothing was charged', async () => {
    next('one', overloaded);
    const stream = await cells.pictor.client().images.generate({
      model: 'gpt-image-2',
      prompt: 'a fox',
      stream: true,
      partial_images: 1,
    });
    const events: unknown[] = [];
    for await (const event of stream) events.push(event);
    expect(events).toMatchObject([
      { type: 'image_generation.partial_image' },
      {
        type: 'image_generation.completed',
        pictor: { engine: 'two', upstream: { request_id: 'req_upstream_1' } },
      },
    ]);
    const before = countCalls();
    next('one', { cutAfterBytes: 9_000 });
    const cut = await cells.pictor.call(
      '/v1/images/generations',
      toJson({ model: 'gpt-image-2', prompt: 'a fox', stream: true, partial_images: 3 }),
    );
    expect(await cut.text()).toMatch(/event: error\n/);
    expect(countCalls()).toEqual({ ...before, one: (before.one ?? 0) + 1 });
  });

  test('are the answer, and what did not come is told and not asked for again', async () => {
    next('one', { change: (reply) => ({ ...reply, data: [(reply.data as unknown[])[0]] }) });
    const before = countCalls();
    const made = await cells.pictor.call(
      '/v1/images/generations',
      toJson({ model: 'gpt-image-2', prompt: 'two foxes', n: 2 }),
    );
    expect(countCalls()).toEqual({ ...before, one: (before.one ?? 0) + 1 });
    const body = imagesResponse.parse(await made.json());
    expect(body.data).toHaveLength(1);
    expect(body.pictor?.warnings.join()).toContain('Image 2 of 2 was not made');
    expect(body.pictor?.cost).toBeGreaterThan(0);
    expect((await attemptsOf(made)).attempts).toMatchObject([{ charged: 'yes', images: 1 }]);
  });

  test.each([
    ['the first of two is none', (data: readonly unknown[]) => [noPicture, data[1]], 1],
    ['the second of two is none', (data: readonly unknown[]) => [data[0], noPicture], 2],
    ['the first of two is no base64', (data: readonly unknown[]) => [{ b64_json: '%%%%' }, data[1]], 1],
  ] as const)('are the answer where %s, with what the service says of its use', async (_, change, broken) => {
    next('one', { change: (reply) => ({ ...reply, data: change(reply.data as unknown[]) }) });
    const { answer, calls } = await send('generations', { model: 'gpt-image-2', prompt: 'two owls', n: 2 });
    expect(answer.status).toBe(200);
    expect(calls).toEqual(['one']);
    const body = imagesResponse.parse(await answer.json());
    const drawn = cells.upstreams.one?.calls.at(-1)?.pictures[2 - broken];
    expect(body.data.map(({ b64_json }) => b64_json)).toEqual([drawn?.toString('base64')]);
    expect(body.usage?.output_tokens).toBe(400);
    const told = new RegExp(`^Image ${broken} of 2 was not made: .* that can(not)? be decoded\\.$`);
    expect(body.pictor?.warnings).toEqual([expect.stringMatching(told)]);
  });

  test('are called what their bytes are, whatever the service says', async () => {
    next('one', { change: (reply) => ({ ...reply, output_format: 'webp' }) });
    const { answer } = await send('generations', { model: 'one/gpt-image-2', prompt: 'a fox' });
    const body = imagesResponse.parse(await answer.json());
    const bytes = Buffer.from(body.data[0]?.b64_json ?? '', 'base64');
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(body).toMatchObject({ output_format: 'png' });
  });
});
