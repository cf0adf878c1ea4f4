import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ofAzure } from './support/failures/of-azure.ts';
import { ofEngines } from './support/failures/of-engines.ts';
import { ofGemini, ofVertex } from './support/failures/of-google.ts';
import { nobody, ofOpenAi } from './support/failures/of-openai.ts';
import { findFreePort } from './support/find-free-port.ts';
import { toJson } from './support/forms.ts';
import { newDataDir, type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';
import { jsonAnswer, type ServedUpstream, serveUpstream } from './upstreams/serve-upstream.ts';

const key = 'sk-failing-0123456789abcdef';
const reference = `$\{KEY}`;

const failures = [...ofOpenAi, ...nobody, ...ofAzure, ...ofGemini, ...ofVertex, ...ofEngines];

let upstream: ServedUpstream;
let pictor: Pictor;

/** All upstreams are one server, which answers whatever the row of the table says. */
beforeAll(async () => {
  upstream = await serveUpstream(async () => jsonAnswer(418, { error: { message: 'No behaviour is set.' } }));
  const dead = `http://127.0.0.1:${await findFreePort()}`;
  const dataDir = await newDataDir();
  const configFile = join(dataDir, 'pictor.yaml');
  const { origin } = upstream;
  const config = {
    providers: {
      openai: [
        { name: 'oa', api_key: reference, base_url: `${origin}/v1` },
        { name: 'dead', api_key: reference, base_url: `${dead}/v1` },
      ],
      azure: [
        { name: 'az', api_key: reference, endpoint: origin, deployments: { 'my-images': 'gpt-image-2' } },
      ],
      gemini: [{ name: 'gm', api_key: reference, base_url: origin }],
      vertex: [{ name: 'vx', api_key: reference, base_url: origin }],
      compatible: [
        { name: 'vllm', dialect: 'vllm-omni', base_url: origin, models: [{ id: 'qwen-image' }] },
        { name: 'sglang', dialect: 'sglang', base_url: origin, models: [{ id: 'flux' }] },
        { name: 'localai', dialect: 'localai', base_url: origin, models: [{ id: 'dream' }] },
      ],
    },
    // Every row is one call, and no row finds its upstream resting.
    routing: { retries: 0, rest_after_failures: 1000 },
  };
  await writeFile(configFile, JSON.stringify(config));
  pictor = await startPictor({ dataDir, env: { PICTOR_CONFIG: configFile, KEY: key } });
});
afterAll(async () => {
  await pictor.stop();
  await upstream.close();
  await removeDataDirs();
});

type Told = { error: { code: string; type: string; message: string; moderation_details?: unknown } };
type Row = { cost: number | null; attempts: { charged: string; error: { kind: string } }[] };

test('the table has at least 60 failures, of every provider', () => {
  expect(failures.length).toBeGreaterThanOrEqual(60);
  expect(new Set(failures.map(({ model }) => model.split('/')[0]))).toEqual(
    new Set(['oa', 'dead', 'az', 'gm', 'vx', 'vllm', 'sglang', 'localai']),
  );
  expect(new Set(failures.map(({ name }) => name)).size).toBe(failures.length);
});

const types: Readonly<Record<string, readonly [status: number, type: string]>> = {
  moderation_blocked: [400, 'image_generation_user_error'],
  upstream_rejected: [400, 'invalid_request_error'],
  upstream_rate_limited: [429, 'rate_limit_error'],
  insufficient_quota: [429, 'insufficient_quota'],
  upstream_unauthorised: [502, 'server_error'],
  upstream_account_blocked: [502, 'server_error'],
  upstream_unavailable: [502, 'server_error'],
  upstream_timed_out: [504, 'server_error'],
  upstream_unreadable: [502, 'server_error'],
};

const codes: Readonly<Record<string, string>> = {
  moderated: 'moderation_blocked',
  rejected: 'upstream_rejected',
  'rate-limited': 'upstream_rate_limited',
  quota: 'insufficient_quota',
  unauthorised: 'upstream_unauthorised',
  'blocked-account': 'upstream_account_blocked',
  unavailable: 'upstream_unavailable',
  'timed-out': 'upstream_timed_out',
  unreadable: 'upstream_unreadable',
};

test.each(failures)(
  '$name → $kind, charged $charged',
  async ({ model, does, kind, charged, again, told }) => {
    if (does !== null) upstream.next(does);
    const callsBefore = upstream.calls.length;
    const answer = await pictor.call('/v1/images/generations', toJson({ model, prompt: 'a very quiet fox' }));
    expect(upstream.calls.length - callsBefore).toBe(does === null ? 0 : 1);
    const text = await answer.text();
    const { error } = JSON.parse(text) as Told;
    const row = (await (
      await pictor.call(`/api/requests/${answer.headers.get('x-request-id')}`)
    ).json()) as Row;
    const code = codes[kind] ?? '';
    const [status, type] = types[code] ?? [];
    expect({
      kind: row.attempts[0]?.error.kind,
      charged: row.attempts[0]?.charged,
      again: answer.headers.get('x-should-retry'),
      status: answer.status,
      code: error.code,
      type: error.type,
    }).toEqual({ kind, charged, again: String(again), status, code, type });
    expect(row.attempts).toHaveLength(1);
    if (charged === 'no') expect(row.cost).toBe(0);
    expect(text + pictor.output()).not.toContain(key);
    expect(error.message.trim()).not.toBe('');
    if (told !== undefined) expect(error.message).toMatch(told);
    // Whose fault it is must never be mixed up.
    if (kind === 'moderated') expect(error.moderation_details).toBeDefined();
    else expect(error.message).not.toMatch(/your (content|prompt) (is|was)|moderation|disallowed/i);
  },
);

// A refusal goes nowhere else, so it shows who was asked first.
test.each([
  ['gpt-image-2', 'oa'],
  ['openai/gpt-image-2', 'oa'],
  ['azure/gpt-image-2', 'az'],
  ['az/gpt-image-2', 'az'],
  ['az/my-images', 'az'],
  ['my-images', 'az'],
  ['gemini-3-pro-image', 'gm'],
  ['google/gemini-3-pro-image', 'gm'],
  ['vertex/gemini-3-pro-image', 'vx'],
  ['vx/gemini-3-pro-image', 'vx'],
  ['vllm/qwen-image', 'vllm'],
  ['qwen-image', 'vllm'],
])('%s asks %s first', async (model, engine) => {
  upstream.next({ instead: { status: 400, body: { error: { message: 'No.', code: 400 } } } });
  const answer = await pictor.call('/v1/images/generations', toJson({ model, prompt: 'a fox' }));
  expect([answer.status, answer.headers.get('x-pictor-engine')]).toEqual([400, engine]);
  const { path, fields } = upstream.calls.at(-1) ?? {};
  if (engine === 'az') expect(`${path} ${JSON.stringify(fields)}`).toContain('my-images');
});
