import { Worker } from 'node:worker_threads';
import { ProviderError } from '../../models/index.ts';
import type { Commission, Drawing, WorkerAnswer } from './commission.ts';

/** Where pictures are drawn, off the main thread, one at a time. */
export type Studio = {
  /** Throws a ProviderError: `unavailable` when the worker died or too many wait, `rejected` when a picture cannot be read. */
  readonly draw: (commission: Commission) => Promise<Drawing>;
  readonly close: () => Promise<void>;
};

/** Pictures that may wait; beyond that the caller is told to come back. */
const maxWaiting = 64;

type Waiting = {
  readonly resolve: (drawing: Drawing) => void;
  readonly reject: (error: ProviderError) => void;
};

/** Starts the worker at the first picture, and again when it has died. It never keeps the process alive while idle. */
export function openStudio(): Studio {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let count = 0;

  const settle = (id: number): Waiting | undefined => {
    const entry = waiting.get(id);
    waiting.delete(id);
    if (waiting.size === 0) worker?.unref();
    return entry;
  };

  const hire = (): Worker => {
    const hired = new Worker(new URL('./draw-worker.ts', import.meta.url), { name: 'pictor-sketch' });
    hired.on('message', (answer: WorkerAnswer) => {
      const entry = settle(answer.id);
      if ('drawing' in answer) entry?.resolve(answer.drawing);
      else entry?.reject(toError(answer.failure));
    });
    const lose = (cause?: unknown) => {
      if (worker !== hired) return;
      worker = null;
      for (const id of [...waiting.keys()])
        settle(id)?.reject(unavailable('The drawing worker stopped before the picture was done.', cause));
    };
    hired.on('error', lose);
    hired.on('exit', () => lose());
    hired.unref();
    return hired;
  };

  return {
    draw: (commission) =>
      new Promise((resolve, reject) => {
        if (waiting.size >= maxWaiting) {
          reject(unavailable('Too many pictures wait to be drawn. Try again in a moment.'));
          return;
        }
        count += 1;
        const id = count;
        worker ??= hire();
        waiting.set(id, { resolve, reject });
        worker.ref();
        worker.postMessage({ id, commission });
      }),
    close: async () => {
      const closing = worker;
      worker = null;
      for (const id of [...waiting.keys()]) settle(id)?.reject(unavailable('The server is shutting down.'));
      await closing?.terminate();
    },
  };
}

export function unavailable(message: string, cause?: unknown): ProviderError {
  return new ProviderError({
    kind: 'unavailable',
    charged: 'no',
    message,
    provider: 'sketch',
    ...(cause === undefined ? {} : { cause }),
  });
}

function toError({ blame, message }: { blame: 'input' | 'drawing'; message: string }): ProviderError {
  if (blame === 'drawing') return unavailable(message);
  return new ProviderError({ kind: 'rejected', charged: 'no', message, provider: 'sketch', param: 'image' });
}
