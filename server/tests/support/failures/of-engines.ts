import { answer, rows } from './failure.ts';

/** Engines of one's own bill nothing, whatever they answer. Sources of vLLM-Omni 00a3619b, SGLang 0230ddc2 and LocalAI 82c191af. */
export const ofEngines = [
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
