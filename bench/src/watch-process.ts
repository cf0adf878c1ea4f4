import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** What Linux counts of processes: their own, and those of their children. */
export type Usage = { readonly cpuSeconds: number; readonly peakMegabytes: number };

const ticksPerSecond = 100;

/** Forgets the most memory that the processes ever held, so that the next reading tells of what came since. */
export function resetPeak(pid: number): void {
  for (const each of withChildren(pid)) {
    try {
      writeFileSync(`/proc/${each}/clear_refs`, '5');
    } catch {
      // Needs a kernel that has it, and rights; without, the peak is that of the whole life.
    }
  }
}

export function readUsage(pid: number): Usage {
  const all = withChildren(pid);
  return {
    cpuSeconds: all.reduce((sum, each) => sum + readCpuSeconds(each), 0),
    peakMegabytes: all.reduce((sum, each) => sum + readMegabytes(each, 'VmHWM'), 0),
  };
}

export function residentMegabytes(pid: number): number {
  return withChildren(pid).reduce((sum, each) => sum + readMegabytes(each, 'VmRSS'), 0);
}

function withChildren(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    read(`/proc/${pid}/task/${thread}/children`)
      .trim()
      .split(' ')
      .filter((text) => text !== '')
      .map(Number),
  );
  return [pid, ...children.flatMap(withChildren)];
}

function readCpuSeconds(pid: number): number {
  // The name in parentheses may hold spaces; the fields behind it do not.
  const fields = read(`/proc/${pid}/stat`).split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / ticksPerSecond;
}

function readMegabytes(pid: number, field: string): number {
  const kilobytes = new RegExp(`${field}:\\s+(\\d+) kB`).exec(read(`/proc/${pid}/status`))?.[1];
  return Number(kilobytes ?? 0) / 1024;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
