import { afterAll, expect, test } from 'vitest';
import type { FaultPlan } from './support/faults/fault-plan.ts';
import { runFaults } from './support/faults/run-faults.ts';
import { removeDataDirs } from './support/start-pictor.ts';
import { startPostgres } from './support/start-postgres.ts';

afterAll(removeDataDirs);

const plan: FaultPlan = {
  generations: 20,
  edits: 10,
  seed: 7,
  lanes: 8,
  engineMs: [100, 900],
  cutShare: 0.5,
  deathShare: 0.3,
  serverKills: 2,
  serverLifeMs: [600, 1_500],
};

async function expectNothingLost(tried: FaultPlan): Promise<void> {
  const report = await runFaults(tried);
  expect(report).toMatchObject({
    intents: 30,
    answered: 30,
    callsPerIntent: 1,
    paidTwice: [],
    lostAnswers: [],
    wrongPictures: [],
    rowsWithoutEnd: [],
  });
  expect(report.rows.succeeded).toBe(30);
  expect(report.serverDeaths).toBeGreaterThan(1);
}

test('cut, killed and restarted, nothing is lost and nothing paid twice: embedded database', async () => {
  await expectNothingLost(plan);
}, 120_000);

test('cut, killed and restarted, nothing is lost and nothing paid twice: PostgreSQL', async () => {
  const postgres = await startPostgres();
  try {
    await expectNothingLost({ ...plan, seed: 8, databaseUrl: postgres.url });
  } finally {
    await postgres.stop();
  }
}, 120_000);
