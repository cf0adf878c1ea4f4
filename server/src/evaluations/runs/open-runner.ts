import { setTimeout as wait } from 'node:timers/promises';
import { askDatabase } from '../../database/index.ts';
import { PictorError, withinMs } from '../../foundation/index.ts';
import type { Jobs } from '../../jobs/index.ts';
import { type Activity, openActivity } from './open-activity.ts';
import { type RunAllParts, runAll } from './run-all.ts';
import { listOpenRuns, requeueRun, updateRun } from './run-queries.ts';

/** Does runs in the background, those of an earlier process as well. */
export type Runner = {
  /** Takes up what an earlier process left. Returns at once. */
  readonly start: () => void;
  /** The run has something to do. Never throws: what cannot be noted now is found at the next start. */
  readonly wake: (runId: string) => void;
  /** Begins nothing more of it. */
  readonly cancel: (runId: string) => void;
  /** Null: nothing of it runs here. */
  readonly activity: (runId: string) => Activity | null;
  /** Begins nothing more, and waits for what is being written. */
  readonly close: () => Promise<void>;
};

type Active = {
  readonly activity: Activity;
  readonly cancelled: AbortController;
  readonly done: Promise<void>;
};

const queue = 'evaluation-runs';
/** A job holds a place in its queue; a long run is handed on to another one. */
const holdMs = 60_000;
const retryMs = 2_000;

export function openRunner(parts: RunAllParts & { readonly jobs: Jobs }): Runner {
  const stopping = new AbortController();
  const active = new Map<string, Active>();
  /** Runs that were woken since they last began. */
  const again = new Set<string>();
  let noting: Promise<void> = Promise.resolve();
  let working: Promise<void> | null = null;

  const runUntilDone = async (runId: string, control: Parameters<typeof runAll>[2]): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        if (again.delete(runId)) await askDatabase(requeueRun(parts.database.sql, runId));
        await runAll(parts, runId, control);
        if (!again.has(runId)) return;
      } catch (error) {
        if (stopping.signal.aborted) return;
        if (!isPassing(error)) return await giveUp(runId, error);
        parts.log.warn({ err: error, run: runId }, 'an evaluation waits for the database');
        await wait(retryMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  };
  const giveUp = async (runId: string, error: unknown): Promise<void> => {
    parts.log.error({ err: error, run: runId }, 'an evaluation failed');
    const reason = error instanceof PictorError ? error.message : 'Pictor failed; its log says more.';
    const change = { status: 'failed' as const, reason, finishedAt: new Date() };
    await askDatabase(updateRun(parts.database.sql, runId, change, ['queued', 'running'])).catch(
      () => undefined,
    );
  };
  const end = (runId: string): void => {
    active.delete(runId);
    // It was woken in the moment of its end.
    if (again.has(runId)) begin(runId);
  };
  const begin = (runId: string): Active => {
    const known = active.get(runId);
    if (known !== undefined) return known;
    const activity = openActivity();
    const cancelled = new AbortController();
    const done = runUntilDone(runId, {
      activity,
      cancelled: cancelled.signal,
      isWoken: () => again.has(runId),
      stopping: stopping.signal,
    });
    const begun = { activity, cancelled, done: done.finally(() => end(runId)) };
    active.set(runId, begun);
    return begun;
  };
  const work = async (data: unknown, signal: AbortSignal): Promise<void> => {
    const runId = readJob(data);
    if (runId === null || stopping.signal.aborted) return;
    const known = begin(runId);
    await withinMs(Promise.race([known.done, aborted(signal)]), holdMs);
    // Rejecting leaves the job to the next start.
    signal.throwIfAborted();
    stopping.signal.throwIfAborted();
    if (active.has(runId)) await parts.jobs.send(queue, { data: { runId } });
  };
  const note = (runId: string): void => {
    noting = noting
      .then(async () => {
        if (stopping.signal.aborted) return;
        working ??= parts.jobs.work(queue, work);
        await working;
        await parts.jobs.send(queue, { data: { runId } });
      })
      .catch((error: unknown) => {
        working = null;
        if (!stopping.signal.aborted) parts.log.warn({ err: error }, 'an evaluation has no job yet');
      });
  };
  const wake = (runId: string): void => {
    if (stopping.signal.aborted) return;
    // Whether it is about to end or has just ended: something of it is to be looked at again.
    again.add(runId);
    // It begins here at once; the job is for the case that this process does not see its end.
    begin(runId);
    note(runId);
  };
  return {
    start: () => {
      noting = noting.then(async () => {
        for (const runId of await listOpenRuns(parts.database.sql)) wake(runId);
      });
      noting = noting.catch((error: unknown) => {
        parts.log.warn({ err: error }, 'evaluations of an earlier start wait for the next one');
      });
    },
    wake,
    cancel: (runId) => active.get(runId)?.cancelled.abort(),
    activity: (runId) => active.get(runId)?.activity ?? null,
    close: async () => {
      stopping.abort();
      await noting;
      await Promise.all([...active.values()].map(({ done }) => done));
    },
  };
}

function isPassing(error: unknown): boolean {
  return error instanceof PictorError && error.code === 'database_unavailable';
}

function readJob(data: unknown): string | null {
  if (typeof data !== 'object' || data === null || !('runId' in data)) return null;
  return typeof data.runId === 'string' ? data.runId : null;
}

async function aborted(signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
