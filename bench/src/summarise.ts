import type { Round } from './measure-round.ts';
import type { Scenario } from './scenarios.ts';
import type { LoopDelay, Target } from './start-targets.ts';

/** One target in one scenario, over all of its rounds. */
export type Cell = {
  readonly target: Target['name'];
  readonly scenario: Scenario;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly cpuMsPerRequest: number;
  readonly cpuSecondsPerGigabyte: number;
  readonly peakMegabytes: number;
  readonly failed: number;
  /** Only of Pictor. */
  readonly loopP99Ms: number | null;
};

export function summarise(
  target: Target['name'],
  scenario: Scenario,
  rounds: readonly Round[],
  loop: LoopDelay | null,
): Cell {
  const sum = (pick: (round: Round) => number): number =>
    rounds.reduce((total, round) => total + pick(round), 0);
  const times = rounds.flatMap((round) => round.answers.map((answer) => answer.totalMs));
  const count = Math.max(1, times.length);
  return {
    target,
    scenario,
    perSecond: times.length / sum((round) => round.seconds),
    p50Ms: percentile(times, 50),
    p99Ms: percentile(times, 99),
    cpuMsPerRequest: (sum((round) => round.cpuSeconds) * 1000) / count,
    cpuSecondsPerGigabyte: sum((round) => round.cpuSeconds) / (sum((round) => round.byteCount) / 1e9),
    peakMegabytes: Math.max(...rounds.map((round) => round.peakMegabytes)),
    failed: sum((round) => round.failed),
    loopP99Ms: loop?.p99Ms ?? null,
  };
}

/** The value that so many percent do not exceed. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil((sorted.length * percent) / 100) - 1)] ?? 0;
}
