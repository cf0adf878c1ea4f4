import { closeSync, mkdirSync, openSync, renameSync, rmSync, statSync, unlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { workerData } from 'node:worker_threads';
import {
  type Answer,
  largestPartBytes,
  type Question,
  type Segment,
  type WorkerStart,
  type Written,
} from './byte-protocol.ts';
import { type Base64Decoder, openBase64Decoder } from './decode-segments.ts';
import { layOut, type StoreLayout } from './find-path.ts';
import { hashBytes, openHasher, type StreamHasher } from './hash-bytes.ts';
import { isMissing } from './is-missing.ts';
import { type FileWriter, openFileWriters, writeAll } from './open-file-writer.ts';
import { readPng } from './read-png.ts';
import { serveThread } from './serve-thread.ts';

/** How much of a file's ends is kept for looking at. */
const headBytes = 64 * 1024;
const tailBytes = 4096;

type Part = Extract<Question, { type: 'part' }>;

type Put = {
  readonly path: string;
  readonly file: FileWriter;
  readonly decoder: Base64Decoder;
  readonly hasher: StreamHasher;
  byteCount: number;
  head: Buffer;
  tail: Buffer;
};

type Bench = {
  readonly layout: StoreLayout;
  readonly memory: Buffer;
  readonly scratch: Buffer;
  readonly files: ReturnType<typeof openFileWriters>;
};

/**
 * The second thread of the store: decodes, hashes and writes, so that the first one only carries. Calls of the file
 * system are synchronous here: nobody else waits on this thread, and they cost a third of the others.
 */
function runWorker(): void {
  const { dataDir, memory } = workerData as WorkerStart;
  const layout = layOut(dataDir);
  const scratch = Buffer.allocUnsafeSlow(largestPartBytes);
  const files = openFileWriters(layout.newTemporary(), scratch);
  const bench = { layout, memory: Buffer.from(memory), scratch, files };
  const puts = new Map<number, Put>();
  serveThread<Question, Answer>((question) => take(bench, puts, question));
}

function take(bench: Bench, puts: Map<number, Put>, question: Question): Answer | null {
  const { id } = question;
  try {
    if (question.type === 'drop') {
      drop(puts, id);
      return null;
    }
    const begun = puts.get(id);
    if (begun === undefined && question.isLast)
      return { type: 'stored', id, written: storeWhole(bench, question) };
    const put = begun ?? begin(bench);
    puts.set(id, put);
    writePart(bench.memory, put, question);
    if (!question.isLast) return { type: 'taken', id };
    const written = finish(bench.layout, put, question.isPicture);
    puts.delete(id);
    return { type: 'stored', id, written };
  } catch (error) {
    drop(puts, id);
    const message = error instanceof Error ? error.message : String(error);
    const code = error instanceof Error && 'code' in error ? { code: String(error.code) } : {};
    return {
      type: 'failed',
      id,
      error: { isBase64Wrong: error instanceof SyntaxError, message, ...code },
    };
  }
}

/** What comes in one part is hashed before there is a file, and needs none where the same bytes lie already. */
function storeWhole({ layout, memory, scratch }: Bench, part: Part): Written {
  const bytes = scratch.subarray(0, readPart(memory, part, openBase64Decoder(), scratch));
  const hash = hashBytes(bytes);
  const byteCount = bytes.length;
  const facts = part.isPicture ? readPng(bytes.subarray(0, headBytes), bytes.subarray(-tailBytes)) : null;
  const isKept = !part.isPicture || facts !== null;
  const path = layout.blob(hash);
  if (isKept && sizeOf(path) === byteCount) return { hash, byteCount, path, isKept, facts };
  const temporary = layout.newTemporary();
  try {
    const descriptor = openSync(temporary, 'wx', 0o600);
    try {
      writeAll(descriptor, bytes);
    } finally {
      closeSync(descriptor);
    }
    if (!isKept) return { hash, byteCount, path: temporary, isKept, facts };
    move(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  return { hash, byteCount, path, isKept, facts };
}

function begin({ layout, files }: Bench): Put {
  const path = layout.newTemporary();
  return {
    path,
    file: files.open(path),
    decoder: openBase64Decoder(),
    hasher: openHasher(),
    byteCount: 0,
    head: Buffer.alloc(0),
    tail: Buffer.alloc(0),
  };
}

/** Puts the bytes of a part into `out` and tells how many. Throws a SyntaxError for what is no base64. */
function readPart(memory: Buffer, part: Part, decoder: Base64Decoder, out: Buffer): number {
  if (part.isBase64) return decoder.decode(memory, part.segments, out, part.isLast);
  return part.segments.reduce((length, segment) => length + copy(memory, segment, out, length), 0);
}

/** The hasher must not read memory that another thread could change. */
function copy(memory: Buffer, { at, byteCount }: Segment, out: Buffer, place: number): number {
  return memory.copy(out, place, at, at + byteCount);
}

function writePart(memory: Buffer, put: Put, part: Part): void {
  const room = put.file.room();
  const bytes = room.subarray(0, readPart(memory, part, put.decoder, room));
  put.hasher.update(bytes);
  if (put.byteCount === 0) put.head = Buffer.from(bytes.subarray(0, headBytes));
  put.tail = Buffer.from(
    bytes.length >= tailBytes
      ? bytes.subarray(bytes.length - tailBytes)
      : Buffer.concat([put.tail, bytes]).subarray(-tailBytes),
  );
  put.byteCount += bytes.length;
  put.file.commit(bytes.length);
}

/** Gives the file the place of its hash, unless it must be looked at first. */
function finish(layout: StoreLayout, put: Put, isPicture: boolean): Written {
  put.file.end();
  const { byteCount } = put;
  const hash = put.hasher.digest();
  const facts = isPicture ? readPng(put.head, put.tail) : null;
  if (isPicture && facts === null) return { hash, byteCount, path: put.path, isKept: false, facts };
  const path = layout.blob(hash);
  if (sizeOf(path) === byteCount) unlinkSync(put.path);
  else move(put.path, path);
  return { hash, byteCount, path, isKept: true, facts };
}

/** Of another size: the machine stopped before those bytes were written. The new file heals it. */
function sizeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.size;
}

function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!isMissing(error)) throw error;
    mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
    renameSync(from, to);
  }
}

function drop(puts: Map<number, Put>, id: number): void {
  const put = puts.get(id);
  if (put === undefined) return;
  puts.delete(id);
  try {
    put.file.drop();
  } catch {
    // What cannot be closed is removed all the same.
  }
  rmSync(put.path, { force: true });
}

runWorker();
