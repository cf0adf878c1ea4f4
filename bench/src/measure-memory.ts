import { measureRound } from './measure-round.ts';
import { pictureBytesOf } from './scenarios.ts';
import type { Bench } from './start-targets.ts';
import { residentMegabytes } from './watch-process.ts';

export type MemoryGrowth = {
  readonly beforeMegabytes: number;
  readonly peakMegabytes: number;
  readonly seconds: number;
  readonly answers: number;
  readonly loopP99Ms: number;
};

const callers = 64;
const answerBytes = 20_000_000;

/** So many answers of 20 MB at the same time, and what Pictor's process grew by meanwhile. */
export async function measureMemory(bench: Bench): Promise<MemoryGrowth | null> {
  const target = bench.targets.find(({ name }) => name === 'Pictor');
  if (target === undefined) return null;
  const scenario = { name: '20 MB JSON', kind: 'generation', stream: false, answerBytes, callers } as const;
  await bench.setAnswer({ pictureBytes: pictureBytesOf(answerBytes), stream: false, parts: 1, pauseMs: 0 });
  const beforeMegabytes = residentMegabytes(target.pid);
  await bench.readLoop('reset');
  const round = await measureRound(target, scenario, 0);
  const loop = await bench.readLoop('read');
  bench.emptyStore();
  return {
    beforeMegabytes,
    peakMegabytes: round.peakMegabytes,
    seconds: round.seconds,
    answers: round.answers.length,
    loopP99Ms: loop.p99Ms,
  };
}
