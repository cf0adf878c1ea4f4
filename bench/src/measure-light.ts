import { pictureBytesOf, writeRequest } from './scenarios.ts';
import { openRawCaller } from './send-request.ts';
import type { Bench } from './start-targets.ts';
import { percentile } from './summarise.ts';

/** What one caller waits for, who asks for one picture after the other. Medians in milliseconds. */
export type LightLoad = {
  readonly name: string;
  readonly target: string;
  readonly firstMs: number;
  readonly totalMs: number;
};

const cases = [
  { name: '2 kB JSON', answerBytes: 2_000, stream: false, parts: 1, pauseMs: 0, times: 60 },
  { name: '2 MB JSON', answerBytes: 2_000_000, stream: false, parts: 1, pauseMs: 0, times: 40 },
  { name: '2 MB SSE', answerBytes: 2_000_000, stream: true, parts: 1, pauseMs: 0, times: 40 },
  { name: '16 MB JSON', answerBytes: 16_000_000, stream: false, parts: 1, pauseMs: 0, times: 12 },
  { name: '2 MB JSON over 0.4 s', answerBytes: 2_000_000, stream: false, parts: 20, pauseMs: 20, times: 6 },
] as const;

/** The first kilobyte and the whole answer, by one caller, the targets in turn. */
export async function measureLight(bench: Bench): Promise<LightLoad[]> {
  const found: LightLoad[] = [];
  for (const each of cases) {
    const { parts, pauseMs, stream } = each;
    await bench.setAnswer({ pictureBytes: pictureBytesOf(each.answerBytes), stream, parts, pauseMs });
    const callers = bench.targets.map((target) => ({
      target,
      caller: openRawCaller(target.port),
      firstMs: [] as number[],
      totalMs: [] as number[],
    }));
    for (let time = 0; time < each.times; time += 1) {
      for (const { target, caller, firstMs, totalMs } of callers) {
        const answer = await caller.send(writeRequest(target, { kind: 'generation', stream }));
        if (answer.status !== 200) continue;
        firstMs.push(answer.firstMs);
        totalMs.push(answer.totalMs);
      }
    }
    for (const { target, caller, firstMs, totalMs } of callers) {
      caller.close();
      if (firstMs.length === 0) continue;
      found.push({
        name: each.name,
        target: target.name,
        firstMs: percentile(firstMs, 50),
        totalMs: percentile(totalMs, 50),
      });
    }
    bench.emptyStore();
  }
  return found;
}
