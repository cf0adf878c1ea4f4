import { cpus, totalmem } from 'node:os';
import { drawPlot } from './draw-plot.ts';
import { listGoals } from './list-goals.ts';
import type { CommitCost } from './measure-commits.ts';
import type { LightLoad } from './measure-light.ts';
import type { MemoryGrowth } from './measure-memory.ts';
import type { Cell } from './summarise.ts';

/** Everything that one run found. */
export type Results = {
  readonly cells: readonly Cell[];
  readonly light: readonly LightLoad[];
  readonly memory: MemoryGrowth | null;
  readonly commits: readonly CommitCost[];
};

export type Report = { readonly markdown: string; readonly plot: string };

/** The tables and the plot of a run. */
export function writeReport(results: Results): Report {
  const markdown = [
    '# Benchmarks',
    'Written by `npm run bench`. All figures of this page are from one run on one machine; the targets took turns.',
    describeMachine(),
    '![Requests per second](benchmarks.svg)',
    '## Goals',
    writeTable(
      ['Goal', 'Reached', ''],
      listGoals(results).map(({ goal, reached, isMet }) => [goal, reached, isMet ? 'met' : '**missed**']),
    ),
    '## Throughput',
    'Each caller sends its next request as soon as it has its answer. Every picture differs. Pictor stores, hashes and logs each one; the others only pass on. CPU and memory are those of the target: of `direct`, the upstream itself.',
    writeTable(
      [
        'Answer',
        'Callers',
        'Target',
        'Per second',
        'p50 ms',
        'p99 ms',
        'CPU s per GB',
        'Peak MB',
        'Loop p99 ms',
        'Failed',
      ],
      results.cells.map(toCellRow),
    ),
    ...writeLight(results.light),
    ...writeMemory(results.memory),
    ...writeCommits(results.commits),
    '## How it is measured',
    method,
  ];
  return { markdown: `${markdown.join('\n\n')}\n`, plot: drawPlot(results.cells) };
}

const method = [
  'One upstream of its own process answers at once, in OpenAI’s form. Its pictures are PNGs of noise with fresh bytes behind their end.',
  'nginx runs as its packages set it up, with connections to the upstream kept open; Portkey is `@portkey-ai/gateway` 1.15.2; Pictor has its own settings, the embedded database and `PICTOR_FSYNC=group`.',
  'The client reads raw sockets. Prompts differ from call to call, as people’s do. A round begins nothing after its time and waits for what runs; a target that took four times its time is measured once.',
  'A target without a row answered calls of that kind with an error: that release of Portkey does so with streams and edits of the Images API, as they are sent here.',
  'The load, the upstream and the target share the machine’s processors, so ratios between targets tell more than the figures themselves.',
].join(' ');

function describeMachine(): string {
  const { model = 'unknown' } = cpus()[0] ?? {};
  const gigabytes = (totalmem() / 1024 ** 3).toFixed(0);
  return `${cpus().length} × ${model.trim()}, ${gigabytes} GB, ${process.platform}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}.`;
}

function toCellRow(cell: Cell): string[] {
  const { scenario } = cell;
  return [
    scenario.name,
    String(scenario.callers),
    cell.target,
    cell.perSecond.toFixed(cell.perSecond < 100 ? 1 : 0),
    cell.p50Ms.toFixed(1),
    cell.p99Ms.toFixed(1),
    cell.cpuSecondsPerGigabyte.toFixed(2),
    cell.peakMegabytes.toFixed(0),
    cell.loopP99Ms === null ? '' : cell.loopP99Ms.toFixed(1),
    cell.failed === 0 ? '' : String(cell.failed),
  ];
}

function writeLight(light: readonly LightLoad[]): string[] {
  if (light.length === 0) return [];
  const rows = light.map((each) => [
    each.name,
    each.target,
    each.firstMs.toFixed(1),
    each.totalMs.toFixed(1),
  ]);
  return [
    '## One caller at a time',
    'Medians. “First” is the first kilobyte of the body. “Over 0.4 s”: the upstream sends in 20 parts with pauses.',
    writeTable(['Answer', 'Target', 'First ms', 'Whole ms'], rows),
  ];
}

function writeMemory(memory: MemoryGrowth | null): string[] {
  if (memory === null) return [];
  const growth = memory.peakMegabytes - memory.beforeMegabytes;
  return [
    '## Memory',
    `${memory.answers} answers of 20 MB at the same time: Pictor grew from ${memory.beforeMegabytes.toFixed(0)} MB to ${memory.peakMegabytes.toFixed(0)} MB, by ${growth.toFixed(0)} MB, in ${memory.seconds.toFixed(1)} s; the event loop was late by ${memory.loopP99Ms.toFixed(1)} ms at p99.`,
  ];
}

function writeCommits(commits: readonly CommitCost[]): string[] {
  if (commits.length === 0) return [];
  const rows = commits.map((each) => [
    String(each.atOnce),
    each.openMs.toFixed(1),
    each.closeMs.toFixed(1),
    each.perSecond.toFixed(0),
  ]);
  return [
    '## The two commits',
    'What pay-once costs: the row that opens a request, and the one that closes it with its picture. Medians of the embedded database, on this machine’s disk, without any other work.',
    writeTable(['Requests at once', 'Opening ms', 'Closing ms', 'Requests per second'], rows),
  ];
}

function writeTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
