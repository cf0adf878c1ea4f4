import type { JobRun } from './job-run.ts';

/** How long a finished run stays at hand, so that a caller who lost the connection can take up its stream. */
const keepMs = 5 * 60_000;

/** The jobs that this process runs, or ran a moment ago. */
export type Runs = {
  readonly add: (projectId: string, run: JobRun) => void;
  /** Null: not here, or another project's. The row in the database may know more. */
  readonly find: (projectId: string, requestId: string) => JobRun | null;
  /** Lets go of runs that ended: what they made is gone. Their rows speak for them. */
  readonly forget: (requestIds: readonly string[]) => void;
  /** Resolves when no job runs any more. */
  readonly idle: () => Promise<void>;
};

export function openRuns(): Runs {
  const runs = new Map<string, { readonly projectId: string; readonly run: JobRun }>();
  const running = new Set<Promise<unknown>>();
  return {
    add: (projectId, run) => {
      runs.set(run.requestId, { projectId, run });
      running.add(run.done);
      void run.done.then(() => {
        running.delete(run.done);
        setTimeout(() => runs.delete(run.requestId), keepMs).unref();
      });
    },
    find: (projectId, requestId) => {
      const entry = runs.get(requestId);
      return entry?.projectId === projectId ? entry.run : null;
    },
    forget: (requestIds) => {
      for (const id of requestIds) runs.delete(id);
    },
    idle: async () => {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
