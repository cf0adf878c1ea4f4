import { createHash } from 'node:crypto';
import type { JobResult, PgBoss } from 'pg-boss';
import type { Database } from '../database/index.ts';
import type { Log } from '../foundation/index.ts';
import { openWakers } from './open-wakers.ts';
import { listActiveJobs } from './queries.ts';
import { startBoss } from './start-boss.ts';

/** Does one job. A rejection has it done again, later and later. `signal` says that Pictor is stopping. */
export type JobHandler = (data: unknown, signal: AbortSignal) => Promise<void>;

export type NewJob = {
  readonly data: Readonly<Record<string, unknown>>;
  /** A second job of a queue with the same key changes nothing, at least for an hour after the first one's end. */
  readonly key?: string;
  /** Absent: at once. */
  readonly startAfter?: Date;
  /** How often it is done again when its handler rejects. Default 20. */
  readonly retryLimit?: number;
};

/**
 * Work that outlives the process: it is in the database until it is done. Nothing is started, and nothing asked of
 * the database, before the first call. Everything rejects while the database is away.
 */
export type Jobs = {
  /** Begins to do the jobs of a queue, those that a killed process had begun first. Once per queue. */
  readonly work: (queue: string, handler: JobHandler) => Promise<void>;
  /** Resolves when the job is committed. A handler of this process hears of it without a wait. */
  readonly send: (queue: string, job: NewJob) => Promise<void>;
  /** Lets running handlers end, cuts them after two seconds, and leaves all that is not done to the next start. */
  readonly close: () => Promise<void>;
};

/** Gentle on the embedded engine; what is sent in this process does not wait for it. */
const pollSeconds = 2;
/** Two, so that jobs that hang do not hold up those behind them. */
const workersPerQueue = 2;
const jobsAtOnce = 20;
/** A job that a process took longer ago than this is given to another. */
const expireSeconds = 300;
const forgetSeconds = 60 * 60;
const retry = { retryLimit: 20, retryDelay: 1, retryBackoff: true, retryDelayMax: 300 } as const;
const cutAfterMs = 2_000;

/** Opens durable jobs on pg-boss, on either database. Takes it for granted that one process at a time works. */
export function openJobs(parts: {
  readonly database: Pick<Database, 'sql' | 'engine'>;
  readonly log: Log;
}): Jobs {
  const stopping = new AbortController();
  const wakers = openWakers();
  const queues = new Map<string, Promise<void>>();
  let starting: Promise<PgBoss> | null = null;
  const start = (): Promise<PgBoss> => {
    if (stopping.signal.aborted) return Promise.reject(new Error('Pictor is stopping.'));
    starting ??= startBoss(parts).catch((error: unknown) => {
      starting = null;
      throw error;
    });
    return starting;
  };
  const openQueue = async (boss: PgBoss, queue: string): Promise<void> => {
    const opened =
      queues.get(queue) ??
      boss.createQueue(queue, {
        expireInSeconds: expireSeconds,
        deleteAfterSeconds: forgetSeconds,
        ...retry,
      });
    queues.set(queue, opened);
    await opened.catch((error: unknown) => {
      queues.delete(queue);
      throw error;
    });
  };
  return {
    work: async (queue, handler) => {
      const boss = await start();
      await openQueue(boss, queue);
      const left = await listActiveJobs(parts.database, queue);
      if (left.length > 0) await boss.fail(queue, left, { message: 'The process ended while it ran.' });
      for (let count = 0; count < workersPerQueue; count += 1) {
        const id = await boss.work(
          queue,
          {
            batchSize: jobsAtOnce,
            burstWhenBatchFull: true,
            perJobResults: true,
            pollingIntervalSeconds: pollSeconds,
          },
          (batch) => doAll(batch, handler, stopping.signal, parts.log),
        );
        wakers.add(queue, () => boss.notifyWorker(id));
      }
    },
    send: async (queue, job) => {
      const boss = await start();
      await openQueue(boss, queue);
      await boss.send(queue, job.data, {
        ...(job.key === undefined ? {} : { id: toUuid(`${queue}\n${job.key}`) }),
        ...(job.startAfter === undefined ? {} : { startAfter: job.startAfter }),
        ...(job.retryLimit === undefined ? {} : { retryLimit: job.retryLimit }),
      });
      wakers.wake(queue, job.startAfter);
    },
    close: async () => {
      wakers.close();
      const boss = await starting?.catch(() => null);
      const cut = setTimeout(() => stopping.abort(), boss === null || boss === undefined ? 0 : cutAfterMs);
      // It never shuts the database: that belongs to others.
      await boss?.stop({ graceful: true, close: false, timeout: cutAfterMs * 2 });
      clearTimeout(cut);
      stopping.abort();
    },
  };
}

type Batch = readonly { readonly id: string; readonly data: unknown }[];

async function doAll(batch: Batch, handler: JobHandler, signal: AbortSignal, log: Log): Promise<JobResult[]> {
  return await Promise.all(
    batch.map(async ({ id, data }): Promise<JobResult> => {
      try {
        await handler(data, signal);
        return { id, status: 'completed' };
      } catch (error) {
        if (!signal.aborted) log.warn({ err: error, job: id }, 'a job failed and is done again later');
        return { id, status: 'failed', output: { message: String(error) } };
      }
    }),
  );
}

/** Equal keys give equal ids, and the table takes an id once. */
function toUuid(key: string): string {
  const hex = createHash('sha256').update(key).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
