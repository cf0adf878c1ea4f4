import type { Log } from '../foundation/index.ts';
import type { Jobs } from '../jobs/index.ts';
import { type AttemptParts, type AttemptSource, attemptDelivery } from './attempt-delivery.ts';
import { deleteOld, listDue, markQueued } from './delivery-queries.ts';
import { hasWebhooks } from './queries.ts';

/** Hands pending deliveries to durable jobs, and makes their attempts. */
export type Dispatcher = {
  /** Begins to deliver, now and whenever there is something. Nothing is begun while no address is registered. */
  readonly start: (source: AttemptSource) => void;
  /** There may be something to deliver. Never throws. */
  readonly wake: () => void;
  /** To be called before an address is registered. */
  readonly expect: () => void;
  /** False: no address is registered, for sure, so nobody is to be told anything. */
  readonly isNeeded: () => boolean;
  readonly close: () => Promise<void>;
};

const queue = 'webhook-deliveries';
/** Finds what nobody called for: deliveries of a spilled row, of another process, or after a time without database. */
const lookEveryMs = 60_000;
const tidyEveryMs = 6 * 60 * 60_000;
const pageSize = 100;

type DispatcherParts = AttemptParts & { readonly jobs: Jobs; readonly log: Log };

export function openDispatcher(parts: DispatcherParts): Dispatcher {
  let source: AttemptSource | null = null;
  let working = false;
  let running: Promise<void> | null = null;
  let again = false;
  let closed = false;
  let tidiedMs = 0;
  /** Registered by this process. */
  let registered = 0;
  let isNeeded = true;
  let timer: NodeJS.Timeout | undefined;

  const round = async (from: AttemptSource): Promise<void> => {
    const before = registered;
    if (!working && !(await hasWebhooks(parts.database))) {
      // A server may serve more processes than this one, which register as well.
      isNeeded = parts.database.engine === 'server' || registered !== before;
      return;
    }
    if (!working) await parts.jobs.work(queue, (data, signal) => work(from, data, signal));
    working = true;
    await queueDue(parts);
    if (Date.now() - tidiedMs < tidyEveryMs) return;
    tidiedMs = Date.now();
    await deleteOld(parts.database, new Date());
  };
  const run = async (from: AttemptSource): Promise<void> => {
    try {
      do {
        again = false;
        await round(from);
      } while (again && !closed);
    } catch (error) {
      if (!closed) parts.log.warn({ err: error }, 'webhooks wait for the database');
    } finally {
      running = null;
    }
  };
  const wake = (): void => {
    if (source === null || closed) return;
    again = true;
    running ??= run(source);
  };
  const work = async (from: AttemptSource, data: unknown, signal: AbortSignal): Promise<void> => {
    const job = readJob(data);
    if (job === null) return;
    await attemptDelivery({ ...parts, ...from }, { ...job, repeat: true }, signal);
    wake();
  };
  return {
    start: (from) => {
      source = from;
      timer = setInterval(wake, lookEveryMs).unref();
      wake();
    },
    wake,
    expect: () => {
      registered += 1;
      isNeeded = true;
    },
    isNeeded: () => isNeeded,
    close: async () => {
      closed = true;
      clearInterval(timer);
      await running;
    },
  };
}

/**
 * Gives a job to every attempt that has none. A crash between the job and the note of it does no harm: the same
 * attempt has the same key, and the queue takes a key once.
 */
async function queueDue(parts: DispatcherParts): Promise<void> {
  for (;;) {
    const due = await listDue(parts.database, new Date(), pageSize);
    for (const delivery of due) {
      const attempt = delivery.attempts + 1;
      await parts.jobs.send(queue, {
        data: { deliveryId: delivery.id, attempt },
        key: `${delivery.id} ${attempt} ${delivery.resends}`,
        startAfter: delivery.nextAttemptAt,
      });
      await markQueued(parts.database, delivery);
    }
    if (due.length < pageSize) return;
  }
}

function readJob(data: unknown): { readonly deliveryId: string; readonly attempt: number } | null {
  if (typeof data !== 'object' || data === null || !('deliveryId' in data) || !('attempt' in data))
    return null;
  const { deliveryId, attempt } = data;
  return typeof deliveryId === 'string' && typeof attempt === 'number' ? { deliveryId, attempt } : null;
}
