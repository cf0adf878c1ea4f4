import type { Caller } from '../access/index.ts';
import type { Requests } from '../requests/index.ts';
import type { JobRun } from './job-run.ts';
import { savedRun } from './saved-run.ts';

/** How long after its end a request can still be taken up by a retry of its caller. */
const twinMs = 5 * 60_000;

/**
 * Requests whose caller went away before the answer was delivered. Official clients then repeat the same request by
 * themselves: the repetition takes up the first one instead of paying again. Each is taken up once.
 */
export type Twins = {
  /** The caller is gone, and the answer was not delivered. */
  readonly leave: (caller: Caller, fingerprint: string, run: JobRun) => void;
  /** The run that an equal request of the same caller left behind; null: none, so this one runs by itself. */
  readonly take: (caller: Caller, fingerprint: string) => Promise<JobRun | null>;
};

type Left = { readonly run: JobRun; endedAt: number | null };

export function openTwins(requests: Requests): Twins {
  const left = new Map<string, Left>();
  const openedAt = new Date();
  return {
    leave: (caller, fingerprint, run) => {
      const name = nameOf(caller, fingerprint);
      const entry: Left = { run, endedAt: null };
      left.set(name, entry);
      void run.done.then(() => {
        entry.endedAt = Date.now();
        setTimeout(() => {
          if (left.get(name) === entry) left.delete(name);
        }, twinMs).unref();
      });
    },
    take: async (caller, fingerprint) => {
      const name = nameOf(caller, fingerprint);
      const entry = left.get(name);
      if (entry !== undefined) {
        left.delete(name);
        return (await failedAlready(entry)) ? null : entry.run;
      }
      // A process that was killed could not tell whom it left: its rows can.
      if (Date.now() - openedAt.getTime() > twinMs) return null;
      const row = await requests.findUndelivered({
        projectId: caller.projectId,
        keyId: caller.keyId,
        fingerprint,
        endedAfter: new Date(Date.now() - twinMs),
        endedBefore: openedAt,
      });
      return row === null ? null : savedRun(row);
    },
  };
}

/** A failure is not taken up: a retry is just what it calls for. */
async function failedAlready(entry: Left): Promise<boolean> {
  return entry.endedAt !== null && (await entry.run.done).status === 'failed';
}

function nameOf(caller: Caller, fingerprint: string): string {
  return `${caller.projectId} ${caller.keyId} ${fingerprint}`;
}
