import { describe, expect, test } from 'vitest';
import type { Behaviour } from '../../../tests/upstreams/serve-upstream.ts';
import {
  openVllmOmniUpstream,
  vllmOmniKey,
  vllmOmniModel,
} from '../../../tests/upstreams/vllm-omni-upstream.ts';
import type { ProviderErrorFacts } from '../../models/index.ts';
import { runToError } from '../../models/testing/run-to-error.ts';
import { sampleJob } from '../../models/testing/sample-jobs.ts';
import { opened } from './testing/inspect-call.ts';
import { type EngineText, openEngine } from './testing/open-engine.ts';

async function fail(behaviour: Behaviour, changes: Partial<EngineText> = {}): Promise<ProviderErrorFacts> {
  const upstream = await opened(openVllmOmniUpstream());
  const engine = await openEngine({
    name: 'lab',
    dialect: 'vllm-omni',
    base_url: upstream.origin,
    api_key: vllmOmniKey,
    models: [{ id: 'qwen-image', upstream_model: vllmOmniModel }],
    ...changes,
  });
  upstream.next(behaviour);
  const error = await runToError(engine.model(), await sampleJob(engine.row, 'images.generations'));
  expect(upstream.calls).toHaveLength(1);
  expect(JSON.stringify(error.facts)).not.toContain(vllmOmniKey);
  return error.facts;
}

const instead = (status: number, body: NonNullable<Behaviour['instead']>['body']): Behaviour => ({
  instead: { status, body },
});

const table: readonly (readonly [string, Behaviour, Partial<ProviderErrorFacts>])[] = [
  [
    'FastAPI names the member',
    instead(422, {
      detail: [
        { type: 'less_than_equal', loc: ['body', 'num_inference_steps'], msg: 'Input should be ≤ 200' },
      ],
    }),
    { kind: 'rejected', param: 'num_inference_steps', message: 'Input should be ≤ 200' },
  ],
  [
    'FastAPI says it in a sentence',
    instead(422, { detail: "Field 'image' or 'url' is required" }),
    { kind: 'rejected', message: "Field 'image' or 'url' is required" },
  ],
  [
    'a size that it cannot make',
    instead(400, { detail: "Invalid size format: '1024x'." }),
    { kind: 'rejected' },
  ],
  [
    'sd-server says it in a string',
    instead(400, { error: 'prompt required' }),
    { kind: 'rejected', message: 'prompt required' },
  ],
  [
    'sd-server broke',
    instead(500, { error: 'server_error', message: 'bad_alloc' }),
    { kind: 'unavailable', upstreamStatus: 500 },
  ],
  [
    'LocalAI has codes in numbers',
    instead(500, { error: { code: 500, message: 'could not load model - all backends failed', type: '' } }),
    { kind: 'unavailable', upstreamCode: '500' },
  ],
  ['LocalAI hides its errors', instead(500, ''), { kind: 'unavailable' }],
  ['LocalAI hides what is wrong', instead(400, ''), { kind: 'rejected' }],
  [
    'LocalAI loads its model',
    {
      instead: {
        status: 503,
        headers: { 'retry-after': '12' },
        body: { error: { code: 503, message: 'model is loading', type: '' } },
      },
    },
    { kind: 'unavailable', retryAfterMs: 12_000 },
  ],
  ['vLLM wants a key', instead(401, { error: 'Unauthorized' }), { kind: 'unauthorised' }],
  ['the path is another one', instead(404, { detail: 'Not Found' }), { kind: 'unauthorised' }],
  ['nothing is there', instead(404, ''), { kind: 'unauthorised' }],
  [
    'the model is another one',
    instead(404, { error: { message: 'The model `x` does not exist.', type: 'NotFoundError', code: 404 } }),
    { kind: 'rejected', message: 'The model `x` does not exist.' },
  ],
  ['too many', instead(429, { detail: 'Too many requests' }), { kind: 'rate-limited' }],
  ['it answers with a page', instead(200, '<html>'), { kind: 'unreadable' }],
  [
    'it answers with a picture',
    instead(200, Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')),
    { kind: 'unreadable' },
  ],
  ['it answers with nothing', instead(200, ''), { kind: 'unreadable' }],
  ['it answers without a picture', instead(200, { created: 1, data: [] }), { kind: 'unreadable' }],
  ['an error inside a good answer', instead(200, { error: 'generation failed' }), { kind: 'unreadable' }],
  ['the connection is cut', { cutAfterBytes: 0 }, { kind: 'unavailable' }],
  ['the answer is cut', { cutAfterBytes: 300 }, { kind: 'unavailable' }],
  ['the connection is reset', { resets: true }, { kind: 'unavailable' }],
];

describe('failures of an engine that bills nothing', () => {
  test.each(table)('%s', async (_, behaviour, expected) => {
    expect(await fail(behaviour)).toMatchObject({ provider: 'lab', charged: 'no', ...expected });
  });

  test('a call that takes too long', async () => {
    const facts = await fail(
      { after: new Promise((resolve) => setTimeout(resolve, 3000)) },
      { timeout_seconds: 1 },
    );
    expect(facts).toMatchObject({ kind: 'timed-out', charged: 'no' });
  });

  test('nobody is there', async () => {
    const engine = await openEngine({ name: 'gone', base_url: 'http://127.0.0.1:1', models: [{ id: 'x' }] });
    const error = await runToError(engine.model(), await sampleJob(engine.row, 'images.generations'));
    expect(error.facts).toMatchObject({ kind: 'unavailable', charged: 'no', provider: 'gone' });
  });
});

describe('what a failure may have cost', () => {
  const broken: Behaviour = { cutAfterBytes: 0 };

  test.each([
    ['an engine with a price', { price: { per_image_usd: 0.02 } }, 'maybe'],
    ['an engine that is free', { price: 'free' }, 'no'],
    ['an engine of a known server', {}, 'no'],
    ['somebody behind the openai dialect', { dialect: 'openai' }, 'maybe'],
    ['somebody free behind the openai dialect', { dialect: 'openai', price: 'free' }, 'no'],
  ] as const)('%s', async (_, changes, charged) => {
    expect((await fail(broken, changes)).charged).toBe(charged);
  });
});
