import { type AddressInfo, createServer as createSocketServer, type Server, type Socket } from 'node:net';
import { PictorError } from '../../foundation/index.ts';
import type { Lookup } from '../open-connector.ts';
import { type DownloadOptions, type GuardedFetch, openGuardedFetch } from '../open-guarded-fetch.ts';
import { openHost, type TestHost } from './open-host.ts';

const closers: (() => Promise<unknown>)[] = [];

/** Closes everything that a test opened. */
export async function closeAll(): Promise<void> {
  await Promise.all(closers.splice(0).map((close) => close()));
}

/** A resolver that knows no name. */
export const noName: Lookup = async () => {
  throw Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
};

/** A web server on loopback. */
export async function host(answer: Parameters<typeof openHost>[0]): Promise<TestHost> {
  const opened = await openHost(answer);
  closers.push(opened.close);
  return opened;
}

/** A server that writes exactly these bytes to whoever connects, and then does as it is told. */
export async function rawHost(write: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server: Server = createSocketServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => write(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The room under test. */
export function guard(allow: readonly string[], lookup?: Lookup): GuardedFetch {
  const opened = openGuardedFetch({ allow, ...(lookup === undefined ? {} : { lookup }) });
  closers.push(opened.close);
  return opened;
}

/** Downloads to the end, with a cap of 1000 bytes where none is named. */
export async function read(fetching: GuardedFetch, url: string, options: Partial<DownloadOptions> = {}) {
  const download = await fetching.download(url, { maxBytes: 1000, ...options });
  const chunks: Uint8Array[] = [];
  for await (const chunk of download.chunks) chunks.push(chunk);
  return { bytes: Buffer.concat(chunks), declaredMediaType: download.declaredMediaType };
}

/** The error that work fails with. */
export async function failure(work: Promise<unknown>): Promise<PictorError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof PictorError)) throw new Error(`Expected a PictorError, got ${String(error)}`);
  return error;
}
