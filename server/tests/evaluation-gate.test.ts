import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConflictError, Pictor as PictorClient } from '@pictor/sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newDataDir, type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';

const program = join(fileURLToPath(new URL('../../', import.meta.url)), 'cli/bin/pictor.mjs');

let pictor: Pictor;
let client: PictorClient;
let folder: string;

beforeAll(async () => {
  pictor = await startPictor({ env: { PICTOR_SKETCH_DELAY_MS: '0' } });
  client = new PictorClient({ baseUrl: pictor.url, apiKey: pictor.key });
  folder = await newDataDir();
});
afterAll(async () => {
  await pictor.stop();
  await removeDataDirs();
});

async function type(...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { PATH: process.env.PATH ?? '', PICTOR_URL: pictor.url, PICTOR_API_KEY: pictor.key };
  return await new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], { cwd: folder, env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

/** A version of the prompt whose pictures are so large. */
function card(size: string) {
  return {
    template: {
      type: 'completion' as const,
      content: [{ type: 'text' as const, text: 'A card: {subject}' }],
    },
    model: { provider: 'sketch', name: 'sketch-1', api_type: 'images' as const, parameters: { size } },
  };
}

async function refusalOf(work: Promise<unknown>): Promise<ConflictError> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ConflictError);
  return error as ConflictError;
}

test('a label moves only to versions that passed, and the command line says which did not', async () => {
  await client.prompts.create({ name: 'card', ...card('512x512') });
  const dataset = await client.datasets.create({ name: 'Cards' });
  await client.datasets.addRows(dataset.id, [{ subject: 'a "red" <otter>' }, { subject: 'a fox' }]);
  await client.datasets.publish(dataset.id);
  const evaluation = await client.evaluations.create({
    name: 'Cards',
    dataset: dataset.id,
    columns: [
      { name: 'picture', type: 'prompt_template', config: { prompt: 'card' } },
      { name: 'width', type: 'check', config: { check: 'width', image: '{picture}', expected: '512' } },
    ],
  });
  const gate = await client.evaluations.addGate('Cards', { prompt: 'card', labels: ['live'] });
  expect(gate.judges).toEqual([]);

  // Version 1 came before the gate.
  const early = await refusalOf(client.prompts.setLabel('card', 'live', { version: 1 }));
  expect(early).toMatchObject({ code: 'label_gated', status: 409 });
  expect(early.message).toContain('Version 1 has not been evaluated');
  // A part of the rows proves nothing.
  expect((await type('evaluate', 'Cards', '--prompt', 'card@1', '--rows', '1')).code).toBe(0);
  await refusalOf(client.prompts.setLabel('card', 'live', { version: 1 }));
  const passed = await type('evaluate', 'Cards', '--prompt', 'card@1', '--junit', 'first.xml');
  expect(passed).toMatchObject({ code: 0 });
  expect(passed.stdout).toMatch(/width\s+100\.0 %\s+pass/);
  expect(await readFile(join(folder, 'first.xml'), 'utf8')).toContain(
    'tests="2" failures="0" errors="0" skipped="0"',
  );
  expect(await client.prompts.setLabel('card', 'live', { version: 1 })).toMatchObject({ version: 1 });

  // A new version runs by itself; it is too small.
  await client.prompts.addVersion('card', card('256x256'));
  const [begun] = (await client.evaluations.listRuns('Cards')).data;
  expect(begun).toMatchObject({ trigger: 'gate', prompt: { version: 2 } });
  const run = await client.evaluations.runs.wait(begun?.id ?? '');
  expect(run).toMatchObject({ status: 'completed', verdict: 'fail', verdicts: { fail: 2 } });
  expect(run.columns[0]).toMatchObject({ config: { version: 2 } });
  for (const move of [
    client.prompts.setLabel('card', 'live', { version: 2, confirm: true }),
    client.prompts.setLabel('card', 'live', {
      version: 1,
      split: {
        shares: [
          { version: 1, percent: 90 },
          { version: 2, percent: 10 },
        ],
      },
    }),
    client.prompts.addVersion('card', { ...card('512x512'), labels: ['live'] }),
  ]) {
    expect((await refusalOf(move)).code).toBe('label_gated');
  }
  expect((await client.prompts.versions('card')).data).toHaveLength(2);
  expect(await client.prompts.setLabel('card', 'draft', { version: 2 })).toMatchObject({ version: 2 });

  const failed = await type('evaluate', evaluation.id, '-p', 'card@draft', '--junit', 'second.xml');
  expect(failed.code).toBe(1);
  expect(failed.stdout).toMatch(/1\s+fail\s+0\.0 %\s+width 0\.0 %/);
  const report = await readFile(join(folder, 'second.xml'), 'utf8');
  expect(report).toContain('failures="2"');
  expect(report).toContain('row 1: a &quot;red&quot; &lt;otter&gt;');
  expect((await type('evaluate', 'Nothing of the kind')).code).toBe(66);

  // What changed: both rows, by all of their score.
  const [second, , first] = (await client.evaluations.listRuns('Cards', { limit: 3 })).data;
  const compared = await client.evaluations.runs.compare(second?.id ?? '', first?.id ?? '');
  expect(compared).toMatchObject({
    overall: { before: 1, after: 0, difference: -1, interval: [-1, -1], rows: 2 },
    worse: 2,
    better: 0,
  });

  await client.evaluations.removeGate('Cards', gate.id);
  expect(await client.prompts.setLabel('card', 'live', { version: 2 })).toMatchObject({ version: 2 });
}, 240_000);

test('a judge that nobody compared with people decides only where it is accepted by name', async () => {
  const dataset = await client.datasets.create({ name: 'Judged' });
  await client.datasets.addRows(dataset.id, [{ subject: 'a fox' }, { subject: 'a hen' }]);
  await client.datasets.publish(dataset.id);
  await client.evaluations.create({
    name: 'Judged',
    dataset: dataset.id,
    columns: [
      { name: 'picture', type: 'prompt_template', config: { prompt: 'card' } },
      { name: 'liked', type: 'human', config: { rating: 'thumbs', images: ['{picture}'] } },
      {
        name: 'is it',
        type: 'llm_assertion',
        config: { images: ['{picture}'], statements: ['It shows {subject}'] },
      },
    ],
  });
  const run = await client.evaluations.runs.wait((await client.evaluations.run('Judged')).id);
  expect(run).toMatchObject({ status: 'waiting', progress: { waiting: 2, failed: 2 }, verdict: 'error' });
  const { data } = await client.evaluations.runs.rows(run.id);
  expect(data[0]?.cells[2]).toMatchObject({ status: 'failed', error: { code: 'judge_unavailable' } });

  const { data: tasks, left } = await client.evaluations.runs.ratingTasks(run.id, { rater: 'ann' });
  expect(left).toBe(2);
  expect(JSON.stringify(tasks)).not.toContain('sketch');
  for (const { column, row } of tasks) {
    await client.evaluations.runs.rate(run.id, { row, column, value: true, rater: 'ann' });
  }
  expect(await client.evaluations.runs.get(run.id)).toMatchObject({ status: 'completed' });
  expect((await client.evaluations.runs.agreement(run.id)).data).toEqual([
    { judge: 'is it', human: 'liked', rows: 0, agreement: null, kappa: null, interval: null },
  ]);

  const refused = await refusalOf(client.evaluations.addGate('Judged', { prompt: 'card' }));
  expect(refused.code).toBe('judge_unproven');
  expect(refused.message).toContain("'is it' was not compared with people");
  const gate = await client.evaluations.addGate('Judged', { prompt: 'card', accept_judges: ['is it'] });
  expect(gate.judges).toHaveLength(1);
}, 120_000);
