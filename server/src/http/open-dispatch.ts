import type { IncomingHttpHeaders } from 'node:http';
import type { HttpServer } from './open-server.ts';

export type DispatchedCall = {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body: unknown;
};

export type DispatchedAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly chunks: AsyncIterable<Uint8Array>;
};

/** A POST to this server that never leaves the process. */
export type Dispatch = (call: DispatchedCall) => Promise<DispatchedAnswer>;

/**
 * What one of our own routes needs from another one goes through the same door as everybody's calls: checks, limits and
 * rows are then the same, and nothing can be left out.
 */
export function openDispatch(server: HttpServer): Dispatch {
  return async ({ path, headers, body }) => {
    const answer = await server.inject({
      method: 'POST',
      url: path,
      headers: { ...headers, 'content-type': 'application/json' },
      payload: JSON.stringify(body),
      payloadAsStream: true,
    });
    return { status: answer.statusCode, headers: answer.headers, chunks: answer.stream() };
  };
}

/** Headers that say who calls, by what name this server was reached, and how often the same may be done. */
const passed = [
  'host',
  'authorization',
  'x-api-key',
  'cookie',
  'origin',
  'sec-fetch-site',
  'x-pictor-project',
  'openai-project',
  'x-pictor-parameters',
  'idempotency-key',
] as const;

/** The headers of a request that a call on its behalf has as well. */
export function passHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    passed.flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}
