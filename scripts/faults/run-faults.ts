import { parseArgs } from 'node:util';
import type { FaultReport } from '../../server/tests/support/faults/fault-plan.ts';
import { runFaults } from '../../server/tests/support/faults/run-faults.ts';
import { removeDataDirs } from '../../server/tests/support/start-pictor.ts';
import { startPostgres } from '../../server/tests/support/start-postgres.ts';

const { values } = parseArgs({
  options: {
    generations: { type: 'string', default: '500' },
    edits: { type: 'string', default: '500' },
    kills: { type: 'string', default: '15' },
    seed: { type: 'string', default: '1' },
    postgres: { type: 'boolean', default: false },
  },
});

await run();

async function run(): Promise<void> {
  const postgres = values.postgres ? await startPostgres() : undefined;
  const startMs = performance.now();
  try {
    const report = await runFaults({
      generations: Number(values.generations),
      edits: Number(values.edits),
      seed: Number(values.seed),
      lanes: 24,
      engineMs: [100, 1_500],
      cutShare: 0.35,
      deathShare: 0.2,
      serverKills: Number(values.kills),
      serverLifeMs: [500, 6_000],
      ...(postgres === undefined ? {} : { databaseUrl: postgres.url }),
    });
    print(report, (performance.now() - startMs) / 1000);
    process.exitCode = isGood(report) ? 0 : 1;
  } finally {
    await postgres?.stop();
    await removeDataDirs();
  }
}

function print(report: FaultReport, seconds: number): void {
  const lines: readonly (readonly [string, string | number])[] = [
    ['database', values.postgres ? 'PostgreSQL' : 'embedded'],
    ['pictures wanted', report.intents],
    ['answered', report.answered],
    ['connections cut', report.cuts],
    ['clients killed', report.clientDeaths],
    ['server killed', report.serverDeaths],
    ['engine calls', report.engineCalls],
    ['answers taken up by a retry', report.answersTakenUp],
    ['outcome unknowable (killed while the engine ran)', report.unknowableIntents],
    ['… and their callers told so', report.interruptionsReported],
    ['engine calls per picture, outcome knowable', report.callsPerIntent.toFixed(3)],
    ['paid twice', report.paidTwice.length],
    [
      'answers given again by id, byte for byte',
      `${report.answered - report.lostAnswers.length} of ${report.answered}`,
    ],
    ['stored pictures that are not the engine’s bytes', report.wrongPictures.length],
    ['rows without an end', report.rowsWithoutEnd.length],
    ['rows', JSON.stringify(report.rows)],
    ['seconds', seconds.toFixed(0)],
  ];
  for (const [name, value] of lines) console.log(`${name.padEnd(52)}${value}`);
  for (const prompt of report.paidTwice) console.log(`paid twice: ${prompt}`);
  for (const answer of report.lostAnswers) console.log(`lost: ${answer}`);
}

function isGood(report: FaultReport): boolean {
  const { intents, answered, callsPerIntent } = report;
  const faults = [report.paidTwice, report.lostAnswers, report.wrongPictures, report.rowsWithoutEnd];
  return answered === intents && callsPerIntent === 1 && faults.every((fault) => fault.length === 0);
}
