import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { CheckFailure, type Checks, openChecks } from '../server/src/checks/index.ts';
import type { BenchCase } from './bench/checks/bench-case.ts';
import { countCases } from './bench/checks/count-cases.ts';
import { editCases } from './bench/checks/edit-cases.ts';
import { fileCases } from './bench/checks/file-cases.ts';
import { blankCases, sharpnessCases, transparencyCases } from './bench/checks/ground-cases.ts';
import { letteringCases } from './bench/checks/lettering-cases.ts';
import { openStudio } from './bench/checks/open-studio.ts';
import { duplicateCases, referenceCases } from './bench/checks/twin-cases.ts';

/** Of faults that are found, and of sound pictures that are taken for faulty. */
const goals = { recall: 0.95, falseAlarms: 0.02 };

const makers = {
  lettering: letteringCases,
  counts: countCases,
  edits: editCases,
  transparency: transparencyCases,
  blank: blankCases,
  sharpness: sharpnessCases,
  duplicates: duplicateCases,
  references: referenceCases,
  files: fileCases,
} as const;

type Outcome = {
  readonly case: BenchCase;
  readonly passed: boolean | null;
  readonly value: unknown;
  readonly ms: number;
};

/** Prints how well each check tells faults from sound pictures. Arguments: names of groups, and the first seed (0). */
const wanted = process.argv.slice(2).filter((word) => !/^\d+$/.test(word));
const firstSeed = Number(process.argv.slice(2).find((word) => /^\d+$/.test(word)) ?? 0);
const folder = await mkdtemp(join(tmpdir(), 'pictor-checks-'));
const studio = await openStudio(folder, firstSeed);
const checks = openChecks({ processes: availableParallelism() });
try {
  const cases: BenchCase[] = [];
  for (const [name, make] of Object.entries(makers)) {
    if (wanted.length === 0 || wanted.includes(name)) cases.push(...(await make(studio)));
  }
  console.log(`${studio.drawn()} pictures drawn, ${cases.length} checks of them and their copies\n`);
  const outcomes = await Promise.all(cases.map((one) => judge(checks, one)));
  printTable(outcomes);
  printMistakes(outcomes);
  console.log(
    `\n${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model.trim()} × ${availableParallelism()}`,
  );
} finally {
  await checks.close();
  await studio.close();
  await rm(folder, { recursive: true, force: true });
}

async function judge(open: Checks, one: BenchCase): Promise<Outcome> {
  const begun = performance.now();
  try {
    const { passed, value } = await open.run(one.check, one.inputs, one.options);
    return { case: one, passed, value, ms: performance.now() - begun };
  } catch (error) {
    if (!(error instanceof CheckFailure)) throw error;
    return {
      case: one,
      passed: null,
      value: `${error.reason}: ${error.message}`,
      ms: performance.now() - begun,
    };
  }
}

function printTable(outcomes: readonly Outcome[]): void {
  console.log('| check | faults | found | recall | sound | false alarms | share |');
  console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: |');
  for (const [name, group] of Map.groupBy(outcomes, (outcome) => outcome.case.check)) {
    const faulty = group.filter((outcome) => outcome.case.isFaulty);
    const sound = group.filter((outcome) => !outcome.case.isFaulty);
    const found = faulty.filter(({ passed }) => passed === false).length;
    const alarms = sound.filter(({ passed }) => passed !== true).length;
    const recall = found / faulty.length;
    const share = alarms / sound.length;
    if (recall < goals.recall || share > goals.falseAlarms) process.exitCode = 1;
    const percent = (part: number) => `${(part * 100).toFixed(1)} %`;
    console.log(
      `| ${name} | ${faulty.length} | ${found} | ${percent(recall)} | ${sound.length} | ${alarms} | ${percent(share)} |`,
    );
  }
}

function printMistakes(outcomes: readonly Outcome[]): void {
  const wrong = outcomes.filter(({ case: one, passed }) => passed !== !one.isFaulty);
  if (wrong.length > 0) console.log('\nMistakes:');
  for (const { case: one, value } of wrong) {
    console.log(
      `- ${one.check}, ${one.isFaulty ? 'missed' : 'false alarm'}: ${one.what} (${JSON.stringify(value)})`,
    );
  }
}
