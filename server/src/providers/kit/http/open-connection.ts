import { connect as connectPlain, type NetConnectOpts, type OnReadOpts, type Socket } from 'node:net';
import { connect as connectSecure } from 'node:tls';
import type { BufferPool } from '../../../foundation/index.ts';
import { type Inbox, openInbox } from './open-inbox.ts';

/** One connection to a service, for one call. */
export type Connection = {
  readonly inbox: Pick<Inbox, 'next'>;
  /** Resolves when the next bytes may be sent. Rejects where the connection is lost. */
  readonly send: (bytes: Uint8Array) => Promise<void>;
  readonly close: () => void;
};

export type ConnectionOptions = {
  readonly pool: BufferPool | undefined;
  readonly connectTimeoutMs: number;
  /** Ends the connection, also before there is one. */
  readonly signal: AbortSignal;
};

/** Too much time was spent on connecting. */
class ConnectTimeoutError extends Error {
  override readonly name = 'ConnectTimeoutError';
  readonly code = 'CONNECT_TIMEOUT';
}

/**
 * Connects to the origin of an address. The socket reads into kept memory, which neither `node:http` nor its like do:
 * a buffer for every read keeps the collector busier than everything else that happens to a picture.
 */
export async function openConnection(url: URL, options: ConnectionOptions): Promise<Connection> {
  let socket: Socket | undefined;
  const inbox = openInbox(options.pool, () => socket?.resume());
  const onread = { buffer: inbox.room, callback: inbox.take };
  const opened = open(url, onread);
  socket = opened.socket;
  const close = (): void => {
    opened.socket.destroy();
    inbox.close();
  };
  const giveUp = (): void => {
    opened.socket.destroy(toError(options.signal.reason));
  };
  opened.socket.on('error', (error) => inbox.end(error));
  opened.socket.once('end', () => inbox.end());
  opened.socket.once('close', () => {
    options.signal.removeEventListener('abort', giveUp);
    inbox.end(new Error('The connection was closed.'));
  });
  options.signal.addEventListener('abort', giveUp, { once: true });
  try {
    await untilReady(opened, options);
  } catch (error) {
    close();
    throw error;
  }
  opened.socket.setNoDelay(true);
  return { inbox, send: (bytes) => send(opened.socket, bytes), close };
}

type Opened = { readonly socket: Socket; readonly readyEvent: 'connect' | 'secureConnect' };

function open(url: URL, onread: OnReadOpts): Opened {
  // An address in brackets is an address of the sixth version.
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const isSecure = url.protocol === 'https:';
  const port = url.port === '' ? (isSecure ? 443 : 80) : Number(url.port);
  const target = { host, port, onread } satisfies NetConnectOpts;
  if (!isSecure) return { socket: connectPlain(target), readyEvent: 'connect' };
  // Names only: an address is no server name.
  const servername = /^[\d.]+$|:/.test(host) ? '' : host;
  const socket = connectSecure({ ...target, servername, ALPNProtocols: ['http/1.1'] });
  return { socket, readyEvent: 'secureConnect' };
}

async function untilReady({ socket, readyEvent }: Opened, options: ConnectionOptions): Promise<void> {
  if (options.signal.aborted) throw toError(options.signal.reason);
  const ready = Promise.withResolvers<void>();
  const timer = setTimeout(() => {
    ready.reject(new ConnectTimeoutError('The service could not be reached in the time allowed.'));
  }, options.connectTimeoutMs);
  const closed = (): void => ready.reject(new Error('The connection was closed.'));
  socket.once(readyEvent, ready.resolve);
  socket.once('error', ready.reject);
  socket.once('close', closed);
  try {
    await ready.promise;
  } finally {
    clearTimeout(timer);
    socket.off('error', ready.reject);
    socket.off('close', closed);
  }
}

async function send(socket: Socket, bytes: Uint8Array): Promise<void> {
  if (socket.destroyed || !socket.writable) throw new Error('The connection was closed.');
  if (socket.write(bytes)) return;
  const drained = Promise.withResolvers<void>();
  const closed = (): void => drained.reject(new Error('The connection was closed.'));
  socket.once('drain', drained.resolve);
  socket.once('close', closed);
  try {
    await drained.promise;
  } finally {
    socket.off('drain', drained.resolve);
    socket.off('close', closed);
  }
}

function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
