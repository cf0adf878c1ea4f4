import { describe, expect, test } from 'vitest';
import { googleKey } from '../../../tests/upstreams/google-upstream.ts';
import type { Charged, ProviderErrorKind } from '../../models/index.ts';
import { fail } from './testing/fail.ts';

type Failure = [
  title: string,
  code: number,
  status: string,
  message: string,
  kind: ProviderErrorKind,
  charged: Charged,
  details?: readonly Record<string, unknown>[],
];

const info = (reason: string) => ({ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason });
const quota = (quotaId: string, quotaValue = '10') => ({
  '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
  violations: [{ quotaMetric: 'generativelanguage.googleapis.com/requests', quotaId, quotaValue }],
});
const wait = (retryDelay: string) => ({
  '@type': 'type.googleapis.com/google.rpc.RetryInfo',
  retryDelay,
});
const plan =
  'You exceeded your current quota, please check your plan and billing details. For more information on this error, head to: https://ai.google.dev/gemini-api/docs/rate-limits.';

const failures: readonly Failure[] = [
  // Keys and rights
  [
    'a wrong key',
    400,
    'INVALID_ARGUMENT',
    'API key not valid. Please pass a valid API key.',
    'unauthorised',
    'no',
    [info('API_KEY_INVALID')],
  ],
  [
    'a wrong key without details',
    400,
    'INVALID_ARGUMENT',
    'API key not valid. Please pass a valid API key.',
    'unauthorised',
    'no',
  ],
  [
    'an expired key',
    400,
    'INVALID_ARGUMENT',
    'API key expired. Please renew the API key.',
    'unauthorised',
    'no',
    [info('API_KEY_INVALID')],
  ],
  [
    'a leaked key',
    403,
    'PERMISSION_DENIED',
    'Your API key was reported as leaked. Please use another API key.',
    'unauthorised',
    'no',
  ],
  [
    'a key for other APIs',
    403,
    'PERMISSION_DENIED',
    'Requests to this API are blocked.',
    'unauthorised',
    'no',
    [info('API_KEY_SERVICE_BLOCKED')],
  ],
  [
    'no credentials',
    401,
    'UNAUTHENTICATED',
    'Request had invalid authentication credentials.',
    'unauthorised',
    'no',
    [info('CREDENTIALS_MISSING')],
  ],
  [
    'an expired token',
    401,
    'UNAUTHENTICATED',
    'Request had invalid authentication credentials.',
    'unauthorised',
    'no',
    [info('ACCESS_TOKEN_EXPIRED')],
  ],
  [
    'missing rights',
    403,
    'PERMISSION_DENIED',
    "Permission 'aiplatform.endpoints.predict' denied on resource.",
    'unauthorised',
    'no',
    [info('IAM_PERMISSION_DENIED')],
  ],
  [
    'an API that is not enabled',
    403,
    'PERMISSION_DENIED',
    'Vertex AI API has not been used in project 123 before or it is disabled.',
    'unauthorised',
    'no',
    [info('SERVICE_DISABLED')],
  ],
  [
    'an API that is not enabled, without details',
    403,
    'PERMISSION_DENIED',
    'Generative Language API has not been used in project 123 before or it is disabled.',
    'unauthorised',
    'no',
  ],
  [
    'a closed country',
    400,
    'FAILED_PRECONDITION',
    'User location is not supported for the API use.',
    'unauthorised',
    'no',
  ],
  // Accounts
  [
    'a suspended consumer',
    403,
    'PERMISSION_DENIED',
    "Permission denied: Consumer 'api_key:AIza-upstream-0123456789abcdef' has been suspended.",
    'blocked-account',
    'no',
    [info('CONSUMER_SUSPENDED')],
  ],
  [
    'a suspended consumer without details',
    403,
    'PERMISSION_DENIED',
    "Permission denied: Consumer 'projects/123' has been suspended.",
    'blocked-account',
    'no',
  ],
  [
    'a project that is denied',
    403,
    'PERMISSION_DENIED',
    'Your project has been denied access. Please contact support.',
    'blocked-account',
    'no',
  ],
  [
    'an account blocked for its policy',
    403,
    'PERMISSION_DENIED',
    'This account has been disabled because of violations of our content policy.',
    'blocked-account',
    'no',
  ],
  // Money
  [
    'billing that is off',
    403,
    'PERMISSION_DENIED',
    'This API method requires billing to be enabled.',
    'quota',
    'no',
    [info('BILLING_DISABLED')],
  ],
  [
    'no free tier in a country',
    400,
    'FAILED_PRECONDITION',
    'Gemini API free tier is not available in your country. Please enable billing on your project in Google AI Studio.',
    'quota',
    'no',
  ],
  [
    'prepaid credits that are gone',
    429,
    'RESOURCE_EXHAUSTED',
    'Your prepayment credits are depleted. Please go to AI Studio to manage your project and billing.',
    'quota',
    'no',
  ],
  [
    'a spend cap',
    429,
    'RESOURCE_EXHAUSTED',
    'Your project has exceeded its monthly spending cap.',
    'quota',
    'no',
  ],
  [
    'a limit by the day',
    429,
    'RESOURCE_EXHAUSTED',
    plan,
    'quota',
    'no',
    [quota('GenerateRequestsPerDayPerProjectPerModel'), wait('34s')],
  ],
  [
    'a limit of zero',
    429,
    'RESOURCE_EXHAUSTED',
    plan,
    'quota',
    'no',
    [quota('GenerateRequestsPerMinutePerProjectPerModel-FreeTier', '0'), wait('34s')],
  ],
  ['a plan that is used up', 429, 'RESOURCE_EXHAUSTED', plan, 'quota', 'no'],
  // Speed
  [
    'a limit by the minute',
    429,
    'RESOURCE_EXHAUSTED',
    plan,
    'rate-limited',
    'no',
    [quota('GenerateRequestsPerMinutePerProjectPerModel'), wait('34.5s')],
  ],
  ['a limit with a wait only', 429, 'RESOURCE_EXHAUSTED', plan, 'rate-limited', 'no', [wait('1s')]],
  [
    'no room on Vertex AI',
    429,
    'RESOURCE_EXHAUSTED',
    'Resource exhausted. Please try again later.',
    'rate-limited',
    'no',
  ],
  // The request
  [
    'a wrong value',
    400,
    'INVALID_ARGUMENT',
    "Invalid value at 'generation_config.image_config.image_size'",
    'rejected',
    'no',
  ],
  [
    'a missing signature',
    400,
    'INVALID_ARGUMENT',
    'Image part is missing a thought_signature in content position 2, part position 1.',
    'rejected',
    'no',
  ],
  [
    'a picture that it cannot read',
    400,
    'INVALID_ARGUMENT',
    'Unable to process input image. Please retry or report.',
    'rejected',
    'no',
  ],
  [
    'a model that is gone',
    404,
    'NOT_FOUND',
    'models/gemini-3-pro-image is not found for API version v1beta.',
    'unauthorised',
    'no',
  ],
  [
    'a body that is too large',
    413,
    'INVALID_ARGUMENT',
    'Request payload size exceeds the limit: 20971520 bytes.',
    'rejected',
    'no',
  ],
  // The content
  [
    'words that Vertex AI refuses',
    400,
    'INVALID_ARGUMENT',
    "The prompt could not be submitted. This prompt contains sensitive words that violate Google's Responsible AI practices.",
    'moderated',
    'no',
  ],
  // The service
  ['a fault', 500, 'INTERNAL', 'An internal error has occurred.', 'unavailable', 'no'],
  ['overload', 503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.', 'unavailable', 'no'],
  [
    'a deadline',
    504,
    'DEADLINE_EXCEEDED',
    'Deadline expired before operation could complete.',
    'timed-out',
    'maybe',
  ],
  ['a cancelled call', 499, 'CANCELLED', 'The operation was cancelled.', 'unavailable', 'maybe'],
];

describe('a failure', () => {
  test.each(failures)('that is %s', async (_title, code, status, message, kind, charged, details) => {
    const error = await fail({ status: code, body: { error: { code, status, message, details } } });
    expect(error.facts).toMatchObject({ kind, charged, provider: 'gemini', upstreamStatus: code });
    expect(error.facts.message).not.toContain(googleKey);
    expect(error.facts.message).not.toMatch(/projects?[ /]\d/);
  });

  test.each(failures.slice(0, 3))('inside a good answer: %s', async (_title, code, status, message, kind) => {
    const error = await fail({ body: { error: { code, status, message } } });
    expect(error.facts).toMatchObject({ kind, charged: 'maybe', upstreamStatus: code });
  });

  test('inside a stream', async () => {
    const data = { error: { code: 503, status: 'UNAVAILABLE', message: 'overloaded' } };
    const error = await fail({
      headers: { 'content-type': 'text/event-stream' },
      body: `data: ${JSON.stringify(data)}\n\n`,
    });
    expect(error.facts).toMatchObject({ kind: 'unavailable', charged: 'maybe' });
  });

  test('in a list', async () => {
    const body = JSON.stringify([{ error: { code: 429, status: 'RESOURCE_EXHAUSTED', message: 'slow' } }]);
    expect((await fail({ status: 429, body })).facts).toMatchObject({ kind: 'rate-limited', charged: 'no' });
  });

  test.each([
    [404, 'unauthorised', 'no'],
    [302, 'unauthorised', 'maybe'],
    [502, 'unavailable', 'maybe'],
    [503, 'unavailable', 'no'],
    [413, 'rejected', 'no'],
  ])('that is a page with status %d', async (status, kind, charged) => {
    const headers = { 'content-type': 'text/html', location: 'https://elsewhere.example' };
    const { facts } = await fail({ status, headers, body: '<html>proxy</html>' });
    expect(facts.kind).toBe(kind);
    expect(facts.charged === charged || status === 302).toBe(true);
  });

  test('says how long to wait', async () => {
    const error = { code: 429, status: 'RESOURCE_EXHAUSTED', message: 'slow', details: [wait('34.07s')] };
    expect((await fail({ status: 429, body: { error } })).facts.retryAfterMs).toBe(34_070);
    const headers = { 'retry-after': '7' };
    const { facts } = await fail({ status: 503, headers, body: 'busy' });
    expect(facts.retryAfterMs).toBe(7000);
  });

  test.each([
    ['generation_config.image_config.aspect_ratio', 'aspect_ratio'],
    ['generationConfig.imageConfig.imageSize', 'image_size'],
    ['generation_config.thinking_config.thinking_level', 'thinking_level'],
    ['generation_config.seed', 'seed'],
    ['contents', undefined],
  ])('that blames %s', async (field, param) => {
    const details = [
      { '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: [{ field, description: '' }] },
    ];
    const error = { code: 400, status: 'INVALID_ARGUMENT', message: 'Invalid value', details };
    const { facts } = await fail({ status: 400, body: { error } });
    expect(facts.kind).toBe('rejected');
    expect(facts.param).toBe(param);
  });
});
