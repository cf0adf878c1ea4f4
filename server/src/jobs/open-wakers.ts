/** Later jobs are found by polling anyway. */
const farthestMs = 10 * 60_000;
/** A timer may fire a moment early, and the job would not be due yet. */
const slackMs = 20;

/** Tells the workers of this process when there is something to do, so that they need not wait for their next poll. */
export type Wakers = {
  readonly add: (queue: string, wake: () => void) => void;
  /** Wakes the queue's workers when a job is due. Absent: now. */
  readonly wake: (queue: string, dueAt?: Date) => void;
  readonly close: () => void;
};

export function openWakers(): Wakers {
  const wakers = new Map<string, (() => void)[]>();
  const timers = new Set<NodeJS.Timeout>();
  const wakeNow = (queue: string): void => {
    for (const wake of wakers.get(queue) ?? []) wake();
  };
  return {
    add: (queue, wake) => {
      wakers.set(queue, [...(wakers.get(queue) ?? []), wake]);
    },
    wake: (queue, dueAt) => {
      const waitMs = (dueAt?.getTime() ?? 0) - Date.now();
      if (waitMs <= 0) return wakeNow(queue);
      if (waitMs > farthestMs) return;
      const timer = setTimeout(() => {
        timers.delete(timer);
        wakeNow(queue);
      }, waitMs + slackMs).unref();
      timers.add(timer);
    },
    close: () => {
      wakers.clear();
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
