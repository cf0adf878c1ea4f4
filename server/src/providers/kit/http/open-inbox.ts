import type { BufferPool } from '../../../foundation/index.ts';

/**
 * Where a socket's bytes go. Small answers are copied out of one buffer that is used for every read; what goes on for
 * longer is received in the pool, where it stays until everybody who needs it has released it.
 */
export type Inbox = {
  /** Where the next read goes. */
  readonly room: () => Buffer;
  /** So much came into that room. False: enough is waiting, read no more. */
  readonly take: (byteCount: number) => boolean;
  /** No more will come; an error says why not. */
  readonly end: (error?: Error) => void;
  /** The next bytes, retained once; whoever gets them releases them. Null: the end. Rejects with the error of `end`. */
  readonly next: () => Promise<Uint8Array | null>;
  /** Releases whatever is left. */
  readonly close: () => void;
};

/** The rooms of small answers, kept for the next ones. */
const rooms: Buffer[] = [];
const roomBytes = 16 * 1024;
const mostRooms = 64;

/** An answer of more than this is worth a buffer of the pool. */
const smallBytes = 8 * 1024;

/** Less room than this is not worth another read. */
const leastRoomBytes = 16 * 1024;

/**
 * Where no buffer is free, reading waits for one, but not for ever: those who hold them may wait for services that say
 * nothing for minutes. Then an answer is copied in small pieces.
 */
const lookEveryMs = 2;
const looks = 25;

/** So much may wait for its reader. */
const mostWaitingBytes = 256 * 1024;

type Pooled = { readonly buffer: Buffer; filled: number };

/** `resume` is called when reading may go on. Without a pool every read is copied. */
export function openInbox(pool: BufferPool | undefined, resume: () => void): Inbox {
  const own = rooms.pop() ?? Buffer.allocUnsafeSlow(roomBytes);
  const waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  let totalBytes = 0;
  let isPaused = false;
  let looksLeft = looks;
  let isClosed = false;
  let ended: { readonly error: Error | undefined } | null = null;
  let reader: PromiseWithResolvers<Uint8Array | null> | null = null;
  let pooled: Pooled | null = null;
  /** Where the next read goes, whatever was found since. */
  let given: Pooled | null = null;
  let timer: NodeJS.Timeout | undefined;

  const leavePool = (): void => {
    if (pooled === null) return;
    pool?.release(pooled.buffer);
    pooled = null;
  };
  /** False: there is no buffer, and it is worth waiting for one. */
  const enterPool = (): boolean => {
    if (pool === undefined || totalBytes <= smallBytes) return true;
    const buffer = pool.tryTake();
    if (buffer === null) return looksLeft === 0;
    pooled = { buffer, filled: 0 };
    looksLeft = looks;
    return true;
  };
  const goOn = (): void => {
    if (!isPaused || isClosed || waitingBytes >= mostWaitingBytes / 2) return;
    if (timer !== undefined) return;
    if (pooled === null && !enterPool()) {
      looksLeft -= 1;
      timer = setTimeout(() => {
        timer = undefined;
        goOn();
      }, lookEveryMs);
      return;
    }
    isPaused = false;
    resume();
  };
  const put = (byteCount: number): Uint8Array => {
    if (given === null) return Buffer.from(own.subarray(0, byteCount));
    const bytes = given.buffer.subarray(given.filled, given.filled + byteCount);
    pool?.retain(bytes);
    given.filled += byteCount;
    if (given.buffer.length - given.filled < leastRoomBytes) leavePool();
    return bytes;
  };
  const shift = (): Uint8Array | null => {
    const bytes = waiting.shift();
    if (bytes === undefined) return null;
    waitingBytes -= bytes.byteLength;
    goOn();
    return bytes;
  };
  const wake = (): void => {
    const waiter = reader;
    reader = null;
    if (ended?.error !== undefined) waiter?.reject(ended.error);
    else waiter?.resolve(shift());
  };

  return {
    room: () => {
      given = pooled;
      return given === null ? own : given.buffer.subarray(given.filled);
    },
    take: (byteCount) => {
      if (isClosed) return false;
      totalBytes += byteCount;
      waiting.push(put(byteCount));
      waitingBytes += byteCount;
      // A secure connection goes on with what it has decrypted already; only goOn starts it again.
      isPaused ||= waitingBytes >= mostWaitingBytes || (pooled === null && !enterPool());
      wake();
      if (isPaused) goOn();
      return !isPaused;
    },
    end: (error) => {
      ended ??= { error };
      if (waiting.length === 0) wake();
      leavePool();
    },
    next: () => {
      const bytes = shift();
      if (bytes !== null) return Promise.resolve(bytes);
      if (ended?.error !== undefined) return Promise.reject(ended.error);
      if (ended !== null) return Promise.resolve(null);
      reader = Promise.withResolvers();
      return reader.promise;
    },
    close: () => {
      if (isClosed) return;
      isClosed = true;
      clearTimeout(timer);
      ended ??= { error: new Error('The connection is closed.') };
      leavePool();
      for (const bytes of waiting.splice(0)) pool?.release(bytes);
      if (rooms.length < mostRooms) rooms.push(own);
      wake();
    },
  };
}
