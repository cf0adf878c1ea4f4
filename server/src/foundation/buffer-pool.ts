/** Memory for bytes on their way, in buffers that are used again: what is allocated for each read keeps the collector busy. */
export type BufferPool = {
  /** All of it, for a second thread that reads what lies in the buffers. */
  readonly memory: SharedArrayBuffer;
  /** A free buffer of `poolBufferBytes`, retained once. Waits, in order, until there is one. */
  readonly take: () => Promise<Buffer>;
  /** The same for whoever can do without; null: few are free, and those are for others. */
  readonly tryTake: () => Buffer | null;
  /** True while so few are free that nobody should keep one for long. */
  readonly isScarce: () => boolean;
  /** Do these bytes lie in one of the buffers? */
  readonly owns: (bytes: Uint8Array) => boolean;
  /** Keeps the buffer in which these bytes lie until one more `release`. Other memory is left alone. */
  readonly retain: (bytes: Uint8Array) => void;
  /** Takes one `retain` or `take` back; behind the last one the buffer is free. Other memory is left alone. */
  readonly release: (bytes: Uint8Array) => void;
};

export const poolBufferBytes = 256 * 1024;

const fewestBuffers = 4;

export function openBufferPool(byteCount: number): BufferPool {
  const count = Math.max(fewestBuffers, Math.floor(byteCount / poolBufferBytes));
  const memory = new SharedArrayBuffer(count * poolBufferBytes);
  const holds = new Uint32Array(count);
  const free = Array.from({ length: count }, (_, index) => index);
  const waiting: ((buffer: Buffer) => void)[] = [];

  const indexOf = (bytes: Uint8Array): number =>
    bytes.buffer === memory ? Math.floor(bytes.byteOffset / poolBufferBytes) : -1;
  const open = (index: number): Buffer => {
    holds[index] = 1;
    return Buffer.from(memory, index * poolBufferBytes, poolBufferBytes);
  };
  const giveBack = (index: number): void => {
    const next = waiting.shift();
    if (next === undefined) free.push(index);
    else next(open(index));
  };
  const isScarce = (): boolean => free.length < count / 2;

  return {
    memory,
    take: () => {
      const index = free.pop();
      return index === undefined
        ? new Promise((resolve) => waiting.push(resolve))
        : Promise.resolve(open(index));
    },
    tryTake: () => {
      if (free.length <= count / 4) return null;
      const index = free.pop();
      return index === undefined ? null : open(index);
    },
    isScarce,
    owns: (bytes) => indexOf(bytes) >= 0,
    retain: (bytes) => {
      const index = indexOf(bytes);
      if (index >= 0) holds[index] = (holds[index] ?? 0) + 1;
    },
    release: (bytes) => {
      const index = indexOf(bytes);
      if (index < 0) return;
      const left = (holds[index] ?? 0) - 1;
      if (left < 0) throw new Error('A buffer of the pool was released more often than retained.');
      holds[index] = left;
      if (left === 0) giveBack(index);
    },
  };
}
