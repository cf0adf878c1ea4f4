import { describe, expect, test } from 'vitest';
import { azureKey } from '../../../tests/upstreams/azure-upstream.ts';
import type { ProviderErrorFacts } from '../../models/index.ts';
import { runToError } from '../../models/testing/run-to-error.ts';
import { sampleJob } from '../../models/testing/sample-jobs.ts';
import { modelOf, openSubject, rowOf } from './testing/open-subject.ts';

type Row = readonly [
  what: string,
  status: number,
  body: unknown,
  expected: Omit<Partial<ProviderErrorFacts>, 'message'> & { readonly message?: unknown },
  headers?: Readonly<Record<string, string>>,
];

const rejected = { kind: 'rejected', charged: 'no' } as const;
const moderated = { kind: 'moderated', charged: 'no' } as const;
const unauthorised = { kind: 'unauthorised', charged: 'no' } as const;
const blocked = { kind: 'blocked-account', charged: 'no' } as const;
const quota = { kind: 'quota', charged: 'no' } as const;
const limited = { kind: 'rate-limited', charged: 'no' } as const;

function error(code: string | null, message: string, facts: Record<string, unknown> = {}) {
  return { error: { code, message, ...facts } };
}

const safe = { filtered: false, severity: 'safe' };
const filtered = {
  hate: safe,
  violence: { filtered: true, severity: 'medium' },
  jailbreak: { detected: true, filtered: true },
  self_harm: safe,
};

const rows: readonly Row[] = [
  // The content
  [
    'a prompt that was filtered',
    400,
    error('contentFilter', 'Your task failed as a result of our safety system.'),
    { ...moderated, message: 'Your task failed as a result of our safety system.' },
  ],
  [
    'a picture that was filtered',
    400,
    error('contentFilter', 'Generated image was filtered as a result of our safety system.'),
    moderated,
  ],
  [
    'a filtered prompt with the reasons inside',
    400,
    error('content_policy_violation', 'This request has been blocked by our content filters.', {
      param: 'prompt',
      type: null,
      inner_error: { code: 'ResponsibleAIPolicyViolation', content_filter_results: filtered },
    }),
    { ...moderated, moderation: { stage: 'input', categories: ['violence', 'jailbreak'] } },
  ],
  [
    'reasons in the other spelling',
    400,
    error('content_filter', "The response was filtered due to the prompt triggering Azure OpenAI's policy.", {
      innererror: { code: 'ResponsibleAIPolicyViolation', content_filter_result: filtered },
    }),
    { ...moderated, moderation: { stage: 'input', categories: ['violence', 'jailbreak'] } },
  ],
  [
    'reasons beside a picture that was filtered',
    400,
    error('contentFilter', 'Generated image was filtered as a result of our safety system.', {
      inner_error: { content_filter_results: { sexual: { filtered: true, severity: 'high' } } },
    }),
    { ...moderated, moderation: { stage: 'output', categories: ['sexual'] } },
  ],
  [
    'reasons without a code',
    400,
    error('BadRequest', 'The request was filtered.', { inner_error: { content_filter_results: filtered } }),
    moderated,
  ],
  [
    'a block as OpenAI words it',
    400,
    error(
      'moderation_blocked',
      'Your request was rejected by the safety system. Contact us through Azure support.',
      {
        type: 'image_generation_user_error',
      },
    ),
    { ...moderated, upstreamCode: 'moderation_blocked' },
  ],
  [
    'reasons that filtered nothing, beside a wrong size',
    400,
    error('invalid_value', "Invalid size '7x7'.", {
      param: 'size',
      inner_error: { content_filter_results: { hate: safe } },
    }),
    { ...rejected, param: 'size' },
  ],
  [
    'a filter that names the resource',
    400,
    error('contentFilter', 'Your request to this resource was blocked by the content filter.'),
    moderated,
  ],
  // The account
  [
    'a blocked resource',
    403,
    error(
      'Forbidden',
      'Your resource has been temporarily blocked because we detected behavior that may violate our content policy.',
    ),
    { ...blocked, message: expect.stringContaining('not about the content') },
  ],
  [
    'a blocked resource under a code of content',
    400,
    error('content_policy_violation', 'Your resource has been blocked for violations of our content policy.'),
    blocked,
  ],
  [
    'a blocked resource under 429',
    429,
    error('429', 'This Azure OpenAI resource has been temporarily suspended.'),
    blocked,
  ],
  [
    'a suspended subscription',
    403,
    error('SubscriptionSuspended', 'The subscription 0-1 is suspended and cannot be used.'),
    blocked,
  ],
  [
    'a disabled subscription',
    403,
    error('ReadOnlyDisabledSubscription', 'The subscription has been disabled.'),
    blocked,
  ],
  ['an inactive subscription', 401, error('401', 'Access denied due to inactive subscription.'), blocked],
  // The operator
  [
    'a wrong key',
    401,
    error(
      '401',
      'Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource.',
    ),
    { ...unauthorised, message: expect.stringContaining('AZURE_OPENAI_API_KEY') },
  ],
  [
    'no words under 401',
    401,
    null,
    { ...unauthorised, message: expect.stringContaining('AZURE_OPENAI_API_KEY') },
  ],
  [
    'a caller without a role',
    401,
    error('PermissionDenied', 'Principal does not have access to API/Operation.'),
    { ...unauthorised, message: expect.stringContaining('Cognitive Services OpenAI User') },
  ],
  [
    'a role that lacks an action',
    403,
    error(null, 'The principal `0-1` lacks the required data action `…/images/generations/action`.'),
    { ...unauthorised, message: expect.stringContaining('Cognitive Services OpenAI User') },
  ],
  [
    'keys that are switched off',
    403,
    error('AuthenticationTypeDisabled', 'Key based authentication is disabled for this resource.'),
    { ...unauthorised, message: expect.stringContaining('Entra') },
  ],
  [
    'a firewall',
    403,
    error('403', 'Access denied due to Virtual Network/Firewall rules.'),
    { ...unauthorised, message: expect.stringContaining('network') },
  ],
  [
    'a private endpoint',
    403,
    error('403', 'Public access is disabled. Please configure private endpoint.'),
    { ...unauthorised, message: expect.stringContaining('network') },
  ],
  [
    'no such deployment',
    404,
    error('DeploymentNotFound', 'The API deployment for this resource does not exist.'),
    { ...unauthorised, message: expect.stringMatching(/'my-img'.*AZURE_OPENAI_DEPLOYMENTS/) },
  ],
  [
    'no such deployment in words',
    404,
    error(null, 'The API deployment for this resource does not exist. If you created it, please wait.'),
    { ...unauthorised, message: expect.stringContaining("'my-img'") },
  ],
  [
    'no such model on the v1 routes',
    404,
    error('model_not_found', "The model 'my-img' does not exist."),
    { ...unauthorised, message: expect.stringContaining('AZURE_OPENAI_DEPLOYMENTS') },
  ],
  [
    'a deployment of a model for words',
    400,
    error(
      'OperationNotSupported',
      'The image generation operation does not work with the specified model, gpt-4o.',
    ),
    { ...unauthorised, message: expect.stringContaining('cannot do this') },
  ],
  [
    'a version that is not served',
    400,
    error('BadRequest', 'API version not supported'),
    { ...unauthorised, message: expect.stringContaining('API_VERSION') },
  ],
  [
    'a version that is missing',
    400,
    error('BadRequest', 'Missing required query parameter: api-version'),
    { ...unauthorised, message: expect.stringContaining('API_VERSION') },
  ],
  [
    'a version by its code',
    400,
    error('InvalidApiVersionParameter', 'The api-version 2020-01-01 is invalid.'),
    { ...unauthorised, message: expect.stringContaining('API_VERSION') },
  ],
  [
    'nothing at that address',
    404,
    error('404', 'Resource not found'),
    { ...unauthorised, message: expect.stringContaining('AZURE_OPENAI_ENDPOINT') },
  ],
  [
    'a page under 404',
    404,
    null,
    { ...unauthorised, message: expect.stringContaining('AZURE_OPENAI_ENDPOINT') },
  ],
  // Money and speed
  [
    'a month that is used up',
    403,
    error('403', 'Out of call volume quota. Quota will be replenished in 12.03:04:05.'),
    quota,
  ],
  ['no quota', 429, error('insufficient_quota', 'You exceeded your current quota.'), quota],
  [
    'too fast',
    429,
    error(
      '429',
      'Requests to the ImageGenerations_Create Operation under Azure OpenAI API have exceeded call rate limit of your current OpenAI S0 pricing tier. Please retry after 20 seconds.',
    ),
    { ...limited, retryAfterMs: 20_000 },
    { 'retry-after': '20' },
  ],
  [
    'too fast, in milliseconds',
    429,
    error('RateLimitReached', 'Rate limit is exceeded. Try again in 1 seconds.'),
    { ...limited, retryAfterMs: 700 },
    { 'retry-after-ms': '700', 'retry-after': '1' },
  ],
  [
    'no capacity',
    429,
    error('NoCapacity', 'The system is currently experiencing high demand and cannot process your request.'),
    { kind: 'unavailable', charged: 'no' },
  ],
  // The request
  [
    'an unknown parameter',
    400,
    error('unknown_parameter', "Unknown parameter: 'complexity'.", { param: 'complexity' }),
    { ...rejected, param: 'complexity' },
  ],
  [
    'a parameter that the model does not have',
    400,
    error('invalid_input_fidelity_model', "The model 'gpt-image-2' does not support 'input_fidelity'.", {
      param: 'input_fidelity',
    }),
    { ...rejected, param: 'input_fidelity' },
  ],
  [
    'a parameter that the version does not have',
    400,
    error('invalid_value', "'background' is not supported in api-version 2024-02-01.", {
      param: 'background',
    }),
    { ...rejected, param: 'background' },
  ],
  ['a bad request', 400, error('BadRequest', 'Invalid image.'), { ...rejected, message: 'Invalid image.' }],
  // Weather
  [
    'a failure',
    500,
    error('InternalServerError', 'The server had an error processing your request.'),
    { kind: 'unavailable', charged: 'maybe' },
  ],
  ['a timeout', 408, error('Timeout', 'The operation was timeout.'), { kind: 'timed-out', charged: 'maybe' }],
  [
    'overload',
    503,
    error('ServiceUnavailable', 'The service is temporarily unable to process your request.'),
    { kind: 'unavailable', charged: 'no', retryAfterMs: 3000 },
    { 'retry-after': '3' },
  ],
  ['a gateway that waited', 504, null, { kind: 'unavailable', charged: 'maybe' }],
];

describe('a failure of Azure', () => {
  for (const [what, status, body, expected, headers = {}] of rows) {
    test(`${what} (${status})`, async () => {
      const { upstream, model } = await openSubject();
      const text = body === null ? '<html>gateway</html>' : JSON.stringify(body);
      upstream.next({ instead: { status, body: text, headers } });
      const { facts } = await runToError(model, await sampleJob(rowOf('gpt-image-2'), 'images.generations'));
      expect(facts).toMatchObject({ upstreamStatus: status, upstreamRequestId: 'apim-0000-1', ...expected });
      expect(facts.message).not.toContain(azureKey);
      expect(upstream.calls).toHaveLength(1);
    });
  }

  test('no two rows of the table are the same', () => {
    expect(new Set(rows.map(([what]) => what)).size).toBe(rows.length);
    expect(rows.length).toBeGreaterThanOrEqual(40);
  });
});

describe('an answer that began well', () => {
  test.each([
    ['an error inside', { instead: { body: error('contentFilter', 'Filtered.') } }, moderated],
    [
      'a picture that was filtered in place of its bytes',
      {
        instead: {
          body: { created: 1, data: [{ content_filter_results: filtered, prompt_filter_results: {} }] },
        },
      },
      { ...moderated, moderation: { stage: 'unknown', categories: ['violence', 'jailbreak'] } },
    ],
    ['no body', { instead: { body: '' } }, { kind: 'unreadable', charged: 'maybe' }],
    ['garbage', { instead: { body: '<html>' } }, { kind: 'unreadable', charged: 'maybe' }],
    [
      'words of another type',
      { instead: { body: 'ok', headers: { 'content-type': 'text/plain' } } },
      { kind: 'unreadable', charged: 'maybe' },
    ],
    ['a cut', { cutAfterBytes: 500 }, { kind: 'unavailable', charged: 'maybe' }],
    ['a connection that is reset', { resets: true }, { kind: 'unavailable', charged: 'maybe' }],
    ['no answer', { cutAfterBytes: 0 }, { kind: 'unavailable', charged: 'maybe' }],
  ])('with %s', async (_, behaviour, expected) => {
    const { upstream, model } = await openSubject();
    upstream.next(behaviour);
    const { facts } = await runToError(model, await sampleJob(rowOf('gpt-image-2'), 'images.generations'));
    expect(facts).toMatchObject(expected);
    expect(upstream.calls).toHaveLength(1);
  });

  test('slowly is an answer', async () => {
    const { upstream, model } = await openSubject();
    upstream.next({ headersAfterMs: 30, pauseMs: 1, chunkBytes: 16 * 1024 });
    const job = await sampleJob(rowOf('gpt-image-2'), 'images.generations');
    const run = [];
    for await (const event of model.run(job, {
      requestId: 'req_slow',
      signal: AbortSignal.timeout(20_000),
    })) {
      run.push(event.type);
      if (event.type === 'image') for await (const _ of event.bytes.chunks);
    }
    expect(run).toEqual(['started', 'image', 'usage', 'finished']);
  });
});

test('the upstream itself refuses what Azure refuses', async () => {
  const { cell } = await openSubject('', { AZURE_OPENAI_DEPLOYMENTS: 'gone=gpt-image-2' });
  const job = await sampleJob(rowOf('gpt-image-2'), 'images.generations');
  const gone = await runToError(modelOf(cell), job);
  expect(gone.facts).toMatchObject({ ...unauthorised, upstreamCode: 'DeploymentNotFound' });
  expect(gone.message).toContain("'gone'");
  const { model: dated } = await openSubject('?api-version=2019-01-01');
  expect((await runToError(dated, job)).message).toContain('2019-01-01');
  const { model: locked } = await openSubject('', { AZURE_OPENAI_API_KEY: 'f'.repeat(32) });
  expect((await runToError(locked, job)).message).toContain('AZURE_OPENAI_API_KEY');
});
