import { errorAnswer } from '@pictor/api';
import type { z } from 'zod';
import { PictorApiError, toErrorClass, UnreadableAnswerError } from './pictor-api-error.ts';
import { newIdempotencyKey, pause, retryWaitMs } from './retry.ts';

/** How calls reach the server. */
export type Transport = {
  /** Without a slash at the end; empty: the origin of the page. */
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
  /** Id of the project that a root key acts for; absent: its own. */
  readonly project?: string | undefined;
  /** How often a call that failed in passing is sent again. Absent: 0. */
  readonly maxRetries?: number;
  readonly fetch: typeof fetch;
};

/** What every method takes besides its own arguments. */
export type CallOptions = {
  /** Ends the wait with the signal's reason. The server finishes what it has begun. */
  readonly signal?: AbortSignal | undefined;
};

/** What methods that make pictures take besides. */
export type RunOptions = CallOptions & {
  /**
   * Of one's own: the same key and body get the first answer again for 24 hours, instead of a second one that is paid.
   * Default: one for each call, so that its retries pay nothing twice.
   */
  readonly idempotencyKey?: string | undefined;
  /** Words to sort spend by, 20 at most. */
  readonly tags?: readonly string[] | undefined;
  /** What happens to parameters that the model lacks: told (`default`), told for more of them, or refused. */
  readonly parameters?: 'default' | 'lenient' | 'strict' | undefined;
};

export type Call = RunOptions & {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path and query, from the slash on. */
  readonly path: string;
  /** A form is sent as it is, anything else as JSON; absent: no body. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** True: the server knows idempotency keys here, so that one is made for the call. Default: false. */
  readonly isKeyed?: boolean;
};

/** Longest wait for the answer of the first try, when a second one asks for it; in seconds. */
const firstAnswerWaitSeconds = 240;

/** Sends one call and reads its answer by the schema. Throws `PictorApiError`, or the signal's reason when aborted. */
export async function sendCall<T>(transport: Transport, call: Call, schema: z.ZodType<T>): Promise<T> {
  const { response, value } = await exchange(transport, call, (answer) => answer.text());
  const answer = schema.safeParse(parseJson(value));
  if (answer.success) return answer.data;
  throw unreadable(call, response, answer.error);
}

/** Sends one call whose answer has no body. Throws like `sendCall`. */
export async function sendEmptyCall(transport: Transport, call: Call): Promise<void> {
  await exchange(transport, call, (answer) => answer.text());
}

/** Sends one call and gives its answer before the body is read, which is the caller's. Throws like `sendCall`. */
export async function sendOpenCall(transport: Transport, call: Call): Promise<Response> {
  return (await exchange(transport, call, async () => undefined)).response;
}

/** Sends the call, again and again where that makes sense, until there is an answer that can be read. */
async function exchange<T>(
  transport: Transport,
  call: Call,
  read: (response: Response) => Promise<T>,
): Promise<{ response: Response; value: T }> {
  const maxRetries = transport.maxRetries ?? 0;
  const isKeyed = call.isKeyed === true && (maxRetries > 0 || call.idempotencyKey !== undefined);
  const idempotencyKey = isKeyed ? (call.idempotencyKey ?? newIdempotencyKey()) : undefined;
  const isSafe = idempotencyKey !== undefined || call.method === 'GET' || call.method === 'PUT';
  for (let retries = 0; ; retries += 1) {
    try {
      const headers = toHeaders(transport, call, idempotencyKey, retries);
      return await exchangeOnce(transport, call, headers, read);
    } catch (error) {
      call.signal?.throwIfAborted();
      const waitMs = retries < maxRetries ? retryWaitMs(error, { isSafe, retries }) : null;
      if (waitMs === null) throw error;
      await pause(waitMs, call.signal);
    }
  }
}

async function exchangeOnce<T>(
  transport: Transport,
  call: Call,
  headers: Headers,
  read: (response: Response) => Promise<T>,
): Promise<{ response: Response; value: T }> {
  const send = transport.fetch;
  const { body } = call;
  let response: Response;
  try {
    response = await send(`${transport.baseUrl}${call.path}`, {
      method: call.method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
      ...(call.signal === undefined ? {} : { signal: call.signal }),
    });
    if (response.ok) return { response, value: await read(response) };
    throw await readError(response);
  } catch (cause) {
    call.signal?.throwIfAborted();
    throw cause instanceof PictorApiError ? cause : noAnswer(cause);
  }
}

function toHeaders(
  { apiKey, project }: Transport,
  call: Call,
  idempotencyKey: string | undefined,
  retries: number,
): Headers {
  const headers = new Headers({ accept: 'application/json', ...call.headers });
  if (call.body !== undefined && !(call.body instanceof FormData)) {
    headers.set('content-type', 'application/json');
  }
  if (apiKey !== undefined) headers.set('authorization', `Bearer ${apiKey}`);
  if (project !== undefined) headers.set('x-pictor-project', project);
  if (call.tags !== undefined && call.tags.length > 0) headers.set('x-pictor-tags', call.tags.join(', '));
  if (call.parameters !== undefined) headers.set('x-pictor-parameters', call.parameters);
  if (idempotencyKey !== undefined) {
    headers.set('idempotency-key', idempotencyKey);
    // The first try may still be at work: its answer is the one that is wanted.
    if (retries > 0) headers.set('prefer', `wait=${firstAnswerWaitSeconds}`);
  }
  return headers;
}

async function readError(response: Response): Promise<PictorApiError> {
  return toApiError(response, parseJson(await response.text()));
}

/** The error that an answer, or an event of a stream, tells of. */
export function toApiError(response: Response, body: unknown): PictorApiError {
  const { headers, status } = response;
  const shared = {
    status,
    requestId: headers.get('x-request-id'),
    retryAfterMs: readRetryAfter(headers.get('retry-after')),
    shouldRetry: readShouldRetry(headers.get('x-should-retry')),
  };
  const answer = errorAnswer.safeParse(body);
  if (!answer.success) {
    return toErrorClass({
      ...shared,
      code: null,
      type: status >= 500 ? 'server_error' : 'invalid_request_error',
      param: null,
      message: `The server answered with status ${status} and no explanation.`,
    });
  }
  const { message, type, param, code } = answer.data.error;
  return toErrorClass({ ...shared, code, type, param, message });
}

/** Seconds or a date; null: neither. */
function readRetryAfter(text: string | null): number | null {
  if (text === null) return null;
  if (/^\d+$/.test(text.trim())) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now());
}

function readShouldRetry(text: string | null): boolean | null {
  return text === 'true' ? true : text === 'false' ? false : null;
}

/** No answer came, or it broke off. */
export function noAnswer(cause: unknown): PictorApiError {
  return toErrorClass({
    status: 0,
    code: 'connection_failed',
    type: 'connection_error',
    param: null,
    message: 'Pictor cannot be reached: is the server running?',
    requestId: null,
    cause,
  });
}

/** An answer of a shape that this version does not know. */
export function unreadable(call: Call, response: Response, cause: unknown): PictorApiError {
  return new UnreadableAnswerError({
    status: response.status,
    code: 'unreadable_answer',
    type: 'server_error',
    param: null,
    message: `The answer to ${call.method} ${call.path} is not one that this client can read.`,
    requestId: response.headers.get('x-request-id'),
    cause,
  });
}

/** The parsed text; undefined where it is not JSON, which no schema accepts. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
