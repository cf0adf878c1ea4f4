import { type Scenario, writeRequest } from './scenarios.ts';
import { openRawCaller, type RawAnswer } from './send-request.ts';
import type { Target } from './start-targets.ts';
import { readUsage, resetPeak } from './watch-process.ts';

/** What one target did in one stretch of time. */
export type Round = {
  readonly seconds: number;
  readonly answers: readonly Pick<RawAnswer, 'totalMs' | 'firstMs'>[];
  readonly failed: number;
  readonly byteCount: number;
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
};

/**
 * So many callers, each of whom sends its next request as soon as it has its answer. Nothing is begun after the time is
 * up, and what runs then is waited for: it counts, and so does the time that it took.
 */
export async function measureRound(target: Target, scenario: Scenario, forMs: number): Promise<Round> {
  resetPeak(target.pid);
  const before = readUsage(target.pid);
  const startMs = performance.now();
  const answers: RawAnswer[] = [];
  let failed = 0;
  const work = async (): Promise<void> => {
    const caller = openRawCaller(target.port);
    do {
      try {
        const answer = await caller.send(writeRequest(target, scenario));
        if (answer.status === 200) answers.push(answer);
        else failed += 1;
      } catch {
        failed += 1;
      }
    } while (performance.now() - startMs < forMs);
    caller.close();
  };
  await Promise.all(Array.from({ length: scenario.callers }, work));
  const seconds = (performance.now() - startMs) / 1000;
  const after = readUsage(target.pid);
  return {
    seconds,
    answers,
    failed,
    byteCount: answers.reduce((sum, answer) => sum + answer.byteCount, 0),
    cpuSeconds: after.cpuSeconds - before.cpuSeconds,
    peakMegabytes: after.peakMegabytes,
  };
}

/** One call whose answer is read and looked at: a fast answer that lost its picture is no answer. */
export async function checkAnswer(target: Target, scenario: Scenario, pictureBytes: number): Promise<void> {
  const caller = openRawCaller(target.port);
  const answer = await caller.send(writeRequest(target, scenario), true);
  caller.close();
  // Chunked bodies have their lengths between the pieces.
  const text = answer.text.replaceAll(/\r\n[0-9a-f]+\r\n/g, '');
  const lengths = [...text.matchAll(/"b64_json": ?"([^"]*)"/g)].map((match) => match[1]?.length ?? 0);
  if (answer.status === 200 && lengths.includes((pictureBytes / 3) * 4)) return;
  throw new Error(
    `${target.name} answered ${scenario.name} with ${answer.status} and ${lengths.join(', ')} characters: ${text.slice(0, 300)}`,
  );
}
