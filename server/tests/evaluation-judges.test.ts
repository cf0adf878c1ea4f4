import { Pictor as PictorClient } from '@pictor/sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';
import { type OpenAiUpstream, openOpenAiUpstream, upstreamKey } from './upstreams/openai-upstream.ts';
import type { Behaviour } from './upstreams/serve-upstream.ts';

let upstream: OpenAiUpstream;
let pictor: Pictor;
let client: PictorClient;

beforeAll(async () => {
  upstream = await openOpenAiUpstream();
  pictor = await startPictor({
    env: { OPENAI_API_KEY: upstreamKey, PICTOR_OPENAI_BASE_URL: upstream.baseUrl },
  });
  client = new PictorClient({ baseUrl: pictor.url, apiKey: pictor.key });
});
afterAll(async () => {
  await pictor.stop();
  await upstream.close();
  await removeDataDirs();
});

/** The judge's answer, in place of the words that the upstream would say. */
function says(holds: boolean): Behaviour {
  const answer = { answers: [{ number: 1, reason: 'It is plain to see.', holds }] };
  const written = JSON.stringify(JSON.stringify(answer)).slice(1, -1);
  return {
    change: (event) =>
      JSON.parse(JSON.stringify(event).replaceAll(/"(Just words\.|Hello\.)"/g, () => `"${written}"`)),
  };
}

test('a judge sees the picture, its calls are requests with a cost, and people say whether it may decide', async () => {
  await client.prompts.create({
    name: 'stamp',
    template: { type: 'completion', content: [{ type: 'text', text: 'A stamp with {subject}' }] },
    model: { provider: 'openai', name: 'gpt-image-2', api_type: 'images', parameters: { quality: 'low' } },
  });
  const { id } = await client.datasets.create({ name: 'Stamps' });
  await client.datasets.addRows(id, [{ subject: 'a fox' }, { subject: 'a hen' }]);
  await client.datasets.publish(id);
  await client.evaluations.create({
    name: 'Stamps',
    dataset: id,
    concurrency: 1,
    columns: [
      { name: 'picture', type: 'prompt_template', config: { prompt: 'stamp' } },
      { name: 'liked', type: 'human', config: { rating: 'thumbs', images: ['{picture}'] } },
      {
        name: 'is it',
        type: 'llm_assertion',
        config: { images: ['{picture}'], statements: ['It shows {subject}'] },
      },
    ],
  });
  // The first row is drawn and judged, then the second is drawn, and its judge says something else than was asked.
  for (const behaviour of [{}, says(true), {}]) upstream.next(behaviour);
  const begun = await client.evaluations.run('Stamps');
  const run = await client.evaluations.runs.wait(begun.id);
  const { data } = await client.evaluations.runs.rows(run.id);
  expect(data[0]?.cells[2]).toMatchObject({
    status: 'done',
    value: true,
    passed: true,
    request: expect.stringMatching(/^resp_/),
    evidence: { verdicts: [{ holds: true, reason: 'It is plain to see.' }], cached: false },
  });
  expect(data[0]?.cells[2]?.cost_nano_usd).toBeGreaterThan(0);
  expect(data[1]?.cells[2]).toMatchObject({ status: 'failed', error: { code: 'judge_unreadable' } });
  expect(data[0]?.cells[0]?.cost_nano_usd).toBeGreaterThan(0);

  upstream.next(says(false));
  await client.evaluations.runs.rerun(run.id, { only: 'failed' });
  const again = await client.evaluations.runs.wait(run.id);
  expect(again).toMatchObject({ status: 'waiting', progress: { failed: 0, waiting: 2 } });
  expect(again.cost_nano_usd).toBeGreaterThan(run.cost_nano_usd);
  for (const [index, { id: row }] of data.entries()) {
    await client.evaluations.runs.rate(run.id, { row, column: 'liked', value: index === 0 });
  }
  expect((await client.evaluations.runs.agreement(run.id)).data).toMatchObject([
    { judge: 'is it', human: 'liked', rows: 2, agreement: 1, kappa: 1 },
  ]);
  const gate = await client.evaluations.addGate('Stamps', { prompt: 'stamp', labels: ['live'] });
  expect(gate.judges).toMatchObject([{ judge: 'is it', kappa: 1 }]);
});
