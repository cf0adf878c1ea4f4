import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  ConflictError,
  type EvaluationColumn,
  type EvaluationRun,
  InvalidRequestError,
  Pictor as PictorClient,
} from '@pictor/sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';

let pictor: Pictor;
let client: PictorClient;
let dataset: string;

beforeAll(async () => {
  pictor = await startPictor({ env: { PICTOR_FETCH_ALLOW: '127.0.0.1', PICTOR_SKETCH_DELAY_MS: '0' } });
  client = new PictorClient({ baseUrl: pictor.url, apiKey: pictor.key });
  await client.prompts.create({
    name: 'card',
    template: { type: 'completion', content: [{ type: 'text', text: 'A card with {subject}' }] },
    model: { provider: 'sketch', name: 'sketch-1', api_type: 'images', parameters: { size: '256x256' } },
  });
  ({ id: dataset } = await client.datasets.create({ name: 'Cards' }));
  await client.datasets.addRows(dataset, [
    { subject: 'an otter', expected_width: '256', list: ['a', 'b'], answer: '{"score": 7}' },
    { subject: 'a fox', expected_width: '512', list: [], answer: 'none' },
  ]);
  await client.datasets.publish(dataset, 'two rows');
});
afterAll(async () => {
  await pictor.stop();
  await removeDataDirs();
});

async function evaluate(
  name: string,
  columns: readonly unknown[],
  more: object = {},
): Promise<EvaluationRun> {
  await client.evaluations.create({ name, dataset, columns: columns as EvaluationColumn[], ...more });
  return await client.evaluations.runs.wait((await client.evaluations.run(name)).id);
}

/** What the cells of a row are, by the names of their columns. */
async function cellsOf(run: EvaluationRun, position: number) {
  const { data } = await client.evaluations.runs.rows(run.id);
  const cells = data[position]?.cells ?? [];
  return Object.fromEntries(run.columns.map(({ name }, index) => [name, cells[index]]));
}

async function codeOf(work: Promise<unknown>): Promise<string | null> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error instanceof InvalidRequestError || error instanceof ConflictError, String(error)).toBe(true);
  return error instanceof InvalidRequestError || error instanceof ConflictError ? error.code : null;
}

const picture = { name: 'picture', type: 'prompt_template', config: { prompt: 'card' } };

test('columns read what stands to their left, and every row has a verdict with its reasons', async () => {
  const run = await evaluate(
    'Everything',
    [
      picture,
      {
        name: 'width',
        type: 'check',
        config: { check: 'width', image: '{picture}', expected: '{expected_width}' },
      },
      { name: 'named', type: 'contains', config: { source: 'A CARD WITH {subject}', value: '{subject}' } },
      { name: 'items', type: 'count', config: { source: '{list}', min: 1 } },
      { name: 'length', type: 'code', config: { code: 'return data.subject.length' } },
      { name: 'far', type: 'numeric_distance', config: { a: '{length}', b: '8', max: 2 } },
      {
        name: 'largest',
        type: 'min_max',
        config: { sources: ['{length}', '{expected_width}'], pick: 'max' },
      },
      { name: 'score', type: 'json_path', config: { source: '{answer}', path: '$.score' } },
      { name: 'first', type: 'coalesce', config: { sources: ['{score}', '{subject}'] } },
      { name: 'bounded', type: 'regex', config: { source: '{subject}', pattern: '^an? \\w{5}$' } },
    ],
    {
      scorecard: {
        steps: [
          { column: 'width', required: true },
          { column: 'bounded', weight: 3 },
        ],
      },
    },
  );
  expect(run).toMatchObject({
    status: 'completed',
    verdict: 'fail',
    verdicts: { pass: 1, fail: 1 },
    progress: { rows: 2, cells: 20, done: 19, failed: 1, skipped: 0, queued: 0, running: 0 },
  });
  expect(run.steps).toMatchObject([{ title: 'width', score: 0.5, verdict: 'fail' }, { title: 'bounded' }]);
  const otter = await cellsOf(run, 0);
  expect(otter.picture).toMatchObject({ status: 'done', request: expect.stringMatching(/^req_/), cost: 0 });
  expect(otter.picture?.images).toHaveLength(1);
  expect(otter.width).toMatchObject({ value: 256, passed: true, score: 1 });
  expect(otter.far).toMatchObject({ value: 0, passed: true });
  expect(otter.largest?.value).toBe(256);
  expect(otter.first?.value).toBe(7);
  expect(otter.bounded).toMatchObject({ passed: true, evidence: { match: 'an otter' } });
  const fox = await cellsOf(run, 1);
  expect(fox.items).toMatchObject({ value: 0, passed: false });
  expect(fox.score).toMatchObject({ status: 'failed', error: { code: 'invalid_input' } });
  // What failed is nothing to a column that takes the next source.
  expect(fox.first).toMatchObject({ status: 'done', value: 'a fox' });
  const { data } = await client.evaluations.runs.rows(run.id, { sort: 'worst' });
  expect(data[0]).toMatchObject({
    position: 1,
    verdict: 'fail',
    steps: [{ verdict: 'fail' }, { verdict: 'fail' }],
  });
  const failing = await client.evaluations.runs.rows(run.id, { verdict: 'fail' });
  expect(failing).toMatchObject({ total: 1 });
});

test('what changed runs again, with all that reads it, and nothing else', async () => {
  const run = await evaluate('Again', [
    picture,
    { name: 'word', type: 'variable', config: { value: '{subject}' } },
    { name: 'same', type: 'compare', config: { a: '{word}', b: 'a fox' } },
  ]);
  const requestOf = async () => (await cellsOf(run, 0)).picture?.request;
  const before = await requestOf();
  const { columns } = await client.evaluations.get('Again');
  const changed = columns.map((column) =>
    column.name === 'word' && column.type === 'variable' ? { ...column, config: { value: 'a fox' } } : column,
  );
  await client.evaluations.update('Again', { columns: changed });
  expect((await client.evaluations.runs.get(run.id)).stale).toEqual({ columns: ['word'], dataset: false });
  await client.evaluations.runs.rerun(run.id, { only: 'stale' });
  const renewed = await client.evaluations.runs.wait(run.id);
  expect(renewed).toMatchObject({ verdict: 'pass', stale: { columns: [], dataset: false } });
  const after = await cellsOf(renewed, 0);
  expect(after.same).toMatchObject({ passed: true, attempt: 2 });
  expect(await requestOf()).toBe(before);
  expect(after.picture?.attempt).toBe(1);

  const { data: rows } = await client.evaluations.runs.rows(run.id);
  await client.evaluations.runs.rerun(run.id, {
    only: 'cells',
    cells: [{ row: rows[0]?.id ?? '', column: 'picture' }],
  });
  await client.evaluations.runs.wait(run.id);
  expect(await requestOf()).not.toBe(before);
  expect((await cellsOf(run, 1)).picture?.attempt).toBe(1);
});

describe('code of people', () => {
  test('has neither time without end, nor memory, nor anything around it', async () => {
    const run = await evaluate('Bad code', [
      { name: 'endless', type: 'code', config: { code: 'for (;;);', timeout_ms: 100 } },
      {
        name: 'memory',
        type: 'code',
        config: { code: 'const all = []; for (;;) all.push(new Array(1e5).fill(1))' },
      },
      {
        name: 'around',
        type: 'code',
        config: { code: 'return [typeof process, typeof fetch, typeof require].join()' },
      },
      { name: 'throws', type: 'code', config: { code: 'return data.nothing.there' } },
      { name: 'judged', type: 'code', config: { code: 'return { value: 3, passed: true, score: 0.7 }' } },
      { name: 'pattern', type: 'regex', config: { source: `${'a'.repeat(40)}!`, pattern: '^(a+)+$' } },
    ]);
    expect(run.progress).toMatchObject({ done: 4, failed: 8 });
    const cells = await cellsOf(run, 0);
    for (const name of ['endless', 'memory', 'throws', 'pattern']) {
      expect(cells[name], name).toMatchObject({ status: 'failed', error: { code: 'code_failed' } });
    }
    expect(cells.throws?.error?.message).toContain('TypeError');
    expect(cells.around?.value).toBe('undefined,undefined,undefined');
    expect(cells.judged).toMatchObject({ value: 3, passed: true, score: 0.7 });
  }, 120_000);

  test('is called at its address with the row, and its headers are never shown', async () => {
    const heard: { key: string | undefined; body: string }[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      request.on('end', () => {
        heard.push({ key: request.headers['x-secret']?.toString(), body });
        response.end(JSON.stringify({ passed: body.includes('otter'), score: 0.9 }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/score`;
    const run = await evaluate('Endpoint', [
      { name: 'asked', type: 'endpoint', config: { url, headers: { 'x-secret': 'hush' } } },
      { name: 'private', type: 'endpoint', config: { url: 'http://192.168.0.1/' } },
    ]);
    server.close();
    expect((await cellsOf(run, 0)).asked).toMatchObject({ passed: true, score: 0.9 });
    expect((await cellsOf(run, 1)).asked).toMatchObject({ passed: false });
    expect((await cellsOf(run, 0)).private).toMatchObject({ error: { code: 'endpoint_failed' } });
    expect(heard.map(({ key }) => key)).toEqual(['hush', 'hush']);
    expect(JSON.parse(heard[0]?.body ?? '{}')).toMatchObject({ list: expect.any(Array) });
    const shown = await client.evaluations.get('Endpoint');
    expect(JSON.stringify([shown, run])).not.toContain('hush');
    const kept = await client.evaluations.update('Endpoint', { columns: shown.columns });
    expect(kept.columns).toEqual(shown.columns);
  });
});

test('people choose without knowing what they see, and what waited for them goes on', async () => {
  const run = await evaluate('Preferences', [
    { ...picture, name: 'old' },
    { name: 'new', type: 'prompt_template', config: { prompt: 'card', parameters: { size: '512x512' } } },
    {
      name: 'better',
      type: 'human',
      config: { rating: 'preference', images: ['{new}', '{old}'], raters: 2 },
    },
    { name: 'follows', type: 'contains', config: { source: '{better}', value: 'new' } },
  ]);
  expect(run).toMatchObject({ status: 'waiting', progress: { waiting: 4 } });
  for (const rater of ['ann', 'ben']) {
    const { data: tasks, left } = await client.evaluations.runs.ratingTasks(run.id, { rater });
    expect(left).toBe(2);
    for (const task of tasks) {
      const [first] = task.options;
      const image = await client.gallery.get(first?.images[0]?.id ?? '');
      // Both like the larger one, wherever it stands.
      const value = image.width === 512 ? first?.id : task.options[1]?.id;
      const { column, row } = task;
      await client.evaluations.runs.rate(run.id, { row, column, value: value ?? '', rater });
    }
  }
  const rated = await client.evaluations.runs.wait(run.id);
  expect(rated).toMatchObject({ status: 'completed', verdict: 'pass', progress: { done: 8, waiting: 0 } });
  expect((await cellsOf(rated, 0)).better).toMatchObject({ value: 'new', score: 1 });
  expect((await client.evaluations.runs.ratings(run.id)).data).toHaveLength(4);
  const { row, column } = { row: 'row_none', column: 'better' };
  await expect(client.evaluations.runs.rate(run.id, { row, column, value: 'tie' })).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('a run stops at its cap, and when it is cancelled', async () => {
  await client.prompts.create({
    name: 'dear',
    template: { type: 'completion', content: [{ type: 'text', text: 'A card with {subject}' }] },
    model: { provider: 'openai', name: 'gpt-image-2', api_type: 'images', parameters: { quality: 'low' } },
  });
  const columns = [{ name: 'picture', type: 'prompt_template' as const, config: { prompt: 'dear' } }];
  await client.evaluations.create({ name: 'Capped', dataset, columns });
  const estimate = await client.evaluations.estimate('Capped');
  expect(estimate).toMatchObject({ rows: 2, cells: 2, unknown_cells: 0 });
  expect(estimate.high).toBeGreaterThan(0);
  const capped = await client.evaluations.run('Capped', { cost_cap: 0 });
  const run = await client.evaluations.runs.wait(capped.id);
  expect(run).toMatchObject({ status: 'completed', progress: { skipped: 2 }, cost: 0 });
  expect((await cellsOf(run, 0)).picture).toMatchObject({ status: 'skipped', error: { code: 'cost_cap' } });

  const endless = { name: 'slow', type: 'code', config: { code: 'for (;;);', timeout_ms: 2000 } };
  await client.evaluations.create({
    name: 'Slow',
    dataset,
    columns: [endless as EvaluationColumn],
    concurrency: 1,
  });
  const begun = await client.evaluations.run('Slow');
  expect(await codeOf(client.evaluations.runs.rerun(begun.id, { only: 'failed' }))).toBe(
    'evaluation_run_active',
  );
  const cancelled = await client.evaluations.runs.cancel(begun.id);
  expect(cancelled.status).toBe('cancelled');
  await expect
    .poll(async () => (await client.evaluations.runs.get(begun.id)).progress, { timeout: 30_000 })
    .toMatchObject({ queued: 0, running: 0, failed: 1, skipped: 1 });
  expect(await codeOf(client.evaluations.runs.cancel(begun.id))).toBe('request_finished');
}, 60_000);

test.each([
  ['an unknown name', { name: 'x', type: 'compare', config: { a: '{nobody}', b: '1' } }],
  ['a name to its right', { name: 'x', type: 'variable', config: { value: '{x}' } }],
  ['a name of a field', { name: 'subject', type: 'variable', config: { value: 1 } }],
  ['a broken pattern', { name: 'x', type: 'regex', config: { source: '{subject}', pattern: '(' } }],
  ['an unknown check', { name: 'x', type: 'check', config: { check: 'beauty', image: '{subject}' } }],
  [
    'a check without its input',
    { name: 'x', type: 'check', config: { check: 'similarity', image: '{subject}' } },
  ],
  ['a judge without a statement', { name: 'x', type: 'llm_assertion', config: { images: ['{subject}'] } }],
  ['an unknown type', { name: 'x', type: 'oracle', config: {} }],
])('%s is refused when the evaluation is saved', async (_what, column) => {
  const body = { name: 'Refused', dataset, columns: [column as unknown as EvaluationColumn] };
  expect(await codeOf(client.evaluations.create(body))).toBe('invalid_value');
});

test('a dataset stays while evaluations use it, and a run needs a version and prompts that are there', async () => {
  expect(await codeOf(client.datasets.remove(dataset))).toBe('dataset_in_use');
  const draft = await client.datasets.create({ name: 'Only a draft' });
  const columns: EvaluationColumn[] = [{ name: 'one', type: 'variable', config: { value: 1 } }];
  await client.evaluations.create({ name: 'Draft', dataset: draft.id, columns });
  expect(await codeOf(client.evaluations.run('Draft'))).toBe('invalid_value');
  await client.evaluations.remove('Draft');
  await client.datasets.remove(draft.id);
  const lost = {
    name: 'Lost',
    dataset,
    columns: [{ ...picture, config: { prompt: 'nobody' } } as EvaluationColumn],
  };
  await client.evaluations.create(lost);
  await expect(client.evaluations.run('Lost')).rejects.toMatchObject({ code: 'not_found' });
});
