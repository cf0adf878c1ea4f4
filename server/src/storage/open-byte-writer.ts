import type { BufferPool } from '../foundation/index.ts';
import type { Answer, Question, Segment, WorkerStart, WriteFailure, Written } from './byte-protocol.ts';
import { openGathering } from './gather-bytes.ts';
import { openThread } from './open-thread.ts';

/** Bytes on their way to the store. */
export type ByteSource = {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** The chunks are base64 text, without anything that is no base64. */
  readonly isBase64: boolean;
  /** Look whether they are a picture before they get their place. */
  readonly isPicture: boolean;
  /** Sees every chunk when it arrives; the next one waits for it. May throw to end the put. */
  readonly onChunk: (chunk: Uint8Array) => void | Promise<void>;
};

export type ByteWriter = {
  /**
   * Writes and hashes. Chunks that lie in the pool are retained as long as they are needed; others must stay as they are.
   * Rethrows what the source throws; a NotBase64Error where its text is none.
   */
  readonly write: (source: ByteSource) => Promise<Written>;
  readonly close: () => Promise<void>;
};

/** Text that was to be base64, and is not. */
export class NotBase64Error extends Error {
  override readonly name = 'NotBase64Error';
}

type Part = Omit<Extract<Question, { type: 'part' }>, 'type' | 'id' | 'segments'>;

/**
 * Starts the store's second thread. It reads bytes from the pool, where they may lie already: when all of that is in
 * use everybody waits, and with them whoever sends.
 */
export function openByteWriter(dataDir: string, pool: BufferPool): ByteWriter {
  const thread = openThread<Question, Answer>('byte-worker.ts', 'pictor-store', {
    dataDir,
    memory: pool.memory,
  } satisfies WorkerStart);
  let lastId = 0;

  /** Sends bytes to the thread, and gives their memory back once it is done with them. */
  const send = async (id: number, parts: readonly Uint8Array[], part: Part): Promise<Answer> => {
    const placed = await place(pool, parts);
    try {
      return orThrow(await thread.ask({ type: 'part', id, segments: placed.map(toSegment), ...part }));
    } finally {
      for (const bytes of placed) pool.release(bytes);
    }
  };

  return {
    write: async ({ chunks, isBase64, isPicture, onChunk }) => {
      lastId += 1;
      const id = lastId;
      const gathered = openGathering(pool);
      /** What the worker says of the part before; the next part waits for it. */
      let before: Promise<unknown> = Promise.resolve();
      try {
        for await (const chunk of chunks) {
          await onChunk(chunk);
          gathered.add(chunk);
          while (gathered.isFull()) {
            await before;
            before = send(id, gathered.takePart(), { isBase64, isPicture, isLast: false });
            // Its failure is met where it is awaited.
            before.catch(() => undefined);
          }
        }
        await before;
        const answer = await send(id, gathered.takePart(), { isBase64, isPicture, isLast: true });
        if (answer.type !== 'stored') throw new Error('The store did not finish a put.');
        return answer.written;
      } catch (error) {
        await before.catch(() => undefined);
        gathered.drop();
        thread.tell({ type: 'drop', id });
        throw error;
      }
    },
    close: thread.close,
  };
}

/** The same bytes in the pool: those that lie there stay where they are, the others are copied, side by side. */
async function place(pool: BufferPool, parts: readonly Uint8Array[]): Promise<Uint8Array[]> {
  const placed: Uint8Array[] = [];
  let buffer: Buffer | null = null;
  let filled = 0;
  for (const part of parts) {
    if (pool.owns(part)) {
      placed.push(part);
      continue;
    }
    // All of them together fit into one buffer.
    if (buffer === null) buffer = await pool.take();
    else pool.retain(buffer);
    buffer.set(part, filled);
    placed.push(buffer.subarray(filled, filled + part.byteLength));
    filled += part.byteLength;
  }
  return placed;
}

function toSegment(bytes: Uint8Array): Segment {
  return { at: bytes.byteOffset, byteCount: bytes.byteLength };
}

function orThrow(answer: Answer): Answer {
  if (answer.type === 'failed') throw toError(answer.error);
  return answer;
}

function toError({ isBase64Wrong, message, code }: WriteFailure): Error {
  if (isBase64Wrong) return new NotBase64Error(message);
  return Object.assign(new Error(message), code === undefined ? {} : { code });
}
