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
  /** All of its base64, as it arrives. The first reader gets it; whoever comes later reads from the store. */
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
  readonly waiting: Uint8Array[];
  waitingChars: number;
  seenChars: number;
  hasReader: boolean;
  /** The queue has a hole behind it: what comes is only in the store. */
  isCut: boolean;
  hasEnded: boolean;
  wake: PromiseWithResolvers<void>;
};

export function openLiveImage(isOnly: boolean): LiveWriter {
  const flow: Flow = {
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
  flow.waiting.push(text);
  flow.waitingChars += text.length;
}

/** Nobody reads: all of it is read from the store. */
function drop(flow: Flow): void {
  flow.isCut = true;
  flow.waiting.length = 0;
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
  let sentChars = 0;
  while (isMine) {
    const text = flow.waiting.shift();
    if (text !== undefined) {
      flow.waitingChars -= text.length;
      sentChars += text.length;
      yield text;
    } else if (flow.isCut || flow.hasEnded) break;
    else await flow.wake.promise;
  }
  const known = await hash;
  if (known === null) throw new Error('What arrived was no picture, or broke off.');
  if (isMine && !flow.isCut) return;
  let skip = sentChars % 4;
  for await (const part of store.readBase64(known, ((sentChars - skip) / 4) * 3)) {
    yield part.subarray(skip);
    skip = 0;
  }
}
