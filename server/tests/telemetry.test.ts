import { readFile } from 'node:fs/promises';
import { toFile } from 'openai';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  type Collector,
  drawTree,
  openCollector,
  type ReceivedSpan,
  toRecord,
} from './support/open-collector.ts';
import { paintLandscape } from './support/pictures.ts';
import { type Pictor, removeDataDirs, startAndFail, startPictor } from './support/start-pictor.ts';
import { type OpenAiUpstream, openOpenAiUpstream, upstreamKey } from './upstreams/openai-upstream.ts';

const guide = new URL('../../docs/guides/telemetry.md', import.meta.url);
const traceId = '0af7651916cd43dd8448eb211c80319c';
const callerSpan = 'b7ad6b7169203331';
const secretWords = 'a lighthouse nobody may read about';

let upstream: OpenAiUpstream;
let collector: Collector;
let pictor: Pictor;

beforeAll(async () => {
  upstream = await openOpenAiUpstream();
  collector = await openCollector();
  pictor = await startPictor({
    env: {
      OPENAI_API_KEY: upstreamKey,
      PICTOR_OPENAI_BASE_URL: upstream.baseUrl,
      PICTOR_LOG_LEVEL: 'info',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/json',
      OTEL_EXPORTER_OTLP_HEADERS: 'x-collector=known',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
      OTEL_BSP_SCHEDULE_DELAY: '50',
      OTEL_METRIC_EXPORT_INTERVAL: '200',
    },
  });
});
afterAll(async () => {
  await pictor.stop();
  await upstream.close();
  await collector.close();
  await removeDataDirs();
});

/** The spans of one trace, once there is one that fits. */
async function spansOf(
  trace: string,
  isThere: (span: ReceivedSpan) => boolean,
): Promise<readonly ReceivedSpan[]> {
  const found = () => collector.spans().filter((span) => span.traceId === trace);
  await vi.waitFor(() => expect(found().some(isThere)).toBe(true), { timeout: 20_000 });
  return found();
}

const isServerSpan = ({ kind }: ReceivedSpan): boolean => kind === 2;

describe('the spans of one edit', () => {
  let spans: readonly ReceivedSpan[];
  beforeAll(async () => {
    const image = await toFile(await paintLandscape({ width: 256, height: 256 }), 'room.png', {
      type: 'image/png',
    });
    await pictor
      .client()
      .images.edit(
        { model: 'gpt-image-2', image, prompt: secretWords },
        { headers: { traceparent: `00-${traceId}-${callerSpan}-01` } },
      );
    spans = await spansOf(traceId, isServerSpan);
  });

  test("are a tree below the caller's span, and the guide shows it", async () => {
    const tree = drawTree(spans, callerSpan);
    expect(tree.split('\n').length).toBeGreaterThan(6);
    expect(await readFile(guide, 'utf8')).toContain(`\`\`\`text\n${tree}\`\`\``);
  });

  test('say what was called, in the words of the GenAI conventions', () => {
    const call = spans.find(({ name }) => name === 'generate_content gpt-image-2');
    expect(call && toRecord(call.attributes)).toMatchObject({
      'gen_ai.operation.name': 'generate_content',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-image-2',
      'gen_ai.output.type': 'image',
      'gen_ai.response.id': 'req_upstream_1',
      'pictor.image.count': 1,
    });
    const tokens = Object.keys(toRecord(call?.attributes ?? [])).filter((name) => name.endsWith('_tokens'));
    expect(tokens.sort()).toEqual(['gen_ai.usage.input_tokens', 'gen_ai.usage.output_tokens']);
    expect(collector.resource()).toMatchObject({
      'service.name': 'pictor',
      'service.version': '0.1.0',
      'deployment.environment.name': 'test',
    });
  });

  test('hold no prompt and no key, and neither does the log, which names request and trace', () => {
    const told = JSON.stringify(spans);
    for (const text of [told, pictor.output()]) {
      expect(text).not.toContain(secretWords);
      expect(text).not.toContain(upstreamKey);
    }
    const server = spans.find(isServerSpan);
    const request = toRecord(server?.attributes ?? [])['pictor.request.id'];
    const lines = pictor
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{'));
    const logged = lines.map((line) => JSON.parse(line)).filter((line) => line.request === request);
    expect(logged).toMatchObject([
      { msg: 'job ended', model: 'gpt-image-2', engine: 'openai', status: 'succeeded' },
      { msg: 'answered', method: 'POST', route: '/v1/images/edits', status: 200, trace: traceId },
    ]);
  });

  test('are not told to the provider', () => {
    const received = upstream.calls.flatMap(({ headers }) => Object.keys(headers));
    expect(received).toContain('authorization');
    expect(received.filter((name) => name.startsWith('trace') || name === 'baggage')).toEqual([]);
  });
});

test('a caller that samples nothing is not traced, and a header that is none begins a trace of its own', async () => {
  const unsampled = '4bf92f3577b34da6a3ce929d0e0e4736';
  await pictor.call('/v1/models', { headers: { traceparent: `00-${unsampled}-${callerSpan}-00` } });
  await pictor.call('/api/session', { headers: { traceparent: `00-${'0'.repeat(32)}-${callerSpan}-01` } });
  const isSession = ({ name }: ReceivedSpan): boolean => name === 'GET /api/session';
  await expect.poll(() => collector.spans().some(isSession), { timeout: 20_000 }).toBe(true);
  expect(collector.spans().filter((span) => span.traceId === unsampled)).toEqual([]);
  expect(collector.spans().find(isSession)?.parentSpanId).toBeUndefined();
});

test('a refusal ends its spans with its code', async () => {
  const trace = 'a3ce929d0e0e47364bf92f3577b34da6';
  upstream.next({
    instead: { status: 401, body: { error: { message: 'No.', type: 'x', code: 'invalid_api_key' } } },
  });
  const answer = await pictor.call('/v1/images/generations', {
    ...json({ model: 'gpt-image-2', prompt: secretWords }),
    headers: { 'content-type': 'application/json', traceparent: `00-${trace}-${callerSpan}-01` },
  });
  expect(answer.status).toBe(502);
  const spans = await spansOf(trace, isServerSpan);
  const failed = spans
    .filter(({ status }) => status.code === 2)
    .map(({ name, attributes }) => [name, toRecord(attributes)['error.type']]);
  expect(Object.fromEntries(failed)).toEqual({
    'POST /v1/images/generations': '502',
    'job generate': 'upstream_unauthorised',
    'generate_content gpt-image-2': 'upstream_unauthorised',
  });
});

test('metrics are exported as protobuf, with the headers of the settings', async () => {
  const names = [
    'gen_ai.client.operation.duration',
    'gen_ai.client.token.usage',
    'http.server.request.duration',
  ];
  const sent = () => Buffer.concat(collector.metrics.map(({ bytes }) => bytes)).toString('latin1');
  for (const name of names) await expect.poll(sent, { timeout: 20_000 }).toContain(name);
  expect(collector.metrics[0]).toMatchObject({ type: 'application/x-protobuf', header: 'known' });
});

describe('GET /metrics', () => {
  test('counts what happened, and names no project, request or key', async () => {
    const answer = await pictor.call('/metrics');
    expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    const text = await answer.text();
    const call =
      'gen_ai_operation_name="generate_content",gen_ai_provider_name="openai",gen_ai_request_model="gpt-image-2"';
    expect(text).toContain(`pictor_images_total{${call}} 1\n`);
    expect(text).toContain(`gen_ai_client_operation_duration_seconds_count{${call}} 1\n`);
    expect(text).toContain(`gen_ai_client_token_usage_count{${call},gen_ai_token_type="output"} 1\n`);
    expect(text).toMatch(/^pictor_cost_usd_total\{.+\} 0\.0\d+$/m);
    expect(text).toMatch(
      /^http_server_request_duration_seconds_bucket\{http_request_method="POST",http_route="\/v1\/images\/edits",http_response_status_code="200",le="\+Inf"\} 1$/m,
    );
    expect(text).toContain('pictor_jobs_active{kind="edit"} 0\n');
    expect(text).not.toMatch(/req_|proj_|key_|sk-/);
  });

  test("is for the root key: a project's key must not see sums over all projects", async () => {
    const project = await (await pictor.call('/api/projects', json({ name: 'Press' }))).json();
    const made = await pictor.call(
      `/api/projects/${project.id}/keys`,
      json({ name: 'All', scopes: ['read', 'manage'] }),
    );
    const { key } = await made.json();
    const asked = async (headers: Record<string, string>) =>
      (await fetch(`${pictor.url}/metrics`, { headers })).status;
    expect(await asked({ authorization: `Bearer ${key}` })).toBe(403);
    expect(await asked({})).toBe(401);
  });
});

test.each([
  [
    'OTEL_EXPORTER_OTLP_PROTOCOL',
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' },
  ],
  ['OTEL_TRACES_SAMPLER_ARG', { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '7' }],
])('a wrong %s ends the start with its name', async (name, env) => {
  const { code, output } = await startAndFail({ env });
  expect({ code, named: output.includes(name) }).toEqual({ code: 78, named: true });
});

function json(body: unknown): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
