import { Worker } from 'node:worker_threads';
import { ProviderError } from '../../models/index.ts';
import type { Commission, Drawing, WorkerAnswer } from './commission.ts';

/** Where pictures are drawn, off the main thread, one at a time in the order in which they were asked for. */
export type Studio = {
  /**
   * Draws what `prepare` gives. It is called when the turn has come and gives its bytes away, so that pictures which
   * wait hold no memory. Throws a ProviderError: `unavailable` when the worker died or too many wait, `rejected` when
   * a picture cannot be read; and whatever `prepare` throws.
   */
  readonly draw: (prepare: () => Promise<Commission>) => Promise<Drawing>;
  readonly close: () => Promise<void>;
};

/** Pictures that may wait; beyond that the caller is told to come back. */
const maxWaiting = 64;

type Turn = {
  readonly resolve: (drawing: Drawing) => void;
  readonly reject: (error: ProviderError) => void;
};

/** Starts the worker at the first picture, and again when it has died. It never keeps the process alive while idle. */
export function openStudio(): Studio {
  let worker: Worker | null = null;
  let turn: Turn | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let waitingCount = 0;
  let closed = false;

  const endTurn = (): Turn | null => {
    const ended = turn;
    turn = null;
    worker?.unref();
    return ended;
  };

  const hire = (): Worker => {
    const hired = new Worker(new URL('./draw-worker.ts', import.meta.url), { name: 'pictor-sketch' });
    hired.on('message', (answer: WorkerAnswer) => {
      const ended = endTurn();
      if ('drawing' in answer) ended?.resolve(answer.drawing);
      else ended?.reject(toError(answer.failure));
    });
    const lose = (cause?: unknown) => {
      if (worker !== hired) return;
      worker = null;
      endTurn()?.reject(unavailable('The drawing worker stopped before the picture was done.', cause));
    };
    hired.on('error', lose);
    hired.on('exit', () => lose());
    hired.unref();
    return hired;
  };

  const drawNow = async (prepare: () => Promise<Commission>): Promise<Drawing> => {
    if (closed) throw shuttingDown();
    const commission = await prepare();
    if (closed) throw shuttingDown();
    return await new Promise((resolve, reject) => {
      turn = { resolve, reject };
      worker ??= hire();
      worker.ref();
      worker.postMessage(commission, buffersOf(commission));
    });
  };

  return {
    draw: async (prepare) => {
      if (waitingCount >= maxWaiting)
        throw unavailable('Too many pictures wait to be drawn. Try again in a moment.');
      waitingCount += 1;
      const drawing = last.then(() => drawNow(prepare));
      last = drawing.then(
        () => undefined,
        () => undefined,
      );
      try {
        return await drawing;
      } finally {
        waitingCount -= 1;
      }
    },
    close: async () => {
      closed = true;
      const closing = worker;
      worker = null;
      endTurn()?.reject(shuttingDown());
      await closing?.terminate();
    },
  };
}

/** What is handed over instead of copied. */
function buffersOf({ images, mask }: Commission): ArrayBuffer[] {
  return [...images, ...(mask === null ? [] : [mask])].flatMap(({ buffer }) =>
    buffer instanceof ArrayBuffer ? [buffer] : [],
  );
}

function shuttingDown(): ProviderError {
  return unavailable('The server is shutting down.');
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
