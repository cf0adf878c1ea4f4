import type { Charged, ProviderErrorKind } from '../../src/models/index.ts';
import type { Behaviour } from '../upstreams/serve-upstream.ts';

/** One documented failure of a service, and what a careful person makes of it. */
export type Failure = {
  readonly name: string;
  readonly model: string;
  /** What the service does; null: nobody listens there. */
  readonly does: Behaviour | null;
  readonly kind: ProviderErrorKind;
  readonly charged: Charged;
  /** May the same call be made again without paying twice, and could it then succeed? */
  readonly again: boolean;
  /** What the caller's sentence says. */
  readonly told?: RegExp;
};

type Verdict = readonly [kind: ProviderErrorKind, charged: Charged, again?: 'again'];
type Row = readonly [name: string, does: Behaviour | null, verdict: Verdict, told?: RegExp];

function rows(model: string, list: readonly Row[]): readonly Failure[] {
  return list.map(([name, does, [kind, charged, again], told]) => ({
    name: `${model.split('/')[0]}: ${name}`,
    model,
    does,
    kind,
    charged,
    again: again !== undefined,
    ...(told === undefined ? {} : { told }),
  }));
}

function answer(status: number, body: string | Readonly<Record<string, unknown>>, headers = {}): Behaviour {
  const contentType = typeof body === 'string' ? 'text/html' : 'application/json';
  return { instead: { status, headers: { 'content-type': contentType, ...headers }, body } };
}

type ErrorFacts = Readonly<Record<string, unknown>>;

/** `{error: {message, type, code, param}}` */
function openAi(status: number, message: string, facts: ErrorFacts = {}, headers = {}): Behaviour {
  const error = { message, type: 'invalid_request_error', param: null, code: null, ...facts };
  return answer(status, { error }, headers);
}

const userError = 'image_generation_user_error';
const html = '<html><head><title>Error</title></head><body>nginx</body></html>';

/** OpenAI API reference and image guide, 2026-11; the wordings are those of public reports. */
const ofOpenAi = rows('oa/gpt-image-2', [
  [
    'refused words',
    openAi(400, 'Your request was rejected by the safety system.', {
      type: userError,
      code: 'moderation_blocked',
      moderation_details: { moderation_stage: 'input', categories: ['violence'] },
    }),
    ['moderated', 'no'],
    /safety system/,
  ],
  [
    'refused picture',
    openAi(400, 'The generated image was rejected by the safety system.', {
      type: userError,
      code: 'moderation_blocked',
      moderation_details: { moderation_stage: 'output', categories: ['sexual'] },
    }),
    ['moderated', 'no'],
  ],
  [
    'refused, told in the sentence only',
    openAi(400, 'Your request was rejected by the safety system. safety_violations=[sexual].', {
      type: userError,
      code: 'moderation_blocked',
    }),
    ['moderated', 'no'],
  ],
  ['refused by type alone', openAi(400, 'Blocked.', { type: userError }), ['moderated', 'no']],
  [
    'refused in the words of DALL-E',
    openAi(400, 'Your request was rejected as a result of our safety system.', {
      code: 'content_policy_violation',
    }),
    ['moderated', 'no'],
  ],
  [
    'wrong mask',
    openAi(400, 'mask size does not match image size', {
      type: userError,
      code: 'invalid_mask_image_format',
      param: 'mask',
    }),
    ['rejected', 'no'],
    /mask size/,
  ],
  [
    'unknown parameter',
    openAi(400, "Unknown parameter: 'response_format'.", {
      code: 'unknown_parameter',
      param: 'response_format',
    }),
    ['rejected', 'no'],
  ],
  [
    'size without a code',
    openAi(400, "Invalid size '1792x936'. Width and height must both be divisible by 16."),
    ['rejected', 'no'],
  ],
  [
    'wrong key',
    openAi(401, 'Incorrect API key provided: sk-fa***cdef.', { code: 'invalid_api_key' }),
    ['unauthorised', 'no'],
  ],
  [
    'wrong organisation',
    openAi(401, 'No such organization: org-x.', { code: 'invalid_organization' }),
    ['unauthorised', 'no'],
  ],
  [
    'organisation not verified',
    openAi(403, 'Your organization must be verified to use the model `gpt-image-2`.'),
    ['unauthorised', 'no'],
    /verified/,
  ],
  [
    'country not served',
    openAi(403, 'Country, region, or territory not supported', {
      type: 'request_forbidden',
      code: 'unsupported_country_region_territory',
    }),
    ['unauthorised', 'no'],
  ],
  ['wrong address', answer(404, html), ['unauthorised', 'no']],
  ['redirect', answer(302, '', { location: 'https://elsewhere.example/' }), ['unauthorised', 'no']],
  [
    'too fast',
    openAi(
      429,
      'Rate limit reached for gpt-image-2 on images per min.',
      { code: 'rate_limit_exceeded' },
      { 'retry-after': '12' },
    ),
    ['rate-limited', 'no', 'again'],
  ],
  [
    'too fast, without a code',
    openAi(429, 'Too many requests.', { type: 'requests' }),
    ['rate-limited', 'no', 'again'],
  ],
  [
    'no money left',
    openAi(429, 'You exceeded your current quota, please check your plan and billing details.', {
      type: 'insufficient_quota',
      code: 'insufficient_quota',
    }),
    ['quota', 'no'],
  ],
  [
    'hard limit of money',
    openAi(400, 'Billing hard limit has been reached.', {
      type: userError,
      code: 'billing_hard_limit_reached',
    }),
    ['quota', 'no'],
  ],
  [
    'billing not active',
    openAi(429, 'Your account is not active.', { code: 'billing_not_active' }),
    ['quota', 'no'],
  ],
  [
    'account gone, 401',
    openAi(401, 'The account has been deactivated.', { code: 'account_deactivated' }),
    ['blocked-account', 'no'],
    /not about the content/,
  ],
  [
    'access ended, 429',
    openAi(429, 'Your access was terminated.', { code: 'access_terminated' }),
    ['blocked-account', 'no'],
  ],
  [
    'account suspended for its content',
    openAi(400, 'Your account has been suspended for violating our usage policies.'),
    ['blocked-account', 'no'],
    /not about the content/,
  ],
  [
    'failure inside',
    openAi(500, 'The server had an error.', { type: 'server_error' }),
    ['unavailable', 'maybe'],
  ],
  ['gateway without an answer', answer(502, html), ['unavailable', 'maybe']],
  [
    'overloaded',
    openAi(503, 'The engine is currently overloaded.', { type: 'server_error' }),
    ['unavailable', 'no', 'again'],
  ],
  ['gateway that did not wait', answer(504, html), ['unavailable', 'maybe']],
  ['proxy could not connect', answer(522, html), ['unavailable', 'no', 'again']],
  ['proxy did not wait', answer(524, html), ['unavailable', 'maybe']],
  ['site overloaded', answer(529, html), ['unavailable', 'no', 'again']],
  ['time is up', openAi(408, 'Request timed out.'), ['timed-out', 'maybe']],
  ['conflict', openAi(409, 'Conflict.'), ['unavailable', 'maybe']],
  ['body too large for a proxy', answer(413, html), ['rejected', 'no']],
  ['200 with a page', answer(200, html), ['unreadable', 'maybe']],
  ['200 with nothing', answer(200, ''), ['unreadable', 'maybe']],
  ['200 without pictures', answer(200, { created: 1, data: [] }), ['unreadable', 'maybe']],
  [
    '200 with an empty picture',
    answer(200, { created: 1, data: [{ b64_json: null }] }),
    ['unreadable', 'maybe'],
  ],
  [
    '200 with bytes of no picture',
    answer(200, { created: 1, data: [{ b64_json: Buffer.from('no picture').toString('base64') }] }),
    ['unreadable', 'maybe'],
  ],
  [
    '200 with an error inside',
    openAi(200, 'The server had an error.', { type: 'server_error' }),
    ['unavailable', 'maybe'],
  ],
  [
    '200 with a refusal inside',
    openAi(200, 'Rejected by the safety system.', { type: userError, code: 'moderation_blocked' }),
    ['moderated', 'no'],
  ],
  [
    'answer cut in the middle',
    { ...answer(200, { data: [{ b64_json: 'A'.repeat(4000) }] }), cutAfterBytes: 900 },
    ['unavailable', 'maybe'],
  ],
  ['connection cut before an answer', { resets: true }, ['unavailable', 'maybe']],
]);

const nobody = rows('dead/gpt-image-2', [
  ['nobody listens', null, ['unavailable', 'no', 'again'], /refuses connections/],
]);

/** Azure's documentation of the content filter and of quotas; the block of a resource as pollinations reported it. */
const ofAzure = rows('az/gpt-image-2', [
  [
    'filtered words',
    openAi(400, 'Your task failed as a result of our safety system.', { code: 'contentFilter' }),
    ['moderated', 'no'],
  ],
  [
    'filtered picture',
    openAi(400, 'Generated image was filtered as a result of our safety system.', { code: 'contentFilter' }),
    ['moderated', 'no'],
  ],
  [
    'filter with its results',
    openAi(400, 'The response was filtered due to the prompt triggering content management policy.', {
      code: 'content_filter',
      inner_error: {
        code: 'ResponsibleAIPolicyViolation',
        content_filter_results: { violence: { filtered: true, severity: 'high' } },
      },
    }),
    ['moderated', 'no'],
  ],
  [
    'resource blocked for its content',
    answer(403, {
      error: {
        code: 'Forbidden',
        message:
          'Your resource has been temporarily blocked because we detected behavior that may violate our content policy.',
      },
    }),
    ['blocked-account', 'no'],
    /not about the content/,
  ],
  [
    'wrong key',
    answer(401, {
      error: {
        code: '401',
        message: 'Access denied due to invalid subscription key or wrong API endpoint.',
      },
    }),
    ['unauthorised', 'no'],
  ],
  [
    'no such deployment',
    answer(404, {
      error: { code: 'DeploymentNotFound', message: 'The API deployment for this resource does not exist.' },
    }),
    ['unauthorised', 'no'],
  ],
  [
    'no such version',
    answer(404, { error: { code: '404', message: 'Resource not found' } }),
    ['unauthorised', 'no'],
  ],
  [
    'behind a firewall',
    answer(403, {
      error: { code: 'AccessDenied', message: 'Access denied due to Virtual Network/Firewall rules.' },
    }),
    ['unauthorised', 'no'],
  ],
  [
    'too fast',
    answer(
      429,
      {
        error: {
          code: '429',
          message: 'Requests to the Images API have exceeded call rate limit of your current pricing tier.',
        },
      },
      { 'retry-after': '9' },
    ),
    ['rate-limited', 'no', 'again'],
  ],
  [
    'overloaded',
    answer(503, { error: { code: 'ServiceUnavailable', message: 'The service is temporarily unable.' } }),
    ['unavailable', 'no', 'again'],
  ],
  [
    'failure inside',
    answer(500, { error: { code: 'InternalServerError', message: 'Internal server error.' } }),
    ['unavailable', 'maybe'],
  ],
]);

/** `{error: {code, message, status, details}}` */
function google(code: number, status: string, message: string, details: readonly unknown[] = []): Behaviour {
  return answer(code, { error: { code, message, status, details } });
}

function reason(name: string): unknown {
  return { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: name, domain: 'googleapis.com' };
}

function limit(quotaId: string): unknown {
  return {
    '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
    violations: [{ quotaMetric: 'generativelanguage.googleapis.com/requests', quotaId }],
  };
}

const usage = { promptTokenCount: 9, totalTokenCount: 9 };

function ended(finishReason: string, parts: readonly unknown[] = []): Behaviour {
  return answer(200, {
    candidates: [{ content: { role: 'model', parts }, finishReason }],
    usageMetadata: usage,
  });
}

function blocked(blockReason: string): Behaviour {
  return answer(200, { promptFeedback: { blockReason }, usageMetadata: usage });
}

/**
 * An answer of 200 with usage is billed for what was read, picture or not.
 * Source: ai.google.dev and Vertex AI references, and @google/genai, 2026-11. */
const ofGemini = rows('gm/gemini-3-pro-image', [
  ['words refused for safety', blocked('SAFETY'), ['moderated', 'yes']],
  ['words prohibited', blocked('PROHIBITED_CONTENT'), ['moderated', 'yes']],
  ['words on a list', blocked('BLOCKLIST'), ['moderated', 'yes']],
  ['picture refused for safety', ended('IMAGE_SAFETY'), ['moderated', 'yes']],
  ['picture prohibited', ended('IMAGE_PROHIBITED_CONTENT'), ['moderated', 'yes']],
  ['picture too much like another', ended('IMAGE_RECITATION'), ['moderated', 'yes']],
  ['no picture made', ended('NO_IMAGE'), ['unreadable', 'yes']],
  ['another reason', ended('IMAGE_OTHER'), ['unreadable', 'yes']],
  ['words in place of a picture', ended('STOP', [{ text: 'I would rather not.' }]), ['unreadable', 'yes']],
  ['no candidate at all', answer(200, { usageMetadata: usage }), ['unreadable', 'yes']],
  [
    'wrong key',
    google(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', [
      reason('API_KEY_INVALID'),
    ]),
    ['unauthorised', 'no'],
  ],
  [
    'account suspended',
    google(403, 'PERMISSION_DENIED', 'Consumer has been suspended.', [reason('CONSUMER_SUSPENDED')]),
    ['blocked-account', 'no'],
    /not about the content/,
  ],
  [
    'API not enabled',
    google(403, 'PERMISSION_DENIED', 'Generative Language API has not been used in project 1 before.', [
      reason('SERVICE_DISABLED'),
    ]),
    ['unauthorised', 'no'],
  ],
  [
    'country not served',
    google(400, 'FAILED_PRECONDITION', 'User location is not supported for the API use.'),
    ['unauthorised', 'no'],
  ],
  [
    'billing needed',
    google(400, 'FAILED_PRECONDITION', 'Please enable billing on your project in Google AI Studio.'),
    ['quota', 'no'],
  ],
  [
    'too fast',
    google(429, 'RESOURCE_EXHAUSTED', 'Resource has been exhausted (e.g. check quota).', [
      limit('GenerateRequestsPerMinutePerProjectPerModel'),
      { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '23s' },
    ]),
    ['rate-limited', 'no', 'again'],
  ],
  [
    'nothing left today',
    google(429, 'RESOURCE_EXHAUSTED', 'You exceeded your current quota, please check your plan.', [
      limit('GenerateRequestsPerDayPerProjectPerModel-FreeTier'),
    ]),
    ['quota', 'no'],
  ],
  [
    'wrong ratio',
    google(400, 'INVALID_ARGUMENT', "Invalid value at 'image_config.aspect_ratio'."),
    ['rejected', 'no'],
  ],
  ['overloaded', google(503, 'UNAVAILABLE', 'The model is overloaded.'), ['unavailable', 'no', 'again']],
  [
    'failure inside',
    google(500, 'INTERNAL', 'An internal error has occurred.'),
    ['unavailable', 'no', 'again'],
  ],
  ['deadline', google(504, 'DEADLINE_EXCEEDED', 'Deadline expired.'), ['timed-out', 'maybe']],
]);

const ofVertex = rows('vx/gemini-3-pro-image', [
  ['words refused by Model Armor', blocked('MODEL_ARMOR'), ['moderated', 'yes']],
  [
    'no permission',
    google(403, 'PERMISSION_DENIED', "Permission 'aiplatform.endpoints.predict' denied.", [
      reason('IAM_PERMISSION_DENIED'),
    ]),
    ['unauthorised', 'no'],
  ],
  [
    'capacity shared with others is gone',
    google(429, 'RESOURCE_EXHAUSTED', 'Resource exhausted. Please try again later.'),
    ['rate-limited', 'no', 'again'],
  ],
  [
    'project has no billing',
    google(403, 'PERMISSION_DENIED', 'This API method requires billing to be enabled.', [
      reason('BILLING_DISABLED'),
    ]),
    ['quota', 'no'],
  ],
]);

/** Engines of one's own bill nothing, whatever they answer. Sources of vLLM-Omni 00a3619b, SGLang 0230ddc2 and LocalAI 82c191af. */
const ofEngines = [
  ...rows('vllm/qwen-image', [
    ['wrong request', answer(400, { detail: 'Invalid size.' }), ['rejected', 'no'], /Invalid size/],
    [
      'wrong member',
      answer(422, {
        detail: [{ loc: ['body', 'n'], msg: 'Input should be less than 5', type: 'value_error' }],
      }),
      ['rejected', 'no'],
    ],
    ['not ready', answer(503, { detail: 'Engine is not ready.' }), ['unavailable', 'no', 'again']],
    ['out of memory', answer(500, { detail: 'CUDA out of memory.' }), ['unavailable', 'no', 'again']],
  ]),
  ...rows('sglang/flux', [
    ['wrong request', answer(400, { detail: 'Prompt is empty.' }), ['rejected', 'no']],
    ['failure inside', answer(500, { detail: 'Scheduler died.' }), ['unavailable', 'no', 'again']],
  ]),
  ...rows('localai/dream', [
    [
      'code as a number',
      answer(500, { error: { code: 500, message: 'could not load model', type: '' } }),
      ['unavailable', 'no', 'again'],
    ],
    ['empty answer of a hardened server', answer(500, ''), ['unavailable', 'no', 'again']],
    [
      'still loading',
      answer(503, { error: { code: 503, message: 'model is loading', type: '' } }, { 'retry-after': '5' }),
      ['unavailable', 'no', 'again'],
    ],
    [
      'wrong key',
      answer(401, {
        error: { code: 401, message: 'An authentication key is required', type: 'invalid_request_error' },
      }),
      ['unauthorised', 'no'],
    ],
  ]),
];

export const failures: readonly Failure[] = [
  ...ofOpenAi,
  ...nobody,
  ...ofAzure,
  ...ofGemini,
  ...ofVertex,
  ...ofEngines,
];
