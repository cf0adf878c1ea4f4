import { Worker } from 'node:worker_threads';
import { type Answer, type Question, slotBytes, type WriteFailure, type Written } from './byte-protocol.ts';

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
  /** Writes and hashes. Rethrows what the source throws; a NotBase64Error where its text is none. */
  readonly write: (source: ByteSource) => Promise<Written>;
  readonly close: () => Promise<void>;
};

/** Text that was to be base64, and is not. */
export class NotBase64Error extends Error {
  override readonly name = 'NotBase64Error';
}

/**
 * Starts the store's second thread. Bytes reach it through `bufferBytes` of memory that both threads see: when all of
 * it is on its way, everybody waits, and with them whoever sends.
 */
export function openByteWriter(dataDir: string, bufferBytes: number): ByteWriter {
  const slotCount = Math.max(4, Math.floor(bufferBytes / slotBytes));
  const memory = new SharedArrayBuffer(slotCount * slotBytes);
  const worker = new Worker(new URL('./byte-worker.ts', import.meta.url), {
    name: 'pictor-store',
    workerData: { dataDir, memory },
  });
  worker.unref();
  const slots = openSlots(slotCount);
  const waiting = new Map<number, PromiseWithResolvers<Answer>>();
  let death: Error | undefined;
  let lastPut = 0;

  worker.on('message', (answer: Answer) => {
    const waiter = waiting.get(answer.put);
    waiting.delete(answer.put);
    if (waiting.size === 0) worker.unref();
    waiter?.resolve(answer);
  });
  const die = (error: Error): void => {
    death ??= error;
    for (const { reject } of waiting.values()) reject(death);
    waiting.clear();
  };
  worker.on('error', (error) => die(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', () => die(new Error('The thread of the store has ended.')));

  const ask = (question: Extract<Question, { type: 'part' }>): Promise<Answer> => {
    if (death !== undefined) return Promise.reject(death);
    const answered = Promise.withResolvers<Answer>();
    waiting.set(question.put, answered);
    worker.ref();
    worker.postMessage(question);
    return answered.promise;
  };

  return {
    write: async (source) => {
      lastPut += 1;
      const put = lastPut;
      /** What the worker says of the part before; the next part waits for it. */
      let before: Promise<Answer> | null = null;
      const send = async (parts: readonly Uint8Array[], isLast: boolean): Promise<Answer> => {
        if (before !== null) orThrow(await before);
        const slot = await slots.take();
        const byteCount = fill(new Uint8Array(memory, slot * slotBytes, slotBytes), parts);
        const { isBase64, isPicture } = source;
        const answer = ask({ type: 'part', put, slot, byteCount, isBase64, isLast, isPicture });
        answer.then(slots.give(slot), slots.give(slot));
        return await answer;
      };
      try {
        const gathered = openGathering();
        for await (const chunk of source.chunks) {
          await source.onChunk(chunk);
          gathered.add(chunk);
          for (let parts = gathered.takeFull(); parts !== null; parts = gathered.takeFull()) {
            if (before !== null) orThrow(await before);
            before = send(parts, false);
            // Its failure is met where it is awaited.
            before.catch(() => undefined);
          }
        }
        const answer = orThrow(await send(gathered.takeRest(), true));
        if (answer.type !== 'stored') throw new Error('The store did not finish a put.');
        return answer.written;
      } catch (error) {
        await before?.catch(() => undefined);
        worker.postMessage({ type: 'drop', put } satisfies Question);
        throw error;
      }
    },
    close: async () => {
      death ??= new Error('The store is closed.');
      await worker.terminate();
    },
  };
}

function orThrow(answer: Answer): Answer {
  if (answer.type === 'failed') throw toError(answer.error);
  return answer;
}

function toError({ isBase64Wrong, message, code }: WriteFailure): Error {
  if (isBase64Wrong) return new NotBase64Error(message);
  return Object.assign(new Error(message), code === undefined ? {} : { code });
}

/** Chunks of any length, taken out in slots' lengths. Holds less than one slot and one chunk. */
function openGathering() {
  let parts: Uint8Array[] = [];
  let byteCount = 0;
  return {
    add: (chunk: Uint8Array): void => {
      parts.push(chunk);
      byteCount += chunk.byteLength;
    },
    /** As much as one slot holds; null while that is not there. */
    takeFull: (): Uint8Array[] | null => {
      if (byteCount < slotBytes) return null;
      const full: Uint8Array[] = [];
      let missing = slotBytes;
      while (missing > 0) {
        const part = parts.shift();
        if (part === undefined) break;
        full.push(part.subarray(0, missing));
        if (part.byteLength > missing) parts.unshift(part.subarray(missing));
        missing -= Math.min(missing, part.byteLength);
      }
      byteCount -= slotBytes;
      return full;
    },
    takeRest: (): Uint8Array[] => {
      const rest = parts;
      parts = [];
      byteCount = 0;
      return rest;
    },
  };
}

function fill(slot: Uint8Array, parts: readonly Uint8Array[]): number {
  let byteCount = 0;
  for (const part of parts) {
    slot.set(part, byteCount);
    byteCount += part.byteLength;
  }
  return byteCount;
}

/** Numbers of slots, handed out in the order in which they were asked for. */
function openSlots(count: number) {
  const free = Array.from({ length: count }, (_, slot) => slot);
  const waiting: ((slot: number) => void)[] = [];
  return {
    take: (): Promise<number> => {
      const slot = free.pop();
      return slot === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(slot);
    },
    give: (slot: number) => (): void => {
      const next = waiting.shift();
      if (next === undefined) free.push(slot);
      else next(slot);
    },
  };
}
