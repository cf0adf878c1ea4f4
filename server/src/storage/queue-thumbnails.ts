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

/** Thumbnails are made one at a time, so that answering requests keeps the processor. */
export function openThumbnailQueue(make: (hash: string) => Promise<void>): ThumbnailQueue {
  const urgent: Waiting[] = [];
  const patient: Waiting[] = [];
  const known = new Map<string, Waiting>();
  let running: Promise<void> | undefined;
  let closed = false;

  const work = async (): Promise<void> => {
    for (;;) {
      const next = urgent.shift() ?? patient.shift();
      if (next === undefined) break;
      await make(next.hash).then(next.made.resolve, next.made.reject);
      known.delete(next.hash);
    }
    running = undefined;
  };

  const add = (hash: string, line: Waiting[]): Waiting => {
    const waiting = { hash, made: Promise.withResolvers<void>() };
    waiting.made.promise.catch(() => {});
    known.set(hash, waiting);
    line.push(waiting);
    running ??= work();
    return waiting;
  };

  return {
    makeNow: async (hash) => {
      if (closed) throw shuttingDown();
      const waiting = known.get(hash) ?? add(hash, urgent);
      const place = patient.indexOf(waiting);
      if (place >= 0) urgent.push(...patient.splice(place, 1));
      await waiting.made.promise;
    },
    makeLater: (hash) => {
      if (!closed && !known.has(hash)) add(hash, patient);
    },
    close: async () => {
      closed = true;
      for (const { made } of [...urgent.splice(0), ...patient.splice(0)]) made.reject(shuttingDown());
      await running;
    },
  };
}

function shuttingDown(): PictorError {
  return new PictorError({ code: 'shutting_down', message: 'Pictor is stopping. Try again in a moment.' });
}
