import { errorAnswer } from '@pictor/api';
import type { z } from 'zod';
import { PictorApiError } from './pictor-api-error.ts';

/** How calls reach the server. */
export type Transport = {
  /** Without a slash at the end; empty: the origin of the page. */
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
  readonly fetch: typeof fetch;
};

/** What every method takes besides its own arguments. */
export type CallOptions = {
  /** Ends the wait with the signal's reason. The server finishes what it has begun. */
  readonly signal?: AbortSignal | undefined;
};

export type Call = CallOptions & {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path and query, from the slash on. */
  readonly path: string;
  /** Sent as JSON; absent: no body. */
  readonly body?: unknown;
};

/** Sends one call and reads its answer by the schema. Throws `PictorApiError`, or the signal's reason when aborted. */
export async function sendCall<T>(transport: Transport, call: Call, schema: z.ZodType<T>): Promise<T> {
  const { response, text } = await exchange(transport, call);
  const answer = schema.safeParse(parseJson(text));
  if (answer.success) return answer.data;
  throw new PictorApiError({
    status: response.status,
    code: 'unreadable_answer',
    type: 'server_error',
    param: null,
    message: `The answer to ${call.method} ${call.path} is not one that this client can read.`,
    requestId: response.headers.get('x-request-id'),
    cause: answer.error,
  });
}

/** Sends one call whose answer has no body. Throws like `sendCall`. */
export async function sendEmptyCall(transport: Transport, call: Call): Promise<void> {
  await exchange(transport, call);
}

async function exchange(transport: Transport, call: Call): Promise<{ response: Response; text: string }> {
  const headers = new Headers({ accept: 'application/json' });
  if (call.body !== undefined) headers.set('content-type', 'application/json');
  if (transport.apiKey !== undefined) headers.set('authorization', `Bearer ${transport.apiKey}`);
  const send = transport.fetch;
  let response: Response;
  let text: string;
  try {
    response = await send(`${transport.baseUrl}${call.path}`, {
      method: call.method,
      headers,
      credentials: 'same-origin',
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      ...(call.signal === undefined ? {} : { signal: call.signal }),
    });
    text = await response.text();
  } catch (cause) {
    call.signal?.throwIfAborted();
    throw noAnswer(cause);
  }
  if (!response.ok) throw toApiError(response, text);
  return { response, text };
}

function toApiError(response: Response, text: string): PictorApiError {
  const requestId = response.headers.get('x-request-id');
  const answer = errorAnswer.safeParse(parseJson(text));
  if (!answer.success) {
    return new PictorApiError({
      status: response.status,
      code: null,
      type: response.status >= 500 ? 'server_error' : 'invalid_request_error',
      param: null,
      message: `The server answered with status ${response.status} and no explanation.`,
      requestId,
    });
  }
  const { message, type, param, code } = answer.data.error;
  return new PictorApiError({ status: response.status, code, type, param, message, requestId });
}

function noAnswer(cause: unknown): PictorApiError {
  return new PictorApiError({
    status: 0,
    code: 'connection_failed',
    type: 'connection_error',
    param: null,
    message: 'Pictor cannot be reached: is the server running?',
    requestId: null,
    cause,
  });
}

/** The parsed text; undefined where it is not JSON, which no schema accepts. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
