import { type BufferPool, poolBufferBytes } from '../foundation/index.ts';
import { largestPartBytes } from './byte-protocol.ts';

/** Chunks of any length, taken out in parts. Holds less than one part and one chunk. */
export type Gathering = {
  /** Retains what lies in the pool. */
  readonly add: (chunk: Uint8Array) => void;
  /**
   * Is there enough for a part? What does not lie in the pool has to be copied there, and fills one buffer at most: whoever
   * waited for a second one while it has the first could wait for ever.
   */
  readonly isFull: () => boolean;
  /** The next part; whoever takes it releases it. */
  readonly takePart: () => Uint8Array[];
  /** Everything there is, which is not to be sent. */
  readonly drop: () => void;
};

export function openGathering(pool: BufferPool): Gathering {
  const chunks: Uint8Array[] = [];
  let byteCount = 0;
  let looseBytes = 0;
  const looseOf = (bytes: Uint8Array): number => (pool.owns(bytes) ? 0 : bytes.byteLength);
  return {
    add: (chunk) => {
      pool.retain(chunk);
      chunks.push(chunk);
      byteCount += chunk.byteLength;
      looseBytes += looseOf(chunk);
    },
    isFull: () => byteCount >= largestPartBytes || looseBytes >= poolBufferBytes,
    takePart: () => {
      const part: Uint8Array[] = [];
      let room = largestPartBytes;
      let looseRoom = poolBufferBytes;
      for (let chunk = chunks[0]; chunk !== undefined; chunk = chunks[0]) {
        const isLoose = !pool.owns(chunk);
        const bytes = chunk.subarray(0, isLoose ? Math.min(room, looseRoom) : room);
        if (bytes.byteLength === 0 && chunk.byteLength > 0) break;
        part.push(bytes);
        room -= bytes.byteLength;
        if (isLoose) looseRoom -= bytes.byteLength;
        if (bytes.byteLength === chunk.byteLength) chunks.shift();
        else {
          pool.retain(chunk);
          chunks[0] = chunk.subarray(bytes.byteLength);
        }
      }
      byteCount -= largestPartBytes - room;
      looseBytes -= poolBufferBytes - looseRoom;
      return part;
    },
    drop: () => {
      for (const chunk of chunks.splice(0)) pool.release(chunk);
    },
  };
}
