import { type EvaluationRun, Pictor as PictorClient } from '@pictor/sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { paintLandscape } from './support/pictures.ts';
import { newDataDir, removeDataDirs, startPictor } from './support/start-pictor.ts';
import { jsonAnswer, type ServedUpstream, serveUpstream } from './upstreams/serve-upstream.ts';

const rows = 1_000;
const atOnce = 8;

let upstream: ServedUpstream;
beforeAll(async () => {
  const b64_json = (await paintLandscape({ width: 32, height: 32 })).toString('base64');
  const usage = {
    input_tokens: 10,
    output_tokens: 200,
    total_tokens: 210,
    input_tokens_details: { text_tokens: 10, image_tokens: 0 },
  };
  upstream = await serveUpstream(async () => jsonAnswer(200, { created: 1, data: [{ b64_json }], usage }));
});
afterAll(async () => {
  await upstream.close();
  await removeDataDirs();
});

/** How often the engine was paid for each prompt. */
function countPaid(): ReadonlyMap<string, number> {
  const paid = new Map<string, number>();
  for (const call of upstream.calls) {
    const prompt = String(new Map(call.fields).get('prompt'));
    paid.set(prompt, (paid.get(prompt) ?? 0) + 1);
  }
  return paid;
}

async function start(dataDir: string) {
  const pictor = await startPictor({
    dataDir,
    isLongLived: true,
    env: {
      OPENAI_API_KEY: 'sk-upstream',
      PICTOR_OPENAI_BASE_URL: `${upstream.origin}/v1`,
      PICTOR_LOG_LEVEL: 'warn',
    },
  });
  return { pictor, client: new PictorClient({ baseUrl: pictor.url, apiKey: pictor.key }) };
}

/** A thousand rows, a column that is paid for, and five that read it. */
async function prepare(client: PictorClient): Promise<string> {
  await client.prompts.create({
    name: 'tile',
    template: { type: 'completion', content: [{ type: 'text', text: 'Tile {number}' }] },
    model: { provider: 'openai', name: 'gpt-image-2', api_type: 'images', parameters: { quality: 'low' } },
  });
  const dataset = await client.datasets.create({ name: 'Tiles' });
  await client.datasets.addRows(
    dataset.id,
    Array.from({ length: rows }, (_, number) => ({ number, word: `tile ${number}` })),
  );
  await client.datasets.publish(dataset.id);
  const evaluation = await client.evaluations.create({
    name: 'Tiles',
    dataset: dataset.id,
    concurrency: atOnce,
    columns: [
      { name: 'picture', type: 'prompt_template', config: { prompt: 'tile' } },
      { name: 'first', type: 'json_path', config: { source: '{picture}', path: 'images[0]' } },
      { name: 'pictures', type: 'count', config: { source: '{picture}', min: 1, max: 1 } },
      { name: 'named', type: 'contains', config: { source: '{word}', value: 'tile' } },
      { name: 'number again', type: 'variable', config: { value: '{number}' } },
      { name: 'same', type: 'compare', config: { a: '{number}', b: '{number again}' } },
    ],
    scorecard: { steps: [{ column: 'pictures', required: true }, { column: 'named' }, { column: 'same' }] },
  });
  return evaluation.id;
}

function countCells({ progress }: EvaluationRun): number {
  return progress.done + progress.failed + progress.skipped;
}

// Half a minute where nothing else runs.
const testMs = 240_000;

test(
  'a run of 6,000 cells that is killed goes on: none is lost, and none is paid for twice',
  async () => {
    const dataDir = await newDataDir();
    const first = await start(dataDir);
    const evaluation = await prepare(first.client);
    const { id } = await first.client.evaluations.run(evaluation);
    await expect.poll(() => upstream.calls.length, { timeout: 120_000 }).toBeGreaterThan(rows / 3);
    await first.pictor.kill();
    const paidBefore = upstream.calls.length;
    expect(paidBefore).toBeLessThan(rows);

    const { client, pictor } = await start(dataDir);
    const run = await client.evaluations.runs.wait(id);
    expect(run.status).toBe('completed');
    expect(countCells(run)).toBe(rows * 6);
    // What was cut off in the middle may have been paid: nobody pays again without being asked.
    const { data: cut, total } = await client.evaluations.runs.rows(id, { status: 'failed' });
    for (const row of cut) {
      expect(row.cells[0]).toMatchObject({ status: 'failed', error: { code: 'interrupted' } });
    }
    expect(total).toBeLessThanOrEqual(atOnce);
    expect([...countPaid().values()].filter((times) => times > 1)).toEqual([]);
    expect(countPaid().size).toBe(rows);

    await client.evaluations.runs.rerun(id, { only: 'failed' });
    const whole = await client.evaluations.runs.wait(id);
    expect(whole.progress).toMatchObject({ rows, cells: rows * 6, done: rows * 6, failed: 0, skipped: 0 });
    expect(whole).toMatchObject({ score: 1, verdict: 'pass', verdicts: { pass: rows } });
    expect(whole.cost_nano_usd).toBeGreaterThan(0);
    expect(upstream.calls.length).toBe(rows + total);

    const page = await client.evaluations.runs.rows(id, { limit: 200, offset: 800 });
    expect(page.data).toHaveLength(200);
    expect(page.data.at(-1)).toMatchObject({ position: 999, values: { word: 'tile 999' }, verdict: 'pass' });
    expect(JSON.stringify(page).length).toBeLessThan(2_000_000);
    await pictor.stop();
  },
  testMs,
);
