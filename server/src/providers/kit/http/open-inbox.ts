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

/** So much may wait for its reader. */
const mostWaitingBytes = 256 * 1024;

/** `resume` is called when reading may go on. Without a pool every read is copied. */
export function openInbox(pool: BufferPool | undefined, resume: () => void): Inbox {
  const own = rooms.pop() ?? Buffer.allocUnsafeSlow(roomBytes);
  const waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  let totalBytes = 0;
  let isPaused = false;
  let isClosed = false;
  let ended: { readonly error: Error | undefined } | null = null;
  let reader: PromiseWithResolvers<Uint8Array | null> | null = null;
  let pooled: { readonly buffer: Buffer; filled: number } | null = null;

  const leavePool = (): void => {
    if (pooled === null) return;
    pool?.release(pooled.buffer);
    pooled = null;
  };
  const enterPool = (): void => {
    const buffer = totalBytes > smallBytes ? pool?.tryTake() : null;
    if (buffer !== null && buffer !== undefined) pooled = { buffer, filled: 0 };
  };
  const put = (byteCount: number): Uint8Array => {
    if (pooled === null) return Buffer.from(own.subarray(0, byteCount));
    const bytes = pooled.buffer.subarray(pooled.filled, pooled.filled + byteCount);
    pool?.retain(bytes);
    pooled.filled += byteCount;
    if (pooled.buffer.length - pooled.filled < leastRoomBytes) leavePool();
    return bytes;
  };
  const shift = (): Uint8Array | null => {
    const bytes = waiting.shift();
    if (bytes === undefined) return null;
    waitingBytes -= bytes.byteLength;
    if (isPaused && waitingBytes < mostWaitingBytes / 2) {
      isPaused = false;
      resume();
    }
    return bytes;
  };
  const wake = (): void => {
    const waiter = reader;
    reader = null;
    if (ended?.error !== undefined) waiter?.reject(ended.error);
    else waiter?.resolve(shift());
  };

  return {
    room: () => (pooled === null ? own : pooled.buffer.subarray(pooled.filled)),
    take: (byteCount) => {
      if (isClosed) return false;
      totalBytes += byteCount;
      waiting.push(put(byteCount));
      waitingBytes += byteCount;
      if (pooled === null) enterPool();
      isPaused = waitingBytes >= mostWaitingBytes;
      wake();
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
      ended ??= { error: new Error('The connection is closed.') };
      leavePool();
      for (const bytes of waiting.splice(0)) pool?.release(bytes);
      if (rooms.length < mostRooms) rooms.push(own);
      wake();
    },
  };
}
