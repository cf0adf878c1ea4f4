import type { Caller } from '../access/index.ts';
import type { Requests } from '../requests/index.ts';
import type { JobRun } from './job-run.ts';
import { savedRun } from './saved-run.ts';

/** How long after its end a request can still be taken up by a retry of its caller. */
const twinMs = 5 * 60_000;

/**
 * Requests whose caller went away before the answer was delivered. Official clients then repeat the same request by
 * themselves: the repetition takes up the first one instead of paying again. Each is taken up once, so that several
 * equal requests that were cut at the same moment are taken up by as many repetitions.
 */
export type Twins = {
  /** The caller is gone, and the answer was not delivered. */
  readonly leave: (caller: Caller, fingerprint: string, run: JobRun) => void;
  /** A run that an equal request of the same caller left behind; null: none, so this one runs by itself. */
  readonly take: (caller: Caller, fingerprint: string) => Promise<JobRun | null>;
};

export function openTwins(requests: Requests): Twins {
  const left = openLeft();
  const openedAt = new Date();
  // What a process that is gone left behind is taken from its rows, which change only when the answer is delivered.
  const takenRows = new Set<string>();
  const takeRow = async (caller: Caller, fingerprint: string): Promise<JobRun | null> => {
    if (Date.now() - openedAt.getTime() > twinMs) return null;
    const row = await requests.findUndelivered({
      projectId: caller.projectId,
      keyId: caller.keyId,
      fingerprint,
      endedAfter: new Date(Date.now() - twinMs),
      endedBefore: openedAt,
      except: [...takenRows],
    });
    if (row === null) return null;
    // An equal request of the same moment may have found the same row.
    if (takenRows.has(row.id)) return await takeRow(caller, fingerprint);
    takenRows.add(row.id);
    return savedRun(row);
  };
  return {
    leave: (caller, fingerprint, run) => left.add(nameOf(caller, fingerprint), run),
    take: async (caller, fingerprint) =>
      left.take(nameOf(caller, fingerprint)) ?? (await takeRow(caller, fingerprint)),
  };
}

/** The runs of this process that were left, by who asked for what, the first that was left first. */
function openLeft() {
  const left = new Map<string, JobRun[]>();
  const remove = (name: string, run: JobRun): void => {
    const others = (left.get(name) ?? []).filter((other) => other !== run);
    if (others.length === 0) left.delete(name);
    else left.set(name, others);
  };
  return {
    add: (name: string, run: JobRun): void => {
      left.set(name, [...(left.get(name) ?? []), run]);
      void run.done.then((outcome) => {
        // A failure that cost nothing is not taken up: a retry is just what it calls for. One that may have cost is.
        if (outcome.status === 'failed' && outcome.error.facts.retrySafe === true) remove(name, run);
        else setTimeout(() => remove(name, run), twinMs).unref();
      });
    },
    take: (name: string): JobRun | null => {
      const [run] = left.get(name) ?? [];
      if (run !== undefined) remove(name, run);
      return run ?? null;
    },
  };
}

function nameOf(caller: Caller, fingerprint: string): string {
  return `${caller.projectId} ${caller.keyId} ${fingerprint}`;
}
