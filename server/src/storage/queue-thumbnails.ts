import { PictorError } from '../foundation/index.ts';

export type ThumbnailQueue = {
  /** Makes it before everything that only waits its turn. Callers at the same time share one making. */
  readonly makeNow: (hash: string) => Promise<void>;
  /** Makes it when nothing more urgent waits. A failure is nobody's: the next `makeNow` meets it again. */
  readonly makeLater: (hash: string) => void;
  /** Lets the running one end and forgets the rest: whatever is missing is made when it is asked for. */
  readonly close: () => Promise<void>;
};

type Waiting = { readonly hash: string; readonly made: PromiseWithResolvers<void> };

/** While it is not quiet, this often is looked whether it is now. */
const lookAgainMs = 200;

/** Whoever waits longest is forgotten beyond this: what is missing is made when it is asked for. */
const maxPatient = 10_000;

/**
 * Thumbnails are made one at a time, and those that nobody asked for only while it is quiet, so that answering requests
 * keeps the processor.
 */
export function openThumbnailQueue(
  make: (hash: string) => Promise<void>,
  isQuiet: () => boolean = () => true,
): ThumbnailQueue {
  const urgent: Waiting[] = [];
  const patient: Waiting[] = [];
  const known = new Map<string, Waiting>();
  let running: Promise<void> = Promise.resolve();
  let isRunning = false;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const work = async (): Promise<void> => {
    for (;;) {
      const next = urgent.shift() ?? (isQuiet() ? patient.shift() : undefined);
      if (next === undefined) break;
      await make(next.hash).then(next.made.resolve, next.made.reject);
      known.delete(next.hash);
    }
    isRunning = false;
    if (patient.length > 0 && timer === undefined) timer = setTimeout(lookAgain, lookAgainMs).unref();
  };
  const start = (): void => {
    if (isRunning) return;
    isRunning = true;
    running = work();
  };
  const lookAgain = (): void => {
    timer = undefined;
    start();
  };

  const add = (hash: string, line: Waiting[]): Waiting => {
    const waiting = { hash, made: Promise.withResolvers<void>() };
    waiting.made.promise.catch(() => {});
    known.set(hash, waiting);
    line.push(waiting);
    start();
    return waiting;
  };

  return {
    makeNow: async (hash) => {
      if (closed) throw shuttingDown();
      const waiting = known.get(hash) ?? add(hash, urgent);
      const place = patient.indexOf(waiting);
      if (place >= 0) urgent.push(...patient.splice(place, 1));
      start();
      await waiting.made.promise;
    },
    makeLater: (hash) => {
      if (closed || known.has(hash)) return;
      add(hash, patient);
      const forgotten = patient.length > maxPatient ? patient.shift() : undefined;
      if (forgotten !== undefined) known.delete(forgotten.hash);
    },
    close: async () => {
      closed = true;
      clearTimeout(timer);
      for (const { made } of [...urgent.splice(0), ...patient.splice(0)]) made.reject(shuttingDown());
      await running;
    },
  };
}

function shuttingDown(): PictorError {
  return new PictorError({ code: 'shutting_down', message: 'Pictor is stopping. Try again in a moment.' });
}
