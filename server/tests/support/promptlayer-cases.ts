import type { RouteCase, Things } from './route-case.ts';

const anyPrompt: RouteCase = { params: { '*': 'prompt' } };
const one = (thing: keyof Things): RouteCase => ({ params: { id: thing } });
/** Tells something of a request of the first project, in each of the places where that is done. */
const telling = (
  told: Readonly<Record<string, unknown>>,
  paths: readonly string[],
  namesNothing?: true,
): Readonly<Record<string, readonly RouteCase[]>> =>
  Object.fromEntries(
    paths.map((path) => [
      `POST /promptlayer${path}`,
      [
        {
          body: ({ request }: Things) => ({ ...told, request_id: request }),
          ...(namesNothing === undefined ? {} : { namesNothing }),
        },
      ],
    ]),
  );

/** The routes of PromptLayer's wire. */
export const promptLayerCases: Readonly<Record<string, readonly RouteCase[]>> = {
  'POST /promptlayer/prompt-templates/*': [
    { ...anyPrompt, body: () => ({}) },
    { ...anyPrompt, body: () => ({ skip_input_variable_rendering: true }) },
  ],
  'GET /promptlayer/prompt-templates': [{}, { query: () => ({ name: 'prompt', status: 'all' }) }],
  'GET /promptlayer/prompt-templates/*': [anyPrompt],
  'POST /promptlayer/rest/prompt-templates': [
    {
      body: () => ({
        prompt_template: { prompt_name: 'Borrowed again' },
        prompt_version: {
          prompt_template: {
            type: 'completion',
            content: [{ type: 'text', text: '@@@first-secret-prompt@@@' }],
          },
        },
      }),
      namesNothing: true,
    },
  ],
  'PATCH /promptlayer/rest/prompt-templates/*': [{ ...anyPrompt, body: () => ({ commit_message: 'mine' }) }],
  'POST /promptlayer/prompts/:id/label': [
    { ...one('prompt'), body: () => ({ name: 'mine', prompt_version_number: 1 }) },
  ],
  'PATCH /promptlayer/prompt-labels/:id': [
    { params: { id: '=1' }, body: () => ({ prompt_version_number: 1 }), namesNothing: true },
  ],
  'DELETE /promptlayer/prompt-labels/:id': [{ params: { id: '=1' }, namesNothing: true }],
  'GET /promptlayer/api/public/v2/folders': [{ namesNothing: true }],
  'POST /promptlayer/api/public/v2/folders': [{ body: () => ({ name: 'mine' }), namesNothing: true }],
  'GET /promptlayer/api/public/v2/folders/resolve-id': [
    { query: () => ({ path: 'first-secret' }), namesNothing: true },
  ],
  'GET /promptlayer/api/public/v2/folders/entities': [{ namesNothing: true }],
  'POST /promptlayer/api/public/v2/folders/entities': [
    { body: ({ prompt }) => ({ entities: [{ type: 'PROMPT', id: prompt }] }) },
  ],
  'DELETE /promptlayer/api/public/v2/folders/entities': [
    { body: ({ prompt }) => ({ entities: [{ type: 'PROMPT', id: prompt }] }) },
  ],
  'POST /promptlayer/track-request': [
    {
      body: ({ request }) => ({ request_response: { pictor: { request } }, kwargs: {} }),
      namesNothing: true,
    },
  ],
  'POST /promptlayer/log-request': [
    { body: ({ request }) => ({ output: { pictor: { request } }, input: {} }), namesNothing: true },
  ],
  ...telling({ metadata: { mine: 'yes' } }, ['/library-track-metadata', '/rest/track-metadata']),
  ...telling({ score: 1 }, ['/library-track-score', '/rest/track-score']),
  ...telling({ prompt_name: 'first-secret-prompt' }, ['/library-track-prompt', '/rest/track-prompt']),
  ...telling({ group_id: 1 }, ['/library-track-group', '/track-group', '/rest/track-group'], true),
  'POST /promptlayer/create-group': [{ body: () => ({}), namesNothing: true }],
  'GET /promptlayer/api/public/v2/requests/:id': [one('request'), one('response')],
  'POST /promptlayer/api/public/v2/requests/search': [{ body: () => ({ q: 'secret' }) }],
  'GET /promptlayer/api/public/v2/requests/suggestions': [
    { query: () => ({ field: 'engine' }), namesNothing: true },
  ],
  'POST /promptlayer/api/public/v2/requests/analytics': [{ body: () => ({}) }],
  'POST /promptlayer/spans-bulk': [{ body: () => ({ spans: [] }), namesNothing: true }],
  'POST /promptlayer/v1/traces': [{ body: () => ({}), namesNothing: true }],
  'GET /promptlayer/api/public/v2/traces/:id': [
    { params: { id: '=first-secret-trace' }, namesNothing: true },
  ],
};
