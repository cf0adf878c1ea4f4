import type { PictorError } from '../foundation/index.ts';
import type { Replay } from '../models/index.ts';
import type { Answer } from './answer.ts';
import type { LiveImage } from './live-image.ts';
import type { StoredImage } from './stored-image.ts';
import type { Upstream } from './upstream.ts';

/** What happens to a job, in order. `done` is always last, and comes after the closing row is committed. */
export type JobUpdate =
  | { readonly type: 'stage'; readonly stage: string; readonly fraction?: number }
  | { readonly type: 'partial'; readonly partialIndex: number; readonly image: StoredImage }
  /** The first picture has begun to come, as base64. Whether it is one shows at its end. */
  | {
      readonly type: 'arriving';
      readonly engine: string;
      readonly upstream: Upstream;
      readonly image: LiveImage;
    }
  | { readonly type: 'image'; readonly image: StoredImage }
  | { readonly type: 'text'; readonly text: string; readonly replay?: Replay }
  | { readonly type: 'done'; readonly outcome: Outcome };

export type Outcome = { readonly upstream: Upstream } & (
  | { readonly status: 'succeeded'; readonly answer: Answer }
  | { readonly status: 'failed'; readonly error: PictorError }
);

/** A job that runs whether or not anybody listens. Holds hashes, never bytes. */
export type JobRun = {
  readonly requestId: string;
  /** All updates from the first on, then live until `done`. Any number of listeners, at any time. */
  readonly updates: () => AsyncIterable<JobUpdate>;
  readonly done: Promise<Outcome>;
  /** Asks the engine to stop. What arrives all the same is kept. */
  readonly cancel: () => void;
};

export type Tell = (update: JobUpdate) => void;

/** Starts `work`, which tells what happens through `tell` and returns how it ended. It must not throw. */
export function startRun(
  requestId: string,
  work: (tell: Tell, cancelled: AbortSignal) => Promise<Outcome>,
): JobRun {
  const cancelling = new AbortController();
  const told: JobUpdate[] = [];
  let wake = Promise.withResolvers<void>();
  const tell: Tell = (update) => {
    told.push(update);
    wake.resolve();
    wake = Promise.withResolvers<void>();
  };
  const done = work(tell, cancelling.signal).then((outcome) => {
    tell({ type: 'done', outcome });
    return outcome;
  });
  return {
    requestId,
    done,
    cancel: () => cancelling.abort(),
    updates: async function* () {
      for (let next = 0; ; next += 1) {
        while (next >= told.length) await wake.promise;
        const update = told[next];
        if (update === undefined) return;
        yield update;
        if (update.type === 'done') return;
      }
    },
  };
}
