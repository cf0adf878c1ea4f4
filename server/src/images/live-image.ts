import type { BufferPool } from '../foundation/index.ts';
import type { ImageStore } from '../storage/index.ts';

/** A picture while it comes in, as base64, for the one caller who waits for it. */
export type LiveImage = {
  /** True: there is nothing else in the answer. */
  readonly isOnly: boolean;
  /**
   * True once so much of it has come that it is worth passing on; false when it ended before. What breaks early can so
   * still be answered with an error, and small pictures with their length.
   */
  readonly isLarge: Promise<boolean>;
  /**
   * All of its base64, as it arrives, in chunks that are good until the next one is asked for. The first reader gets it;
   * whoever comes later reads from the store.
   */
  readonly read: (store: ImageStore) => AsyncGenerator<Uint8Array>;
  /** Of the whole; null: it was no picture. */
  readonly hash: Promise<string | null>;
};

export type LiveWriter = {
  readonly image: LiveImage;
  readonly see: (text: Uint8Array) => void;
  /** A copy of all of it, once it has come; null: it is large, or somebody reads it already. */
  readonly copySmall: () => Buffer | null;
  /** Null: it turned out to be no picture, or broke off. */
  readonly end: (stored: { readonly hash: string } | null) => void;
};

/** Characters of base64. */
const largeChars = 256 * 1024;

/** Up to here an answer costs less from memory than from the store: a file is opened, read and closed for it. */
const smallChars = 64 * 1024;

/** A reader who is so far behind goes on from the store, so that no slow caller holds a picture in memory. */
const mostWaitingChars = 1024 * 1024;

type Flow = {
  /** What arrives lies in it, and stays there while it waits. */
  readonly pool: BufferPool;
  readonly waiting: Uint8Array[];
  waitingChars: number;
  seenChars: number;
  hasReader: boolean;
  /** The queue has a hole behind it: what comes is only in the store. */
  isCut: boolean;
  hasEnded: boolean;
  wake: PromiseWithResolvers<void>;
};

export function openLiveImage(isOnly: boolean, pool: BufferPool): LiveWriter {
  const flow: Flow = {
    pool,
    waiting: [],
    waitingChars: 0,
    seenChars: 0,
    hasReader: false,
    isCut: false,
    hasEnded: false,
    wake: Promise.withResolvers<void>(),
  };
  const large = Promise.withResolvers<boolean>();
  const hash = Promise.withResolvers<string | null>();
  const wake = (): void => {
    flow.wake.resolve();
    flow.wake = Promise.withResolvers<void>();
  };
  return {
    image: {
      isOnly,
      isLarge: large.promise,
      hash: hash.promise,
      read: (store) => read(flow, store, hash.promise),
    },
    see: (text) => {
      flow.seenChars += text.length;
      if (flow.seenChars >= largeChars) large.resolve(true);
      keep(flow, text);
      wake();
    },
    copySmall: () =>
      flow.hasReader || flow.isCut || flow.seenChars > smallChars ? null : Buffer.concat(flow.waiting),
    end: (stored) => {
      flow.hasEnded = true;
      if (!flow.hasReader) drop(flow);
      large.resolve(flow.seenChars >= largeChars);
      hash.resolve(stored?.hash ?? null);
      wake();
    },
  };
}

function keep(flow: Flow, text: Uint8Array): void {
  if (flow.isCut) return;
  if (flow.waitingChars + text.length > mostWaitingChars) {
    flow.isCut = true;
    if (!flow.hasReader) drop(flow);
    return;
  }
  const kept = flow.pool.owns(text) && flow.pool.isScarce() ? Buffer.from(text) : text;
  flow.pool.retain(kept);
  flow.waiting.push(kept);
  flow.waitingChars += kept.length;
}

/** Nobody reads, or no more: all of it is read from the store. */
function drop(flow: Flow): void {
  flow.isCut = true;
  for (const text of flow.waiting.splice(0)) flow.pool.release(text);
  flow.waitingChars = 0;
}

async function* read(
  flow: Flow,
  store: ImageStore,
  hash: Promise<string | null>,
): AsyncGenerator<Uint8Array> {
  // What a second reader took would be missing for the first.
  const isMine = !flow.hasReader;
  flow.hasReader = true;
  const sentChars = isMine ? yield* readArriving(flow) : 0;
  const known = await hash;
  if (known === null) throw new Error('What arrived was no picture, or broke off.');
  if (isMine && !flow.isCut) return;
  let skip = sentChars % 4;
  for await (const part of store.readBase64(known, ((sentChars - skip) / 4) * 3)) {
    yield part.subarray(skip);
    skip = 0;
  }
}

/** Up to the end, or to where the queue has its hole. Returns how many characters that were. */
async function* readArriving(flow: Flow): AsyncGenerator<Uint8Array, number> {
  let sentChars = 0;
  let isDone = false;
  try {
    for (;;) {
      const text = flow.waiting.shift();
      if (text !== undefined) {
        flow.waitingChars -= text.length;
        sentChars += text.length;
        try {
          yield text;
        } finally {
          flow.pool.release(text);
        }
      } else if (flow.isCut || flow.hasEnded) break;
      else await flow.wake.promise;
    }
    isDone = true;
    return sentChars;
  } finally {
    if (!isDone) drop(flow);
  }
}
