import { evaluationCases } from './evaluation-cases.ts';
import { promptLayerCases } from './promptlayer-cases.ts';
import type { From, OpenRoute, RouteCase, ThingName, Things } from './route-case.ts';

const listOf = (thing: ThingName): readonly RouteCase[] => [
  { query: () => ({ limit: '50' }) },
  { query: (things) => ({ after: things[thing] }), namesNothing: true },
];
const one = (thing: ThingName): RouteCase => ({ params: { id: thing } });
const ofPrompt: RouteCase = { params: { prompt: 'prompt' } };
const rootOnly = (params: RouteCase['params'], body?: unknown): RouteCase => ({
  openTo: 'root',
  ...(params === undefined ? {} : { params }),
  ...(body === undefined ? {} : { body: () => body }),
});
/** How the server itself stands: the root key's business. */
const operatorOnly: RouteCase = { openTo: 'root', namesNothing: true };
const itemOf = { id: 'conversation', item_id: 'item' } as const;
const keyOfProject = { id: 'project', key_id: 'key' } as const;

/** Asks without waiting, so that the walk need not wait either. */
const later = { prefer: 'respond-async' };

/** A request that names a picture which is a file of the first project. */
const pictureOf = (more: Readonly<Record<string, unknown>> = {}): RouteCase => ({
  headers: () => later,
  body: ({ file }) => ({
    model: 'gpt-image-1',
    prompt: 'A borrowed picture',
    images: [{ file_id: file }],
    ...more,
  }),
});

/** A turn of a conversation in words, so that nothing is drawn. */
const turn = (more: From<Readonly<Record<string, unknown>>>): RouteCase => ({
  body: (things) => ({ model: 'sketch-director-1', input: 'Just say hello', ...more(things) }),
});
const said = (part: Readonly<Record<string, unknown>>) => [
  { type: 'message', role: 'user', content: [part] },
];

/** A request with the first project's idempotency key, which means nothing to anybody else. */
const repeated: RouteCase = {
  namesNothing: true,
  headers: ({ idempotencyKey }) => ({ ...later, 'idempotency-key': idempotencyKey }),
  body: () => ({ model: 'sketch-1', prompt: 'A plan of the second project' }),
};

/**
 * Every route of the server, by method and path as they are registered. A route that is not here fails the walk. HEAD
 * is walked by the case of GET, and the files of the web app need none.
 */
export const routeCases: Readonly<Record<string, OpenRoute | readonly RouteCase[]>> = {
  'GET /healthz': { holdsNothing: 'It says that the server runs.' },
  'GET /sign-in': { holdsNothing: 'It takes a token, which only the terminal of the server shows.' },
  'GET /api/session': { holdsNothing: 'It tells who is signed in: the caller.' },
  'POST /api/session': { holdsNothing: 'It takes a key.' },
  'PUT /api/session/project': [{ body: ({ project }) => ({ project }), openTo: 'root' }],
  'DELETE /api/session': { holdsNothing: 'It ends the session of the caller.' },
  'GET /': { holdsNothing: 'The web app.' },

  'GET /v1/models': { holdsNothing: 'Models belong to no project.' },
  'GET /api/providers': [operatorOnly],
  'GET /metrics': [operatorOnly],
  'POST /api/providers/check': [operatorOnly],
  'GET /api/config': [operatorOnly],
  'GET /pictor.schema.json': { holdsNothing: 'The schema of pictor.yaml.' },
  'GET /v1/models/*': { holdsNothing: 'Models belong to no project.' },

  'GET /images/:id': [one('image')],
  'GET /images/:id/thumbnail': [one('image')],

  'GET /api/requests': listOf('request'),
  'GET /api/requests/:id': [one('request'), one('running'), one('edit')],
  'PATCH /api/requests/:id': [{ ...one('request'), body: () => ({ tags: ['noted'] }) }],
  'POST /api/request-groups': [{ namesNothing: true }],
  'POST /api/requests/search': [
    { body: () => ({ q: 'secret plan' }) },
    {
      body: ({ request }) => ({
        filter_group: { filters: [{ field: 'id', operator: 'is', value: request }] },
      }),
    },
  ],
  'POST /api/requests/:id/replay': [
    { ...one('request'), headers: () => later, body: () => ({}) },
    { ...one('edit'), headers: () => later, body: () => ({ model: 'sketch-1' }) },
  ],
  'POST /api/requests/export': ['csv', 'jsonl'].map((format) => ({
    body: ({ request }: Things) => ({
      format,
      filter_group: { filters: [{ field: 'id', operator: 'is', value: request }] },
    }),
  })),
  'POST /api/requests/analytics': [
    {
      body: ({ request }) => ({
        from: '2026-01-01',
        to: '2099-01-01',
        filter_group: { filters: [{ field: 'id', operator: 'is', value: request }] },
      }),
    },
  ],
  'GET /api/images': [{}, { query: () => ({ q: 'plan', role: 'output,input' }) }],
  'POST /api/images/search': [{ body: ({ request }) => ({ request }) }],
  'GET /api/images/:id': [one('image')],
  'PATCH /api/images/:id': [{ ...one('image'), body: () => ({ tags: ['mine'] }) }],
  'DELETE /api/images/:id': [one('image'), { ...one('image'), query: ({ image }) => ({ confirm: image }) }],
  'GET /api/images/:id/family': [one('image')],
  'POST /api/images/tag': [{ body: ({ image }) => ({ ids: [image], add: ['mine'] }) }],
  'POST /api/images/delete': [{ body: ({ image }) => ({ ids: [image] }) }],
  'GET /api/images/zip': [{ query: ({ image }) => ({ ids: image }) }],
  'POST /api/images/zip': [{ body: ({ image }) => ({ ids: [image] }) }],
  'GET /api/saved-searches': [{}],
  'POST /api/saved-searches': [
    {
      body: ({ savedSearch }) => ({ name: `Like ${savedSearch}`, query: { q: 'mine' } }),
      namesNothing: true,
    },
  ],
  'GET /api/saved-searches/:id': [one('savedSearch')],
  'PATCH /api/saved-searches/:id': [{ ...one('savedSearch'), body: () => ({ query: { q: 'theirs' } }) }],
  'DELETE /api/saved-searches/:id': [one('savedSearch')],

  'POST /v1/images': [repeated, pictureOf()],
  'GET /v1/images/generations': listOf('request'),
  'POST /v1/images/generations': [repeated, pictureOf()],
  'GET /v1/images/generations/:id': [
    one('request'),
    one('running'),
    { ...one('request'), headers: () => ({ accept: 'text/event-stream' }) },
    { ...one('running'), headers: () => ({ prefer: 'wait=1' }) },
  ],
  'POST /v1/images/generations/:id/cancel': [one('request'), one('running')],
  'GET /v1/images/edits': listOf('edit'),
  'POST /v1/images/edits': [pictureOf(), pictureOf({ stream: true })],
  'GET /v1/images/edits/:id': [one('edit')],
  'POST /v1/images/edits/:id/cancel': [one('edit')],
  'GET /v1/images/variations': listOf('variation'),
  'POST /v1/images/variations': [
    { headers: () => later, body: ({ file }) => ({ model: 'dall-e-2', images: [{ file_id: file }] }) },
  ],
  'GET /v1/images/variations/:id': [one('variation')],
  'POST /v1/images/variations/:id/cancel': [one('variation')],

  'POST /v1/images/estimate': [
    { body: ({ file }) => ({ model: 'gpt-image-1', prompt: 'A cup', images: [{ file_id: file }] }) },
  ],

  'GET /api/spend': ['project', 'key'].map((group) => ({
    query: () => ({ group_by: group, from: '2026-01-01', to: '2099-01-01' }),
  })),
  'GET /api/ledger': [{}, { query: () => ({ format: 'csv' }) }, { query: ({ request }) => ({ request }) }],
  'GET /api/budgets': [{}],
  'POST /api/budgets': [{ body: ({ key }) => ({ key_id: key, period: 'day', limit: 1, mode: 'soft' }) }],
  'GET /api/budgets/:id': [one('budget')],
  'PATCH /api/budgets/:id': [{ ...one('budget'), body: () => ({ limit: 2 }) }],
  'DELETE /api/budgets/:id': [one('budget')],
  'GET /api/limits': [{}],
  'POST /api/limits': [{ body: ({ key }) => ({ key_id: key, metric: 'requests', per_minute: 500 }) }],
  'GET /api/limits/:id': [one('limit')],
  'PATCH /api/limits/:id': [{ ...one('limit'), body: () => ({ per_minute: 700 }) }],
  'DELETE /api/limits/:id': [one('limit')],

  'GET /v1/files': listOf('file'),
  'POST /v1/files': [
    {
      namesNothing: true,
      form: () => [
        ['purpose', 'vision'],
        ['file', Buffer.from('of the second project')],
      ],
    },
  ],
  'GET /v1/files/:id': [one('file')],
  'GET /v1/files/:id/content': [one('file')],
  'GET /v1/files/:id/thumbnail': [one('file')],
  'DELETE /v1/files/:id': [one('file')],

  'POST /v1/responses': [
    turn(({ response }) => ({ previous_response_id: response })),
    turn(({ conversation }) => ({ conversation })),
    turn(({ file }) => ({ input: said({ type: 'input_image', file_id: file }) })),
    turn(({ item }) => ({ input: [{ type: 'item_reference', id: item }] })),
    turn(({ drawing }) => ({ input: [{ type: 'image_generation_call', id: drawing }] })),
  ],
  'GET /v1/responses/:id': [one('response'), { ...one('response'), query: () => ({ stream: 'true' }) }],
  'DELETE /v1/responses/:id': [one('response')],
  'POST /v1/responses/:id/cancel': [one('response')],
  'GET /v1/responses/:id/input_items': [one('response')],
  'POST /v1/conversations': [
    { body: ({ file }) => ({ items: said({ type: 'input_image', file_id: file }) }) },
  ],
  'GET /v1/conversations/:id': [one('conversation')],
  'POST /v1/conversations/:id': [{ ...one('conversation'), body: () => ({ metadata: { mine: 'now' } }) }],
  'DELETE /v1/conversations/:id': [one('conversation')],
  'GET /v1/conversations/:id/items': [one('conversation')],
  'POST /v1/conversations/:id/items': [
    { ...one('conversation'), body: () => ({ items: said({ type: 'input_text', text: 'Hello' }) }) },
  ],
  'GET /v1/conversations/:id/items/:item_id': [{ params: itemOf }],
  'DELETE /v1/conversations/:id/items/:item_id': [{ params: itemOf }],

  'GET /api/conversations': [{}, { query: () => ({ q: 'first-secret' }) }],
  'GET /api/conversations/:id/turns': [one('conversation')],

  'GET /api/webhooks': [{}],
  'POST /api/webhooks': [
    {
      namesNothing: true,
      // With a secret of its own, since one that is made differs each time.
      body: () => ({ url: 'http://127.0.0.1:9/second', secret: `whsec_${'c2Vjb25k'.repeat(4)}` }),
    },
  ],
  'GET /api/webhooks/:id': [one('webhook')],
  'DELETE /api/webhooks/:id': [one('webhook')],
  'POST /api/webhooks/:id/test': [one('webhook')],
  'GET /api/webhooks/:id/attempts': [
    one('webhook'),
    { ...one('webhook'), query: ({ attempt }) => ({ after: attempt }) },
  ],
  'POST /api/webhooks/attempts/:id/resend': [one('attempt')],

  'GET /api/prompts': [{}, { query: () => ({ q: 'first-secret', status: 'all' }) }],
  'POST /api/prompts': [
    {
      body: () => ({
        name: 'Borrowed words',
        template: {
          type: 'completion',
          content: [{ type: 'text', text: '@@@first-secret-prompt@@@' }],
        },
      }),
      namesNothing: true,
    },
  ],
  'GET /api/prompts/:prompt': [ofPrompt],
  'PATCH /api/prompts/:prompt': [{ ...ofPrompt, body: () => ({ folder: 'taken' }) }],
  'POST /api/prompts/:prompt/render': [{ ...ofPrompt, body: () => ({}) }],
  'POST /api/prompts/:prompt/run': [{ ...ofPrompt, body: () => ({ model: 'sketch-1' }) }],
  'GET /api/prompts/:prompt/uses': [ofPrompt],
  'GET /api/prompts/:prompt/versions': [ofPrompt],
  'POST /api/prompts/:prompt/versions': [
    {
      ...ofPrompt,
      body: () => ({ template: { type: 'completion', content: [{ type: 'text', text: 'mine' }] } }),
    },
  ],
  'GET /api/prompts/:prompt/versions/:version': [{ params: { prompt: 'prompt', version: '=1' } }],
  'GET /api/prompts/:prompt/diff': [{ ...ofPrompt, query: () => ({ from: '1', to: '1' }) }],
  'GET /api/prompts/:prompt/labels': [ofPrompt],
  'GET /api/prompts/:prompt/history': [ofPrompt],
  'PUT /api/prompts/:prompt/labels/:label': [
    { params: { prompt: 'prompt', label: 'promptLabel' }, body: () => ({ version: 1 }) },
  ],
  'DELETE /api/prompts/:prompt/labels/:label': [{ params: { prompt: 'prompt', label: 'promptLabel' } }],

  ...promptLayerCases,
  ...evaluationCases,

  'GET /api/registry/summary': [{}],
  'POST /api/registry/check': [
    {
      body: (things) => ({
        template: {
          type: 'completion',
          content: [{ type: 'text', text: `@@@first-secret-prompt@label:${things.promptLabel}@@@` }],
        },
      }),
    },
  ],
  'GET /api/registry/export': [{}],
  'POST /api/registry/import': [{ body: () => ({ files: [] }), namesNothing: true }],

  'GET /api/projects': [rootOnly(undefined)],
  'POST /api/projects': [{ ...rootOnly(undefined, { name: 'Third' }), namesNothing: true }],
  'GET /api/projects/:id': [rootOnly({ id: 'project' })],
  'PATCH /api/projects/:id': [rootOnly({ id: 'project' }, { name: 'Renamed' })],
  'DELETE /api/projects/:id': [
    rootOnly({ id: 'project' }),
    { ...rootOnly({ id: 'project' }), query: ({ project }) => ({ confirm: project }) },
  ],
  'POST /api/projects/:id/retention/preview': [rootOnly({ id: 'project' }, { requests_days: 1 })],
  'POST /api/projects/:id/retention/run': [rootOnly({ id: 'project' })],

  'GET /api/projects/:id/keys': [one('project')],
  'POST /api/projects/:id/keys': [{ ...one('project'), body: () => ({ name: 'Not mine' }) }],
  'GET /api/projects/:id/keys/:key_id': [{ params: keyOfProject }],
  'POST /api/projects/:id/keys/:key_id/roll': [{ params: keyOfProject, body: () => ({ grace_seconds: 9 }) }],
  'DELETE /api/projects/:id/keys/:key_id': [{ params: keyOfProject }],
};
