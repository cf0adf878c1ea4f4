import { answer, openAi, rows } from './failure.ts';

/** Azure's documentation of the content filter and of quotas; the block of a resource as pollinations reported it. */
export const ofAzure = rows('az/gpt-image-2', [
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
