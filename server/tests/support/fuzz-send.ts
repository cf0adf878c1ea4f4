import { connect } from 'node:net';

/** A request as bytes, as nothing but a socket would send it. */
export type FuzzRequest = {
  readonly index: number;
  /** What was done to it. */
  readonly label: string;
  /** `GET`, `HEAD` …; empty where the bytes are no HTTP. */
  readonly method: string;
  readonly bytes: Buffer;
  /** True: the sender hangs up after the last byte, for bodies that are shorter than announced. */
  readonly hangsUp: boolean;
};

export type FuzzAnswer =
  /** The connection ended, or failed, without an answer. */
  | { readonly type: 'none' }
  /** Neither answer nor end within the time. */
  | { readonly type: 'hang' }
  /** Something that is no HTTP, or whose body is not what its head says. */
  | { readonly type: 'broken'; readonly what: string; readonly text: string }
  | {
      readonly type: 'answer';
      readonly status: number;
      readonly headers: ReadonlyMap<string, string>;
      readonly head: string;
      readonly body: Buffer;
    };

/** An answer may take this long. */
const waitMs = 20_000;

/** Sends the bytes, and reads until the server closes the connection. */
export function sendRaw(url: string, request: FuzzRequest): Promise<FuzzAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    const end = (answer: FuzzAnswer): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(() => end({ type: 'hang' }), waitMs);
    const read = (): void => end(readAnswer(Buffer.concat(pieces), request.method));
    socket.on('data', (piece) => pieces.push(piece));
    socket.on('end', read);
    // A server that refuses early closes while the rest of the body is on its way.
    socket.on('error', read);
    socket.write(request.bytes);
    if (request.hangsUp) socket.end();
  });
}

function readAnswer(bytes: Buffer, method: string): FuzzAnswer {
  if (bytes.length === 0) return { type: 'none' };
  const headEnd = bytes.indexOf('\r\n\r\n');
  const head = bytes.toString('latin1', 0, headEnd === -1 ? bytes.length : headEnd);
  const broken = (what: string): FuzzAnswer => ({
    type: 'broken',
    what,
    text: bytes.toString('latin1', 0, 600),
  });
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1] ?? Number.NaN);
  if (headEnd === -1 || Number.isNaN(status)) return broken('no head of an answer');
  const rest = bytes.subarray(headEnd + 4);
  // "Go on" stands before the answer itself.
  if (status === 100) return readAnswer(rest, method);
  const headers = new Map(
    head
      .split('\r\n')
      .slice(1)
      .map((line) => [line.split(':', 1).join('').toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  // What cannot be parsed has no method yet: a HEAD gets that refusal with its body.
  const toHead = method === 'HEAD' && !rest.includes('"invalid_http"');
  const bodiless = toHead || status === 204 || status === 304;
  const body = bodiless ? rest : readBody(rest, headers);
  if (body === null) return broken('a chunk that is cut off');
  const announced = headers.get('content-length');
  const expected = bodiless ? 0 : announced === undefined ? body.length : Number(announced);
  if (body.length !== expected) return broken(`${body.length} bytes where ${expected} were announced`);
  return { type: 'answer', status, headers, head, body };
}

/** Null: the chunks do not end. */
function readBody(rest: Buffer, headers: ReadonlyMap<string, string>): Buffer | null {
  if (headers.get('transfer-encoding') !== 'chunked') return rest;
  const pieces: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = rest.indexOf('\r\n', at);
    const length = Number.parseInt(rest.toString('latin1', at, lineEnd), 16);
    if (lineEnd === -1 || Number.isNaN(length)) return null;
    if (length === 0) return Buffer.concat([...pieces, rest.subarray(lineEnd + 4)]);
    pieces.push(rest.subarray(lineEnd + 2, lineEnd + 2 + length));
    at = lineEnd + 2 + length + 2;
  }
}
