import { Pictor as PictorClient } from '@pictor/sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';

let pictor: Pictor;
let client: PictorClient;

beforeAll(async () => {
  pictor = await startPictor({ env: { PICTOR_FETCH_ALLOW: '127.0.0.1' } });
  client = new PictorClient({ baseUrl: pictor.url, apiKey: pictor.key });
});
afterAll(async () => {
  await pictor.stop();
  await removeDataDirs();
});

test('columns read what stands to their left, and every row has a verdict with its reasons', async () => {
  await client.prompts.create({
    name: 'card',
    template: { type: 'completion', content: [{ type: 'text', text: 'A card with {subject}' }] },
    model: {
      provider: 'sketch',
      name: 'sketch-1',
      api_type: 'images',
      parameters: { size: '512x512' },
    },
  });
  const dataset = await client.datasets.create({ name: 'Cards' });
  await client.datasets.addRows(dataset.id, [
    { subject: 'an otter', expected_width: '512' },
    { subject: 'a fox', expected_width: '256' },
  ]);
  await client.datasets.publish(dataset.id, 'two rows');
  const evaluation = await client.evaluations.create({
    name: 'Card checks',
    dataset: dataset.id,
    columns: [
      { name: 'picture', type: 'prompt_template', config: { prompt: 'card' } },
      {
        name: 'width',
        type: 'check',
        config: { check: 'width', image: '{picture}', expected: '{expected_width}' },
      },
      { name: 'names it', type: 'contains', config: { source: 'a card with {subject}', value: '{subject}' } },
      { name: 'length', type: 'code', config: { code: 'return data.subject.length' } },
      { name: 'short', type: 'compare', config: { a: '{length}', b: '6', operator: 'lt' } },
      { name: 'word', type: 'regex', config: { source: '{subject}', pattern: '^an? \\w+$' } },
    ],
    scorecard: { steps: [{ column: 'width', required: true }, { column: 'word' }] },
  });
  const begun = await client.evaluations.run(evaluation.id);
  const run = await client.evaluations.runs.wait(begun.id);
  const { data } = await client.evaluations.runs.rows(run.id, { sort: 'worst' });
  expect(data[0]).toMatchObject({ values: { subject: 'a fox' }, verdict: 'fail' });
  expect(run.status).toBe('completed');
});
