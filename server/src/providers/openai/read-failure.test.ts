import { describe, expect, test } from 'vitest';
import { upstreamKey } from '../../../tests/upstreams/openai-upstream.ts';
import type { ProviderErrorFacts } from '../../models/index.ts';
import { runToError } from '../../models/testing/run-to-error.ts';
import { sampleJob } from '../../models/testing/sample-jobs.ts';
import { openSubject, rowOf } from './testing/open-subject.ts';

type Row = readonly [
  what: string,
  status: number,
  body: unknown,
  expected: Partial<ProviderErrorFacts>,
  headers?: Readonly<Record<string, string>>,
];

const prompt = 'a portrait of a person who does not exist';

const rejected = { kind: 'rejected', charged: 'no' } as const;
const moderated = { kind: 'moderated', charged: 'no' } as const;
const unauthorised = { kind: 'unauthorised', charged: 'no' } as const;
const blocked = { kind: 'blocked-account', charged: 'no' } as const;
const quota = { kind: 'quota', charged: 'no' } as const;
const limited = { kind: 'rate-limited', charged: 'no' } as const;
const down = { kind: 'unavailable', charged: 'maybe' } as const;
const notBegun = { kind: 'unavailable', charged: 'no' } as const;

function error(message: string, facts: Record<string, unknown> = {}) {
  return { error: { message, type: 'invalid_request_error', param: null, code: null, ...facts } };
}

const ofUser = { type: 'image_generation_user_error' };
const details = { moderation_stage: 'output', categories: ['violence', 'sexual'] };

const rows: readonly Row[] = [
  // The content
  [
    'a safety block',
    400,
    error('Blocked.', { ...ofUser, code: 'moderation_blocked' }),
    { ...moderated, upstreamCode: 'moderation_blocked' },
  ],
  [
    'a block with details',
    400,
    error('Blocked.', { ...ofUser, code: 'moderation_blocked', moderation_details: details }),
    { ...moderated, moderation: { stage: 'output', categories: ['violence', 'sexual'] } },
  ],
  [
    'a block with odd details',
    400,
    error('Blocked.', {
      code: 'moderation_blocked',
      moderation_details: { moderation_stage: 7, categories: [1, 'hate'] },
    }),
    { ...moderated, moderation: { stage: 'unknown', categories: ['hate'] } },
  ],
  [
    'a block that names categories in words',
    400,
    error('Your request was rejected by the safety system. safety_violations=[sexual, self-harm].', {
      ...ofUser,
      code: 'moderation_blocked',
    }),
    { ...moderated, moderation: { stage: 'unknown', categories: ['sexual', 'self-harm'] } },
  ],
  [
    'a block of DALL·E',
    400,
    error('Not allowed by our content policy.', { code: 'content_policy_violation' }),
    { ...moderated, message: 'Not allowed by our content policy.' },
  ],
  ['a block without a code', 400, error('Your request was rejected.', ofUser), moderated],
  [
    'a block by its type as code',
    400,
    error('No.', { ...ofUser, code: 'image_generation_user_error' }),
    moderated,
  ],
  [
    'a block in words only',
    400,
    error('Your request was rejected as a result of our safety system.'),
    moderated,
  ],
  ['a content filter', 400, error('Filtered.', { code: 'contentFilter' }), moderated],
  ['a block under 403', 403, error('No.', { code: 'content_policy_violation' }), moderated],
  // The request
  [
    'a wrong mask',
    400,
    error('mask size does not match image size', {
      ...ofUser,
      code: 'invalid_mask_image_format',
      param: 'mask',
    }),
    { ...rejected, param: 'mask', upstreamCode: 'invalid_mask_image_format' },
  ],
  [
    'a user error with a parameter',
    400,
    error('deployment must be provided', { ...ofUser, param: 'tools' }),
    { ...rejected, param: 'tools' },
  ],
  [
    'a wrong size',
    400,
    error("Invalid size '1792x936'.", { code: 'invalid_value', param: 'size' }),
    { ...rejected, param: 'size', message: "Invalid size '1792x936'." },
  ],
  [
    'an unknown parameter',
    400,
    error("Unknown parameter: 'response_format'.", { code: 'unknown_parameter', param: 'response_format' }),
    { ...rejected, param: 'response_format' },
  ],
  ['input_fidelity', 400, error('Not supported.', { code: 'invalid_input_fidelity_model' }), rejected],
  [
    'words about policy beside a parameter',
    400,
    error('See our usage policies.', { code: 'invalid_value', param: 'size' }),
    rejected,
  ],
  [
    'an unknown model',
    404,
    error('The model does not exist.', { code: 'model_not_found' }),
    { ...unauthorised, upstreamCode: 'model_not_found' },
  ],
  ['a large body', 413, error('Too large.'), rejected],
  ['a wrong content type', 415, error('Unsupported.'), rejected],
  [
    'a validation list',
    422,
    { detail: [{ loc: ['body', 'size'], msg: 'bad size', type: 'value_error' }] },
    { ...rejected, param: 'size', message: 'bad size' },
  ],
  [
    'a detail in words',
    422,
    { detail: 'Field image is required' },
    { ...rejected, message: 'Field image is required' },
  ],
  ['an error that is a word', 400, { error: 'prompt required' }, { ...rejected, message: 'prompt required' }],
  ['a number as code', 400, { error: { code: 400, message: 'bad' } }, { ...rejected, upstreamCode: '400' }],
  [
    'no body',
    400,
    null,
    { ...rejected, message: 'The service calls the request wrong, without a reason (status 400).' },
  ],
  // The operator
  [
    'a wrong key',
    401,
    error(`Incorrect API key provided: ${upstreamKey}.`, { code: 'invalid_api_key' }),
    { ...unauthorised, message: 'The service does not accept the key in OPENAI_API_KEY.' },
  ],
  ['a wrong key under 400', 400, error('No.', { code: 'invalid_api_key' }), unauthorised],
  ['no body under 401', 401, null, unauthorised],
  [
    'an unverified organisation',
    403,
    error('Your organization must be verified to use the model.'),
    {
      ...unauthorised,
      message: 'The organisation must be verified at the service before it may use this model.',
    },
  ],
  [
    'a wrong country',
    403,
    error('Country not supported', { code: 'unsupported_country_region_territory' }),
    unauthorised,
  ],
  [
    'a page under 404',
    404,
    null,
    { ...unauthorised, message: 'There is no Images API at the address in PICTOR_OPENAI_BASE_URL.' },
  ],
  ['another address', 301, null, unauthorised, { location: 'https://elsewhere.example/' }],
  ['a deactivated account', 401, error('No.', { code: 'account_deactivated' }), blocked],
  [
    'a deactivated account in words',
    403,
    error('Your account has been deactivated, please check your email.'),
    blocked,
  ],
  [
    'a blocked resource',
    403,
    error(
      'Your resource has been temporarily blocked because we detected behavior that may violate our content policy.',
    ),
    blocked,
  ],
  ['a suspended organisation', 429, error('This organization is suspended.'), blocked],
  // Money
  [
    'no quota',
    429,
    error('You exceeded your current quota.', { type: 'insufficient_quota', code: 'insufficient_quota' }),
    quota,
  ],
  ['no quota by type', 429, error('Sorry.', { type: 'insufficient_quota' }), quota],
  ['no quota in words', 429, error('You exceeded your current quota, please check your plan.'), quota],
  [
    'a hard limit',
    400,
    error('Billing hard limit has been reached', { code: 'billing_hard_limit_reached' }),
    quota,
  ],
  ['no billing', 429, error('Your account is not active', { code: 'billing_not_active' }), quota],
  ['payment required', 402, null, quota],
  // Speed
  ['too fast', 429, error('Slow down.', { code: 'rate_limit_exceeded' }), limited],
  [
    'too fast, with seconds',
    429,
    error('Slow down.', { code: 'rate_limit_exceeded' }),
    { ...limited, retryAfterMs: 12_000 },
    { 'retry-after': '12' },
  ],
  [
    'too fast, with milliseconds',
    429,
    null,
    { ...limited, retryAfterMs: 250 },
    { 'retry-after-ms': '250', 'retry-after': '1' },
  ],
  [
    'too fast, with a date that is over',
    429,
    null,
    { ...limited, retryAfterMs: 0 },
    { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' },
  ],
  [
    'too fast, with a pause in its words only',
    429,
    error('Rate limit reached for gpt-image-2. Please try again in 1m12.5s.', {
      code: 'rate_limit_exceeded',
    }),
    { ...limited, retryAfterMs: 72_500 },
  ],
  [
    'too fast, with seconds in words',
    429,
    error('Requests have exceeded the call rate limit. Please retry after 26 seconds.'),
    { ...limited, retryAfterMs: 26_000 },
  ],
  // Accounts that are worded like content, and content that is worded like accounts
  [
    'access that was terminated for content',
    401,
    error('Your access was terminated due to violation of our usage policies.'),
    { kind: 'blocked-account', charged: 'no' },
  ],
  [
    'a person who was banned for content',
    403,
    error('You have been permanently banned for violating our content policy.'),
    { kind: 'blocked-account', charged: 'no' },
  ],
  [
    'an account that is gone',
    404,
    error('This account has been deactivated.'),
    { kind: 'blocked-account', charged: 'no' },
  ],
  [
    'a refusal that warns of more',
    400,
    error(
      'Your request was rejected by our safety system. Repeated violations may result in your account being suspended.',
    ),
    moderated,
  ],
  // Weather
  ['a failure', 500, error('The server had an error', { type: 'server_error' }), down],
  ['a page under 502', 502, null, down],
  [
    'overload',
    503,
    error('Overloaded', { type: 'server_error' }),
    { ...notBegun, retryAfterMs: 5000 },
    { 'retry-after': '5' },
  ],
  ['a gateway that waited', 504, null, down],
  ['a proxy that waited', 524, null, down],
  ['a proxy that found nobody', 521, null, notBegun],
  ['overload by another number', 529, null, notBegun],
  ['a request that took long', 408, null, { kind: 'timed-out', charged: 'maybe' }],
  ['a conflict', 409, null, down],
];

for (const [what, status, body, expected, headers = {}] of rows) {
  test(`${what} (${status})`, async () => {
    const { upstream, model } = await openSubject();
    const text = body === null ? '<html>nginx</html>' : JSON.stringify(body);
    upstream.next({ instead: { status, body: text, headers } });
    const job = await sampleJob(rowOf('gpt-image-2'), 'images.generations', { prompt });
    const { facts } = await runToError(model, job);
    expect(facts).toMatchObject({
      upstreamStatus: status,
      upstreamRequestId: 'req_upstream_1',
      ...expected,
    });
    expect(facts.message).not.toContain(upstreamKey);
    expect(upstream.calls).toHaveLength(1);
  });
}

test('no two rows of the table are the same', () => {
  expect(new Set(rows.map(([what]) => what)).size).toBe(rows.length);
  expect(rows.length).toBeGreaterThanOrEqual(40);
});

describe('an error inside an answer that began well', () => {
  test.each([
    [
      'a block',
      error('Blocked.', { ...ofUser, code: 'moderation_blocked' }),
      { kind: 'moderated', charged: 'no' },
    ],
    [
      'a failure',
      error('Oops.', { type: 'server_error', code: 'server_error' }),
      { kind: 'unavailable', charged: 'maybe' },
    ],
    [
      'a limit',
      error('Slow down.', { code: 'rate_limit_exceeded' }),
      { kind: 'rate-limited', charged: 'maybe' },
    ],
    [
      'the status of a service behind a gateway',
      { error: { message: 'Provider returned error', code: 502 } },
      { kind: 'unavailable', charged: 'maybe' },
    ],
    [
      'the status of an account without money behind a gateway',
      { error: { message: 'Insufficient credits', code: 402 } },
      { kind: 'quota', charged: 'maybe' },
    ],
    ['anything else', error('Something odd.'), { kind: 'unreadable', charged: 'maybe' }],
    ['a word', { error: 'out of memory' }, { kind: 'unreadable', charged: 'maybe' }],
  ])('%s', async (_, body, expected) => {
    const { upstream, model } = await openSubject();
    upstream.next({ instead: { body } });
    const failure = await runToError(model, await sampleJob(rowOf('gpt-image-2'), 'images.generations'));
    expect(failure.facts).toMatchObject(expected);
  });
});
