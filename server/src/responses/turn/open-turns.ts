import type { TurnRun } from './run-turn.ts';

/** How long a finished turn stays at hand. */
const keepMs = 5 * 60_000;

/** The turns that this process runs, or ran a moment ago. */
export type Turns = {
  readonly add: (run: TurnRun) => void;
  /** Null: not here, or another project's. The rows may know more. */
  readonly find: (projectId: string, id: string) => TurnRun | null;
  readonly remove: (id: string) => void;
  /** Resolves when no turn runs any more. */
  readonly idle: () => Promise<void>;
};

export function openTurns(): Turns {
  const runs = new Map<string, TurnRun>();
  const running = new Set<Promise<unknown>>();
  return {
    add: (run) => {
      runs.set(run.id, run);
      running.add(run.done);
      void run.done.then(() => {
        running.delete(run.done);
        setTimeout(() => runs.delete(run.id), keepMs).unref();
      });
    },
    find: (projectId, id) => {
      const run = runs.get(id);
      return run?.projectId === projectId ? run : null;
    },
    remove: (id) => {
      runs.delete(id);
    },
    idle: async () => {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
