import type { Projects, Retention } from '../access/index.ts';
import type { Log } from '../foundation/index.ts';
import type { Jobs } from '../jobs/index.ts';
import type { Removal } from './removal.ts';

export type Schedule = { readonly start: () => void; readonly close: () => Promise<void> };

const queue = 'retention';
const hourMs = 60 * 60_000;
/** More often than the job itself, in case the database is away just then. An hour's job exists once. */
const lookEveryMs = 10 * 60_000;

/**
 * Runs every project's rule at each full hour, and once at the start, as durable jobs. A rule that is set or changed
 * waits for the next full hour, so that a slip can be taken back. Nothing is begun while no project has a rule.
 */
export function openSchedule(parts: {
  readonly projects: Projects;
  readonly jobs: Jobs;
  readonly log: Log;
  readonly now: () => Date;
  readonly run: (projectId: string) => Promise<Removal>;
}): Schedule {
  const { projects, jobs, log } = parts;
  let working = false;
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  const runAll = async (_data: unknown, signal: AbortSignal): Promise<void> => {
    for (const project of projects.list().filter(hasRule)) {
      signal.throwIfAborted();
      const { requests, images, files } = await parts.run(project.id);
      const facts = {
        project: project.id,
        requests: requests.count,
        images: images.count,
        files: files.count,
      };
      log.info(facts, 'what was older than its project keeps is gone');
    }
  };
  const send = async (slotMs: number): Promise<void> => {
    if (closed || !projects.list().some(hasRule)) return;
    if (!working) await jobs.work(queue, runAll);
    working = true;
    const slot = new Date(slotMs);
    await jobs.send(queue, { data: {}, key: slot.toISOString(), startAfter: slot });
  };
  const schedule = (slotMs: () => number): void => {
    running = running
      .then(() => send(slotMs()))
      .catch((error: unknown) => {
        if (!closed) log.warn({ err: error }, 'retention waits for the database');
      });
  };
  const thisHour = (): number => Math.floor(parts.now().getTime() / hourMs) * hourMs;
  const nextHour = (): number => thisHour() + hourMs;
  return {
    start: () => {
      projects.onChange(() => schedule(nextHour));
      schedule(thisHour);
      schedule(nextHour);
      timer = setInterval(() => schedule(nextHour), lookEveryMs).unref();
    },
    close: async () => {
      closed = true;
      clearInterval(timer);
      await running;
    },
  };
}

function hasRule({ retention }: { readonly retention: Retention }): boolean {
  return Object.values(retention).some((days) => days !== null);
}
