import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes that were read to their end and can be read again, without being kept in memory where they are many. */
export type Held = {
  readonly byteCount: number;
  /** The first bytes, enough to see what they are. */
  readonly head: Uint8Array;
  readonly open: () => AsyncIterable<Uint8Array>;
  /** Gives the room back; afterwards nothing can be read. */
  readonly release: () => Promise<void>;
};

const maxMemoryBytes = 4 * 1024 * 1024;
const headBytes = 16;
const chunkBytes = 64 * 1024;

/**
 * Reads bytes to their end. What is more than a few megabytes goes to a file in `folder` that has no name as soon as
 * it is open, so that nothing is left behind; where there can be no file it stays in memory. Rethrows what `chunks`
 * throws.
 */
export async function holdBytes(chunks: AsyncIterable<Uint8Array>, folder: string): Promise<Held> {
  const memory: Uint8Array[] = [];
  let head: Uint8Array = new Uint8Array();
  let byteCount = 0;
  let file: FileHandle | null = null;
  let mayLeaveMemory = true;
  try {
    for await (const chunk of chunks) {
      byteCount += chunk.byteLength;
      if (head.byteLength < headBytes) head = Buffer.concat([head, chunk]).subarray(0, headBytes);
      if (file !== null) {
        await file.writeFile(chunk);
        continue;
      }
      memory.push(chunk);
      if (byteCount <= maxMemoryBytes || !mayLeaveMemory) continue;
      mayLeaveMemory = false;
      file = await openNameless(folder);
      if (file !== null) await file.writeFile(Buffer.concat(memory.splice(0)));
    }
  } catch (error) {
    await file?.close();
    throw error;
  }
  const kept = file;
  return {
    byteCount,
    head,
    open: () => (kept === null ? fromMemory(memory) : fromFile(kept)),
    release: async () => {
      await kept?.close();
    },
  };
}

async function* fromMemory(memory: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* memory;
}

async function* fromFile(file: FileHandle): AsyncGenerator<Uint8Array> {
  for (let position = 0; ; ) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(chunkBytes), 0, chunkBytes, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

async function openNameless(folder: string): Promise<FileHandle | null> {
  const path = join(folder, `held-${randomUUID()}`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = await open(path, 'wx+', 0o600);
    await unlink(path).catch(() => undefined);
    return file;
  } catch {
    return null;
  }
}

/** All of them at once, for work that needs the whole picture. */
export async function readAll(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of chunks) parts.push(part);
  return Buffer.concat(parts);
}
