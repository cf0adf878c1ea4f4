import { closeSync, mkdirSync, openSync, renameSync, rmSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { type Answer, type Question, slotBytes, type WorkerStart, type Written } from './byte-protocol.ts';
import { layOut, type StoreLayout } from './find-path.ts';
import { openHasher, type StreamHasher } from './hash-bytes.ts';
import { isMissing } from './is-missing.ts';
import { readPng } from './read-png.ts';

/** Text of more than this would be made outside of the heap's young part, which costs ten times as much. */
const decodeChars = 64 * 1024;

/** How much of a file's ends is kept for looking at. */
const headBytes = 64 * 1024;
const tailBytes = 4096;

type Put = {
  readonly path: string;
  readonly descriptor: number;
  readonly hasher: StreamHasher;
  byteCount: number;
  head: Buffer;
  tail: Buffer;
};

type Bench = { readonly layout: StoreLayout; readonly memory: Buffer; readonly decoded: Buffer };

/**
 * The second thread of the store: decodes, hashes and writes, so that the first one only carries. Calls of the file
 * system are synchronous here: nobody else waits on this thread, and they cost a third of the others.
 */
function runWorker(): void {
  const port = parentPort;
  if (port === null) throw new Error('This file runs as a worker thread only.');
  const { dataDir, memory } = workerData as WorkerStart;
  const bench = {
    layout: layOut(dataDir),
    memory: Buffer.from(memory),
    decoded: Buffer.allocUnsafeSlow(slotBytes),
  };
  const puts = new Map<number, Put>();
  port.on('message', (question: Question) => {
    const answer = take(bench, puts, question);
    if (answer !== null) port.postMessage(answer);
  });
}

function take(bench: Bench, puts: Map<number, Put>, question: Question): Answer | null {
  const id = question.put;
  try {
    if (question.type === 'drop') {
      drop(puts, id);
      return null;
    }
    const put = puts.get(id) ?? begin(bench.layout);
    puts.set(id, put);
    writePart(put, readPart(bench, question));
    if (!question.isLast) return { type: 'taken', put: id };
    puts.delete(id);
    return { type: 'stored', put: id, written: finish(bench.layout, put, question.isPicture) };
  } catch (error) {
    drop(puts, id);
    const message = error instanceof Error ? error.message : String(error);
    const code = error instanceof Error && 'code' in error ? { code: String(error.code) } : {};
    return {
      type: 'failed',
      put: id,
      error: { isBase64Wrong: error instanceof SyntaxError, message, ...code },
    };
  }
}

function begin(layout: StoreLayout): Put {
  const path = layout.newTemporary();
  return {
    path,
    descriptor: openSync(path, 'wx', 0o600),
    hasher: openHasher(),
    byteCount: 0,
    head: Buffer.alloc(0),
    tail: Buffer.alloc(0),
  };
}

/** The bytes of a part, good until the next one is read. Throws a SyntaxError for what is no base64. */
function readPart(bench: Bench, part: Extract<Question, { type: 'part' }>): Buffer {
  const start = part.slot * slotBytes;
  const bytes = bench.memory.subarray(start, start + part.byteCount);
  if (!part.isBase64) {
    // The hasher must not read memory that another thread could change.
    bytes.copy(bench.decoded);
    return bench.decoded.subarray(0, bytes.length);
  }
  let length = 0;
  for (let at = 0; at < bytes.length; at += decodeChars) {
    const text = bytes.toString('latin1', at, Math.min(at + decodeChars, bytes.length));
    const isEnd = part.isLast && at + decodeChars >= bytes.length;
    const wanted = decodedLength(text, isEnd);
    // The platform's decoder skips what it does not know, which shows in the length.
    if (bench.decoded.write(text, length, 'base64') !== wanted)
      throw new SyntaxError('The text is no base64.');
    length += wanted;
  }
  return bench.decoded.subarray(0, length);
}

function decodedLength(text: string, isEnd: boolean): number {
  const digits = isEnd ? text.replace(/={1,2}$/, '').length : text.length;
  if (digits % 4 === 1 || (!isEnd && digits % 4 !== 0)) throw new SyntaxError('The text is no base64.');
  return Math.floor((digits * 3) / 4);
}

function writePart(put: Put, bytes: Buffer): void {
  put.hasher.update(bytes);
  for (let offset = 0; offset < bytes.length; ) {
    offset += writeSync(put.descriptor, bytes, offset, bytes.length - offset);
  }
  if (put.byteCount === 0) put.head = Buffer.from(bytes.subarray(0, headBytes));
  put.tail = Buffer.from(
    bytes.length >= tailBytes
      ? bytes.subarray(bytes.length - tailBytes)
      : Buffer.concat([put.tail, bytes]).subarray(-tailBytes),
  );
  put.byteCount += bytes.length;
}

/** Gives the file the place of its hash, unless it must be looked at first. */
function finish(layout: StoreLayout, put: Put, isPicture: boolean): Written {
  closeSync(put.descriptor);
  const { byteCount } = put;
  const hash = put.hasher.digest();
  const facts = isPicture ? readPng(put.head, put.tail) : null;
  if (isPicture && facts === null) return { hash, byteCount, path: put.path, isKept: false, facts };
  const path = layout.blob(hash);
  // Of another size: the machine stopped before those bytes were written. The new file heals it.
  if (statSync(path, { throwIfNoEntry: false })?.size === byteCount) unlinkSync(put.path);
  else move(put.path, path);
  return { hash, byteCount, path, isKept: true, facts };
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
  closeQuietly(put.descriptor);
  rmSync(put.path, { force: true });
}

function closeQuietly(descriptor: number): void {
  try {
    closeSync(descriptor);
  } catch {
    // Closed already, when its end failed.
  }
}

runWorker();
