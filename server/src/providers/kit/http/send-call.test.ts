import { once } from 'node:events';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { type BufferPool, openBufferPool, poolBufferBytes } from '../../../foundation/index.ts';
import { type CallBody, openCaller } from '../open-caller.ts';
import { writeJsonBody } from '../write-json-body.ts';
import { certificate, key } from './testing/certificate.ts';

const never = new AbortController().signal;

async function portOf(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** A server that reads a request and writes whatever it is told, in these very pieces, and may then close. */
async function answering(pieces: readonly (string | Buffer)[], closes = true): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => void writeAll(socket, pieces, closes));
  });
  return `http://127.0.0.1:${await portOf(server)}/`;
}

async function writeAll(socket: Socket, pieces: readonly (string | Buffer)[], closes: boolean) {
  for (const piece of pieces) {
    socket.write(piece);
    await new Promise((go) => setImmediate(go));
  }
  if (closes) socket.end();
}

type Got = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

async function get(url: string, pool?: BufferPool, body?: CallBody): Promise<Got> {
  const caller = openCaller('test');
  onTestFinished(caller.close);
  const reply = await caller.call({
    url,
    headers: {},
    signal: never,
    pool,
    ...(body === undefined ? {} : { body }),
  });
  const parts: Buffer[] = [];
  for await (const part of reply.body) parts.push(Buffer.from(part));
  return { status: reply.status, headers: reply.headers, body: Buffer.concat(parts) };
}

function freeBuffers(pool: BufferPool): number {
  let count = 0;
  while (pool.tryTake() !== null) count += 1;
  return count;
}

const head = 'HTTP/1.1 200 OK\r\n';

test('a body ends with its length, with its last chunk, or with its connection', async () => {
  const endings = [
    [`${head}content-length: 5\r\n\r\nhello`],
    [`${head}content-length: 5, 5\r\n\r\nhe`, 'llo and more'],
    [`${head}transfer-encoding: chunked\r\n\r\n3\r\nhel\r\n2;a=b\r\nlo\r\n0\r\nx: y\r\n\r\n`],
    [`${head}Transfer-Encoding: Chunked\r\n\r\n0`, '5\r', '\nhel', 'lo\r', '\n', '0\r\n', '\r', '\n'],
    ['HTTP/1.0 200 OK\r\n\r\nhe', 'llo'],
    [
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\na: b\r\n\r\n',
      `${head}content-length: 5\r\n\r\nhello`,
    ],
    [...`${head}content-length: 5\r\n\r\nhello`],
  ];
  for (const pieces of endings) expect((await get(await answering(pieces))).body.toString()).toBe('hello');
  const none = await get(await answering(['HTTP/1.1 204 No Content\r\ncontent-length: 9\r\n\r\n'], false));
  expect(none).toMatchObject({ status: 204, body: Buffer.alloc(0) });
});

test('headers have lower-case names, and several of one name are joined', async () => {
  const { headers } = await get(
    await answering([`${head}X-One:  a \r\nx-one:b\r\n__proto__: c\r\nEmpty:\r\ncontent-length: 0\r\n\r\n`]),
  );
  expect(Object.entries(headers)).toEqual([
    ['x-one', 'a, b'],
    ['__proto__', 'c'],
    ['empty', ''],
    ['content-length', '0'],
  ]);
});

test('what is cut, or no HTTP, is no answer', async () => {
  const broken = [
    [],
    ['hello'],
    [`${head}x`],
    [`${head}no header\r\n\r\n`],
    [`${head}: no name\r\n\r\n`],
    [`${head}spaces${' '.repeat(60_000)}: x\r\n\r\n`],
    [`${head}x: ${'y'.repeat(70_000)}`],
    [`${head}content-length: 5\r\n\r\nhell`],
    [`${head}content-length: 5, 6\r\n\r\nhello`],
    [`${head}content-length: -5\r\n\r\nhello`],
    [`${head}transfer-encoding: gzip\r\n\r\nhello`],
    [`${head}transfer-encoding: chunked\r\n\r\n5\r\nhello\r\n`],
    [`${head}transfer-encoding: chunked\r\n\r\n4\r\nhello\r\n0\r\n\r\n`],
    [`${head}transfer-encoding: chunked\r\n\r\nhello`],
    [`${head}transfer-encoding: chunked\r\n\r\n${'0'.repeat(20_000)}`],
  ];
  for (const pieces of broken) {
    const failed = get(await answering(pieces));
    await expect(failed, JSON.stringify(pieces).slice(0, 80)).rejects.toMatchObject({
      facts: { kind: 'unavailable', charged: 'maybe' },
    });
  }
});

test('a header that would begin another one is never sent', async () => {
  const caller = openCaller('test');
  const headers = { authorization: 'Bearer a\r\nx-other: b' };
  const failed = caller.call({ url: 'http://127.0.0.1:9/', headers, signal: never });
  await expect(failed).rejects.toMatchObject({ facts: { kind: 'unavailable', charged: 'no' } });
});

test.each(['plain', 'secure'])(
  'large answers are received in the pool, which is free afterwards: %s',
  async (how) => {
    const data = Buffer.from(Array.from({ length: 3_000_000 }, (_, index) => (index * 7) % 251));
    const answer = async (
      request: AsyncIterable<Buffer>,
      write: (bytes: Buffer) => unknown,
      end: () => unknown,
    ) => {
      for await (const bytes of request) if (bytes.length === 0) return;
      for (let at = 0, step = 1; at < data.length; at += step, step = (step * 3 + 1) % 90_000) {
        write(data.subarray(at, at + step));
        if (step % 4 === 0) await new Promise((go) => setImmediate(go));
      }
      end();
    };
    const { createServer: createPlainServer } = await import('node:http');
    const known = getCACertificates();
    setDefaultCACertificates([...known, certificate]);
    onTestFinished(() => setDefaultCACertificates(known));
    const server =
      how === 'plain'
        ? createPlainServer(
            (request, response) =>
              void answer(
                request,
                (b) => response.write(b),
                () => response.end(),
              ),
          )
        : createSecureServer(
            { key, cert: certificate },
            (request, response) =>
              void answer(
                request,
                (b) => response.write(b),
                () => response.end(),
              ),
          );
    const url = `${how === 'plain' ? 'http' : 'https'}://127.0.0.1:${await portOf(server)}/`;
    // Far fewer buffers than answers: most have to wait, or do without.
    for (const count of [16, 4]) {
      const pool = openBufferPool(count * poolBufferBytes);
      const all = await Promise.all(
        Array.from({ length: 12 }, () => get(url, pool, writeJsonBody({ a: 1 }))),
      );
      for (const { body } of all) expect(body.equals(data)).toBe(true);
      expect(freeBuffers(pool)).toBe((count * 3) / 4);
    }
  },
);

test('an answer that nobody reads to its end gives its memory back', async () => {
  const bytes = Buffer.alloc(2_000_000);
  const url = await answering([`${head}content-length: ${bytes.length}\r\n\r\n`, bytes], false);
  const pool = openBufferPool(16 * poolBufferBytes);
  const caller = openCaller('test');
  for (const chunks of [0, 1, 5]) {
    const reply = await caller.call({ url, headers: {}, signal: never, pool });
    let read = 0;
    if (chunks > 0) {
      for await (const _part of reply.body) {
        read += 1;
        if (read === chunks) break;
      }
    }
    reply.close();
    expect(read).toBe(chunks);
  }
  await caller.close();
  expect(freeBuffers(pool)).toBe(12);
});
