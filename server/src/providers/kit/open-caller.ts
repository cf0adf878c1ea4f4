import type { BufferPool } from '../../foundation/index.ts';
import type { ProviderError } from '../../models/index.ts';
import { openConnection } from './http/open-connection.ts';
import { type Outgoing, sendCall } from './http/send-call.ts';
import { writeHead } from './http/write-head.ts';
import { toNetworkFailure } from './to-network-failure.ts';

/** A body whose length is known, and that is read from the beginning on every `open`. */
export type CallBody = {
  readonly contentType: string;
  readonly byteCount: number;
  readonly open: () => AsyncIterable<Uint8Array>;
};

export type Call = {
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Absent: a GET. */
  readonly body?: CallBody;
  readonly signal: AbortSignal;
  /** Where large answers are received. Absent: in memory of their own. */
  readonly pool?: BufferPool | undefined;
};

export type Reply = {
  readonly status: number;
  /** Lower-case names; several values of one name are joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as it arrives, read once. With a pool each part is good until the next one is asked for. Throws ProviderErrors. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Ends the connection, whatever of the body was read. */
  readonly close: () => void;
};

export type Caller = {
  /** Sends a request once. Any status is a reply; throws a ProviderError when there is none. */
  readonly call: (call: Call) => Promise<Reply>;
  /** Cuts what still runs. */
  readonly close: () => Promise<void>;
};

export type CallerOptions = {
  /** Default 30 seconds. */
  readonly connectTimeoutMs?: number;
  /** For a whole call, to the last byte. Default 30 minutes: pictures take minutes, and a timer that ends too early
   * loses one that is paid. */
  readonly callTimeoutMs?: number;
};

/**
 * The one way from a provider to its service. Between connecting and the end of a call there is no other timer. Nothing
 * is sent twice, no redirect is followed, and every call has a connection of its own, because one that was kept open may
 * be dead already, and then nobody can tell whether a call was charged.
 */
export function openCaller(provider: string, options: CallerOptions = {}): Caller {
  const connectTimeoutMs = options.connectTimeoutMs ?? 30_000;
  const callTimeoutMs = options.callTimeoutMs ?? 30 * 60 * 1000;
  const closing = new AbortController();
  return {
    call: (call) => send({ provider, connectTimeoutMs, callTimeoutMs, closing: closing.signal }, call),
    close: async () => closing.abort(),
  };
}

type Sender = Required<CallerOptions> & { readonly provider: string; readonly closing: AbortSignal };

async function send(sender: Sender, call: Call): Promise<Reply> {
  const timeout = AbortSignal.timeout(sender.callTimeoutMs);
  const progress = { sent: false, inputFailed: false };
  const toFailure = (cause: unknown): ProviderError =>
    toNetworkFailure({
      cause,
      provider: sender.provider,
      ...progress,
      gaveUp: call.signal.aborted,
      timedOut: timeout.aborted,
    });
  try {
    const url = new URL(call.url);
    const outgoing = toOutgoing(url, call, progress);
    const connection = await openConnection(url, {
      pool: call.pool,
      connectTimeoutMs: sender.connectTimeoutMs,
      signal: AbortSignal.any([call.signal, sender.closing, timeout]),
    });
    try {
      progress.sent = true;
      const { status, headers, body } = await sendCall(connection, outgoing, call.pool);
      return { status, headers, body: readBody(body, toFailure), close: connection.close };
    } catch (cause) {
      connection.close();
      throw cause;
    }
  } catch (cause) {
    throw toFailure(cause);
  }
}

function toOutgoing(url: URL, { headers, body }: Call, progress: { inputFailed: boolean }): Outgoing {
  const common = { 'accept-encoding': 'identity', 'user-agent': 'Pictor', ...headers };
  if (body === undefined) return { head: writeHead('GET', url, common), body: nothing() };
  const { contentType, byteCount } = body;
  const described = { ...common, 'content-type': contentType, 'content-length': String(byteCount) };
  return { head: writeHead('POST', url, described), body: watch(body, progress) };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** Notes whether sending failed because there was nothing more to send. */
async function* watch(body: CallBody, progress: { inputFailed: boolean }): AsyncGenerator<Uint8Array> {
  try {
    yield* body.open();
  } catch (cause) {
    progress.inputFailed = true;
    throw cause;
  }
}

async function* readBody(
  body: AsyncIterable<Uint8Array>,
  toFailure: (cause: unknown) => ProviderError,
): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (cause) {
    throw toFailure(cause);
  }
}
