import { expect, vi } from 'vitest';
import { toForm, toJson } from './forms.ts';
import { paintLandscape } from './pictures.ts';
import type { Things } from './route-case.ts';

export type Ask = (path: string, init?: RequestInit) => Promise<Response>;

/** What must never be read with another project's key, beside the ids. */
export type FirstProject = { readonly things: Omit<Things, 'running'>; readonly secrets: readonly string[] };

const plan = 'The secret plan of the first project';

/** Fills a project with one of everything. `ask` calls with a key of it that may do all. */
export async function makeFirstProject(ask: Ask, project: string): Promise<FirstProject> {
  const idempotencyKey = 'first-secret-order';
  const picture = await paintLandscape({ width: 64, height: 64 });
  const form = toForm([
    ['purpose', 'vision'],
    ['file', picture, 'first-secret-plan.png'],
  ]);
  const file = await idOf(ask('/v1/files', form));
  const borrowed = { file_id: file };
  const [request, edit, variation] = await Promise.all([
    answered(
      ask(
        '/v1/images/generations',
        toJson({ model: 'sketch-1', prompt: plan }, { 'idempotency-key': idempotencyKey }),
      ),
    ),
    answered(ask('/v1/images/edits', toJson({ model: 'gpt-image-1', prompt: plan, images: [borrowed] }))),
    answered(ask('/v1/images/variations', toJson({ model: 'dall-e-2', images: [borrowed] }))),
  ]);
  const summary = (await (await ask(`/api/requests/${request}`)).json()) as {
    images: readonly { id: string }[];
  };
  const image = summary.images[0]?.id ?? '';
  const webhook = await idOf(ask('/api/webhooks', toJson({ url: 'http://127.0.0.1:9/first-secret-hook' })));
  const attempt = await idOf(ask(`/api/webhooks/${webhook}/test`, { method: 'POST' }));
  const key = await idOf(ask(`/api/projects/${project}/keys`, toJson({ name: 'first-secret-key' })));
  const budget = await idOf(
    ask('/api/budgets', toJson({ key_id: key, period: 'total', limit: 1000, mode: 'soft' })),
  );
  const limit = await idOf(ask('/api/limits', toJson({ key_id: key, metric: 'requests', per_minute: 600 })));
  const prompt = await idOf(
    ask(
      '/api/prompts',
      toJson({
        name: 'first-secret-prompt',
        template: { type: 'completion', content: [{ type: 'text', text: plan }] },
        labels: ['first-secret-label'],
      }),
    ),
  );
  const spoken = await ask(
    '/v1/responses',
    toJson({
      model: 'sketch-director-1',
      input: `Draw this: ${prompt}`,
      tools: [{ type: 'image_generation' }],
    }),
  );
  const { id: response = '', output = [] } = (await spoken.json()) as Spoken;
  const drawing = output.find((item) => item.type === 'image_generation_call')?.id ?? '';
  expect(drawing, 'the first project has no response with a picture').not.toBe('');
  const first = { type: 'message', role: 'user', content: 'The first-secret word' };
  const conversation = await idOf(ask('/v1/conversations', toJson({ items: [first] })));
  const items = await ask(`/v1/conversations/${conversation}/items`);
  const item = ((await items.json()) as { data: readonly { id: string }[] }).data[0]?.id ?? '';
  const savedSearch = await idOf(
    ask('/api/saved-searches', toJson({ name: 'first-secret-search', query: { q: plan } })),
  );
  const bytes = await ask(`/images/${image}`);
  const things = {
    project,
    key,
    request,
    edit,
    variation,
    image,
    file,
    webhook,
    attempt,
    budget,
    limit,
    prompt,
    promptLabel: 'first-secret-label',
    idempotencyKey,
    response,
    drawing,
    conversation,
    item,
    savedSearch,
    ...(await makeEvaluation(ask, file, prompt)),
  };
  return {
    things,
    secrets: [...Object.values(things), 'first-secret', plan, bytes.headers.get('etag') ?? ''],
  };
}

/** A dataset, an evaluation over it whose run waits for a person, and a gate. */
async function makeEvaluation(ask: Ask, file: string, prompt: string) {
  const dataset = await idOf(ask('/api/datasets', toJson({ name: 'first-secret-dataset' })));
  const values = { word: 'first-secret-value', photo: file };
  const rows = await ask(`/api/datasets/${dataset}/rows`, toJson({ rows: [{ values }] }));
  const datasetRow = ((await rows.json()) as { data: readonly { id: string }[] }).data[0]?.id ?? '';
  await ask(`/api/datasets/${dataset}/versions`, toJson({ note: 'first-secret-note' }));
  const liked = { name: 'liked', type: 'human', config: { rating: 'thumbs', images: ['{photo}'] } };
  const drawn = { name: 'drawn', type: 'prompt_template', config: { prompt } };
  const evaluation = await idOf(
    ask('/api/evaluations', toJson({ name: 'first-secret-evaluation', dataset, columns: [liked] })),
  );
  const evaluationRun = await idOf(ask(`/api/evaluations/${evaluation}/runs`, toJson({})));
  const status = async () => (await (await ask(`/api/evaluation-runs/${evaluationRun}`)).json()).status;
  await vi.waitFor(async () => expect(await status()).toBe('waiting'), { timeout: 60_000, interval: 100 });
  const changed = { ...toJson({ columns: [liked, drawn] }), method: 'PATCH' };
  await ask(`/api/evaluations/${evaluation}`, changed);
  const gate = await idOf(ask(`/api/evaluations/${evaluation}/gates`, toJson({ prompt })));
  return { dataset, datasetRow, evaluation, evaluationRun, gate };
}

/** A request of it that is still being drawn. */
export async function startRunning(ask: Ask): Promise<string> {
  const body = { model: 'sketch-1', prompt: `${plan}, which is still being drawn` };
  return await idOf(ask('/v1/images/generations', toJson(body, { prefer: 'respond-async' })));
}

type Spoken = { readonly id?: string; readonly output?: readonly { id: string; type: string }[] };

async function idOf(answer: Promise<Response>): Promise<string> {
  const response = await answer;
  const body = (await response.json()) as { id?: string };
  expect(body, `the first project could not be filled: ${JSON.stringify(body)}`).toHaveProperty('id');
  return body.id ?? '';
}

/** Answers spell the id of their request as gateways do. */
async function answered(answer: Promise<Response>): Promise<string> {
  return (await idOf(answer)).replace(/^img-/, 'req_');
}
