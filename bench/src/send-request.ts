import { connect, type Socket } from 'node:net';

/** One request as bytes, ready for the wire. */
export type RawRequest = readonly Buffer[];

export type RawAnswer = {
  readonly status: number;
  /** Until the first kilobyte of the body, or all of a shorter one. */
  readonly firstMs: number;
  readonly totalMs: number;
  readonly byteCount: number;
  /** The whole answer, only when it was asked for. */
  readonly text: string;
};

/** A connection that carries one request after the other, and costs as little as a client can. */
export type RawCaller = {
  readonly send: (request: RawRequest, keepText?: boolean) => Promise<RawAnswer>;
  readonly close: () => void;
};

const readBytes = 256 * 1024;
const firstBytes = 1024;
const headEnd = Buffer.from('\r\n\r\n');
const lastChunk = Buffer.from('0\r\n\r\n');

type Receiving = {
  readonly startMs: number;
  readonly resolve: (answer: RawAnswer) => void;
  readonly reject: (error: Error) => void;
  readonly kept: Buffer[] | null;
  head: Buffer;
  status: number;
  /** Bytes of the body that must come; null: chunked, until the last chunk. */
  expected: number | null;
  byteCount: number;
  firstMs: number;
  ending: Buffer;
};

/** Opens a connection that reads into one kept buffer. */
export function openRawCaller(port: number): RawCaller {
  let receiving: Receiving | null = null;
  let socket: Socket | null = null;

  const open = (): Socket => {
    const opened = connect({
      port,
      host: '127.0.0.1',
      noDelay: true,
      onread: {
        buffer: Buffer.allocUnsafe(readBytes),
        callback: (count, bytes) => {
          if (receiving !== null && takeIn(receiving, (bytes as Buffer).subarray(0, count))) receiving = null;
          return true;
        },
      },
    });
    const end = (): void => {
      if (socket === opened) socket = null;
      receiving?.reject(new Error(`The connection ended within an answer (${receiving.byteCount} bytes).`));
      receiving = null;
    };
    opened.on('error', end);
    opened.on('close', end);
    return opened;
  };

  return {
    send: (request, keepText = false) =>
      new Promise((resolve, reject) => {
        receiving = {
          startMs: performance.now(),
          resolve,
          reject,
          kept: keepText ? [] : null,
          head: Buffer.alloc(0),
          status: 0,
          expected: null,
          byteCount: 0,
          firstMs: 0,
          ending: Buffer.alloc(0),
        };
        socket ??= open();
        socket.cork();
        for (const part of request) socket.write(part);
        socket.uncork();
      }),
    close: () => socket?.destroy(),
  };
}

/** Takes what arrived. True when the answer is complete. */
function takeIn(answer: Receiving, bytes: Buffer): boolean {
  let body = bytes;
  if (answer.status === 0) {
    answer.head = Buffer.concat([answer.head, bytes]);
    const end = answer.head.indexOf(headEnd);
    if (end === -1) return false;
    const head = answer.head.toString('latin1', 0, end);
    answer.status = Number(head.split(' ', 2)[1]);
    const length = /^content-length: *(\d+)/im.exec(head)?.[1];
    answer.expected = length === undefined ? null : Number(length);
    body = answer.head.subarray(end + headEnd.length);
  }
  answer.byteCount += body.length;
  answer.kept?.push(Buffer.from(body));
  answer.ending = lastOf(answer.ending, body);
  const complete =
    answer.expected === null ? answer.ending.equals(lastChunk) : answer.byteCount >= answer.expected;
  if (answer.firstMs === 0 && (complete || answer.byteCount >= firstBytes)) {
    answer.firstMs = performance.now() - answer.startMs;
  }
  if (complete) {
    answer.resolve({
      status: answer.status,
      firstMs: answer.firstMs,
      totalMs: performance.now() - answer.startMs,
      byteCount: answer.byteCount,
      text: answer.kept === null ? '' : Buffer.concat(answer.kept).toString('latin1'),
    });
  }
  return complete;
}

function lastOf(before: Buffer, bytes: Buffer): Buffer {
  if (bytes.length >= lastChunk.length) return Buffer.from(bytes.subarray(bytes.length - lastChunk.length));
  return Buffer.from(Buffer.concat([before, bytes]).subarray(-lastChunk.length));
}
