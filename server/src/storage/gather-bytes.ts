import { type BufferPool, poolBufferBytes } from '../foundation/index.ts';

/** Chunks of any length, taken out in buffers' lengths. Holds less than one buffer and one chunk. */
export type Gathering = {
  /** Retains what lies in the pool. */
  readonly add: (chunk: Uint8Array) => void;
  /** Is there as much as one buffer holds? */
  readonly isFull: () => boolean;
  /** That much; whoever takes it releases it. */
  readonly takeFull: () => Uint8Array[];
  /** What there is, less than that. */
  readonly takeRest: () => Uint8Array[];
};

export function openGathering(pool: BufferPool): Gathering {
  let parts: Uint8Array[] = [];
  let byteCount = 0;
  return {
    add: (chunk) => {
      pool.retain(chunk);
      parts.push(chunk);
      byteCount += chunk.byteLength;
    },
    isFull: () => byteCount >= poolBufferBytes,
    takeFull: () => {
      const full: Uint8Array[] = [];
      let missing = poolBufferBytes;
      while (missing > 0) {
        const part = parts.shift();
        if (part === undefined) break;
        full.push(part.subarray(0, missing));
        if (part.byteLength > missing) {
          pool.retain(part);
          parts.unshift(part.subarray(missing));
        }
        missing -= Math.min(missing, part.byteLength);
      }
      byteCount -= poolBufferBytes;
      return full;
    },
    takeRest: () => {
      const rest = parts;
      parts = [];
      byteCount = 0;
      return rest;
    },
  };
}
