import type { TurnRun } from './run-turn.ts';

/** How long a finished turn stays at hand. */
const keepMs = 5 * 60_000;

/** How long a turn that its caller left waits for the caller's retry. */
const leftMs = 120_000;

/** The turns that this process runs, or ran a moment ago. */
export type Turns = {
  readonly add: (run: TurnRun) => void;
  /** Null: not here, or another project's. The rows may know more. */
  readonly find: (projectId: string, id: string) => TurnRun | null;
  readonly remove: (id: string) => void;
  /** Notes that the caller went away without its answer. `name` is equal for equal requests of one caller. */
  readonly leave: (name: string, run: TurnRun) => void;
  /** A turn that an equal request of the same caller left behind, once. Null: none. */
  readonly takeLeft: (name: string) => TurnRun | null;
  /** Resolves when no turn runs any more. */
  readonly idle: () => Promise<void>;
};

export function openTurns(): Turns {
  const runs = new Map<string, TurnRun>();
  const running = new Set<Promise<unknown>>();
  const left = new Map<string, TurnRun>();
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
    leave: (name, run) => {
      left.set(name, run);
      void run.done.then(({ failure }) => {
        const forget = (): void => {
          if (left.get(name) === run) left.delete(name);
        };
        // A failure that cost nothing is just what a retry is for.
        if (failure?.facts.retrySafe === true) forget();
        else setTimeout(forget, leftMs).unref();
      });
    },
    takeLeft: (name) => {
      const run = left.get(name) ?? null;
      left.delete(name);
      return run;
    },
    idle: async () => {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
