import { answer, openAi, rows } from './failure.ts';

const userError = 'image_generation_user_error';
const html = '<html><head><title>Error</title></head><body>nginx</body></html>';

/** OpenAI API reference and image guide, 2026-11; the wordings are those of public reports. */
export const ofOpenAi = rows('oa/gpt-image-2', [
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

export const nobody = rows('dead/gpt-image-2', [
  ['nobody listens', null, ['unavailable', 'no', 'again'], /refuses connections/],
]);
