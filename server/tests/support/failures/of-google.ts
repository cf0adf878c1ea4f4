import type { Behaviour } from '../../upstreams/serve-upstream.ts';
import { answer, rows } from './failure.ts';

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
export const ofGemini = rows('gm/gemini-3-pro-image', [
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

export const ofVertex = rows('vx/gemini-3-pro-image', [
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
