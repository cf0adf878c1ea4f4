import { setTimeout as wait } from 'node:timers/promises';
import type { Caller } from '../access/index.ts';
import type { Requests } from '../requests/index.ts';
import type { JobRun } from './job-run.ts';
import { savedRun } from './saved-run.ts';

/** How long after its end a request can still be taken up by a retry of its caller. */
const twinMs = 5 * 60_000;

/**
 * A retry without a pause can overtake the news that its first connection was closed: a request that equals one whose
 * caller still seems to wait, or had its answer only just now, is held back so long.
 */
const noticeMs = 100;

/**
 * Requests whose caller went away before the answer was delivered. Official clients then repeat the same request by
 * themselves: the repetition takes up the first one instead of paying again. Each is taken up once, so that several
 * equal requests that were cut at the same moment are taken up by as many repetitions.
 */
export type Twins = {
  /** The caller waits for the run. Gives what to call when it has its answer, or is gone without it. */
  readonly attach: (caller: Caller, fingerprint: string, run: JobRun) => Attached;
  /** A run that an equal request of the same caller left behind; null: none, so this one runs by itself. */
  readonly take: (caller: Caller, fingerprint: string) => Promise<JobRun | null>;
};

export type Attached = { readonly delivered: () => void; readonly left: () => void };

export function openTwins(requests: Requests): Twins {
  const left = openShelf();
  const attached = openShelf();
  const takeRow = openRowTaker(requests);
  const takeLeft = (name: string): JobRun | null => {
    const run = left.first(name);
    if (run !== null) left.remove(name, run);
    return run;
  };
  return {
    attach: (caller, fingerprint, run) => {
      const name = nameOf(caller, fingerprint);
      attached.add(name, run);
      return {
        // The system took the answer; that the caller did not read it may be known a moment later.
        delivered: () => setTimeout(() => attached.remove(name, run), noticeMs).unref(),
        left: () => {
          attached.remove(name, run);
          left.add(name, run);
          void run.done.then((outcome) => {
            // A failure that cost nothing is not taken up: a retry is just what it calls for. One that may have cost is.
            if (outcome.status === 'failed' && outcome.error.facts.retrySafe === true) left.remove(name, run);
            else setTimeout(() => left.remove(name, run), twinMs).unref();
          });
        },
      };
    },
    take: async (caller, fingerprint) => {
      const name = nameOf(caller, fingerprint);
      const run = takeLeft(name);
      if (run !== null) return run;
      if (attached.first(name) !== null) {
        await wait(noticeMs);
        const noticed = takeLeft(name);
        if (noticed !== null) return noticed;
      }
      return await takeRow(caller, fingerprint);
    },
  };
}

/** What a process that is gone left behind is taken from its rows, which change only when the answer is delivered. */
function openRowTaker(requests: Requests): Twins['take'] {
  const openedAt = new Date();
  const taken = new Set<string>();
  const takeRow: Twins['take'] = async (caller, fingerprint) => {
    if (Date.now() - openedAt.getTime() > twinMs) return null;
    const row = await requests.findUndelivered({
      projectId: caller.projectId,
      keyId: caller.keyId,
      fingerprint,
      endedAfter: new Date(Date.now() - twinMs),
      except: [...taken],
    });
    if (row === null) return null;
    // An equal request of the same moment may have found the same row.
    if (taken.has(row.id)) return await takeRow(caller, fingerprint);
    taken.add(row.id);
    return savedRun(row);
  };
  return takeRow;
}

/** Runs by who asked for what, in the order in which they came. */
function openShelf() {
  const runs = new Map<string, readonly JobRun[]>();
  return {
    add: (name: string, run: JobRun): void => {
      runs.set(name, [...(runs.get(name) ?? []), run]);
    },
    remove: (name: string, run: JobRun): void => {
      const others = (runs.get(name) ?? []).filter((other) => other !== run);
      if (others.length === 0) runs.delete(name);
      else runs.set(name, others);
    },
    first: (name: string): JobRun | null => runs.get(name)?.[0] ?? null,
  };
}

function nameOf(caller: Caller, fingerprint: string): string {
  return `${caller.projectId} ${caller.keyId} ${fingerprint}`;
}
