import { writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { measureCommits } from './measure-commits.ts';
import { measureLight } from './measure-light.ts';
import { measureMemory } from './measure-memory.ts';
import { checkAnswer, measureRound, type Round } from './measure-round.ts';
import { listScenarios, pictureBytesOf, type Scenario } from './scenarios.ts';
import { type Bench, startTargets, type Target } from './start-targets.ts';
import { type Cell, summarise } from './summarise.ts';
import { writeReport } from './write-report.ts';

const { values: options } = parseArgs({
  options: {
    /** Only the middle of everything, in about a minute. */
    quick: { type: 'boolean', default: false },
    /** Part of the names of scenarios, such as `2 MB JSON`. */
    only: { type: 'string', default: '' },
    callers: { type: 'string', default: '' },
    /** Names of targets, separated by commas. */
    targets: { type: 'string', default: '' },
    'round-ms': { type: 'string', default: '1200' },
    rounds: { type: 'string', default: '3' },
    /** Folder for Markdown and plot; without it they are only printed. */
    out: { type: 'string', default: '' },
    /** Where Pictor's data folder is made. */
    data: { type: 'string' },
    profile: { type: 'string' },
  },
});

/** A target that takes so much longer than its time is measured once: it has shown what it can. */
const patience = 4;

const warmUpMs = 4000;

/** Time for background work of one target to end before the next one is measured. */
const settleMs = 200;

const bench = await startTargets(options.data);
try {
  await warmUp(bench);
  const cells = await measureAll(bench);
  const isWhole = options.only === '' && !options.quick;
  const light = isWhole ? await measureLight(bench) : [];
  const memory = isWhole ? await measureMemory(bench) : null;
  await bench.close();
  const commits = isWhole ? await measureCommits(options.data) : [];
  const report = writeReport({ cells, light, memory, commits });
  process.stdout.write(`\n${report.markdown}\n`);
  if (options.out !== '') {
    writeFileSync(`${options.out}/benchmarks.md`, report.markdown);
    writeFileSync(`${options.out}/benchmarks.svg`, report.plot);
  }
} finally {
  await bench.close();
}

/** The first seconds of a process are spent on compiling what runs often. */
async function warmUp(running: Bench): Promise<void> {
  const scenario = {
    name: 'warm-up',
    kind: 'generation',
    stream: false,
    answerBytes: 200_000,
    callers: 16,
  } as const;
  const pictureBytes = pictureBytesOf(scenario.answerBytes);
  await running.setAnswer({ pictureBytes, stream: false, parts: 1, pauseMs: 0 });
  for (const target of wantedOf(running)) await measureRound(target, scenario, warmUpMs);
  running.emptyStore();
}

async function measureAll(running: Bench): Promise<Cell[]> {
  const cells: Cell[] = [];
  for (const scenario of listScenarios().filter(isWanted)) {
    for (const cell of await measureScenario(running, scenario)) {
      cells.push(cell);
      process.stdout.write(
        `${cell.scenario.name.padEnd(10)} ${String(scenario.callers).padStart(2)} ${cell.target.padEnd(8)} ${cell.perSecond.toFixed(1).padStart(8)}/s  p50 ${cell.p50Ms.toFixed(1)}  p99 ${cell.p99Ms.toFixed(1)} ms  ${cell.cpuMsPerRequest.toFixed(2)} ms CPU  peak ${cell.peakMegabytes.toFixed(0)} MB${cell.loopP99Ms === null ? '' : `  loop p99 ${cell.loopP99Ms.toFixed(1)} ms`}${cell.failed > 0 ? `  ${cell.failed} failed` : ''}\n`,
      );
    }
    running.emptyStore();
  }
  return cells;
}

function wantedOf({ targets }: Bench): readonly Target[] {
  return targets.filter(({ name }) => options.targets === '' || options.targets.split(',').includes(name));
}

function isWanted(scenario: Scenario): boolean {
  if (!scenario.name.includes(options.only)) return false;
  if (options.callers !== '' && !options.callers.split(',').includes(String(scenario.callers))) return false;
  return !options.quick || (scenario.callers === 16 && scenario.answerBytes < 10_000_000);
}

/** Others may be unable to do what the wire asks for, which is said and left out. */
async function canAnswer(target: Target, scenario: Scenario, pictureBytes: number): Promise<boolean> {
  try {
    await checkAnswer(target, scenario, pictureBytes);
    return true;
  } catch (error) {
    if (target.name === 'Pictor' || target.name === 'direct') throw error;
    process.stdout.write(`${String(error)}\n`);
    return false;
  }
}

/** The targets take turns, so that whatever else the machine does meets all of them. */
async function measureScenario(running: Bench, scenario: Scenario): Promise<Cell[]> {
  const pictureBytes = pictureBytesOf(scenario.answerBytes);
  await running.setAnswer({ pictureBytes, stream: scenario.stream, parts: 1, pauseMs: 0 });
  const targets: Target[] = [];
  for (const target of wantedOf(running)) {
    if (await canAnswer(target, scenario, pictureBytes)) targets.push(target);
  }
  const rounds = new Map<Target, Round[]>(targets.map((target) => [target, []]));
  await running.readLoop('reset');
  for (let round = 0; round < Number(options.rounds); round += 1) {
    for (const target of targets) {
      const done = rounds.get(target) ?? [];
      const forMs = Number(options['round-ms']);
      if ((done[0]?.seconds ?? 0) * 1000 > forMs * patience) continue;
      done.push(await measureRound(target, scenario, forMs));
      await wait(settleMs);
    }
  }
  const loop = await running.readLoop('read');
  return targets.map((target) =>
    summarise(target.name, scenario, rounds.get(target) ?? [], target.name === 'Pictor' ? loop : null),
  );
}
