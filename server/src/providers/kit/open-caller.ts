import { Readable } from 'node:stream';
import { Agent, type Dispatcher } from 'undici';
import type { ProviderError } from '../../models/index.ts';
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
};

export type Reply = {
  readonly status: number;
  /** Lower-case names; several values of one name are joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as it arrives, read once. Throws ProviderErrors. */
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
 * The one way from a provider to its service. Between connecting and the end of a call there is no other timer:
 * undici's own are off. Nothing is sent twice, no redirect is followed, and every call has a connection of its own,
 * because one that was kept open may be dead already, and then nobody can tell whether a call was charged.
 */
export function openCaller(provider: string, options: CallerOptions = {}): Caller {
  const agent = new Agent({
    connect: { timeout: options.connectTimeoutMs ?? 30_000 },
    headersTimeout: 0,
    bodyTimeout: 0,
    pipelining: 0,
    allowH2: false,
  });
  const callTimeoutMs = options.callTimeoutMs ?? 30 * 60 * 1000;
  return {
    call: (call) => send(agent, provider, callTimeoutMs, call),
    close: () => agent.destroy(),
  };
}

async function send(agent: Agent, provider: string, callTimeoutMs: number, call: Call): Promise<Reply> {
  const timeout = AbortSignal.timeout(callTimeoutMs);
  const progress = { sent: false, inputFailed: false };
  const toFailure = (cause: unknown): ProviderError =>
    toNetworkFailure({
      cause,
      provider,
      ...progress,
      gaveUp: call.signal.aborted,
      timedOut: timeout.aborted,
    });
  if (call.signal.aborted) throw toFailure(call.signal.reason);
  const { body } = call;
  const url = new URL(call.url);
  try {
    const response = await agent.request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        'accept-encoding': 'identity',
        'user-agent': 'Pictor',
        ...call.headers,
        ...(body === undefined
          ? {}
          : { 'content-type': body.contentType, 'content-length': String(body.byteCount) }),
      },
      body: body === undefined ? null : Readable.from(watch(body, progress), { objectMode: false }),
      signal: AbortSignal.any([call.signal, timeout]),
    });
    // A body may break while nobody reads it; without a listener that would end the process.
    response.body.on('error', () => undefined);
    return {
      status: response.statusCode,
      headers: flatten(response.headers),
      body: readBody(response.body, toFailure),
      close: () => {
        response.body.destroy();
      },
    };
  } catch (cause) {
    throw toFailure(cause);
  }
}

/** Notes that sending has begun, and whether it failed because there was nothing more to send. */
async function* watch(
  body: CallBody,
  progress: { sent: boolean; inputFailed: boolean },
): AsyncGenerator<Uint8Array> {
  progress.sent = true;
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

function flatten(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value]],
  );
  return Object.fromEntries(entries);
}
