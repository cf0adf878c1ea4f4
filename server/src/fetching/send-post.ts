import type { Agent, Dispatcher } from 'undici';
import { PictorError } from '../foundation/index.ts';
import { RefusedAddressError } from './open-connector.ts';
import { readTarget } from './read-target.ts';
import { sayWhyNot } from './to-download-error.ts';

export type PostOptions = {
  readonly body: string;
  /** Beside `user-agent` and the length. */
  readonly headers: Readonly<Record<string, string>>;
  /** From the first connection to the head of the answer. */
  readonly timeoutMs: number;
  /** Cuts the call; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
};

/** The status of the answer, or a sentence that says why there is none. */
export type PostResult =
  | { readonly status: number; readonly failure: null }
  | { readonly status: null; readonly failure: string };

export const notPublic =
  'The host of this address is not a public address, so Pictor sends nothing to it. An operator can allow the host with PICTOR_FETCH_ALLOW.';

/** Sends a text and reads the status, nothing more. Redirects are answers like any other. */
export async function sendPost(agent: Agent, address: string, options: PostOptions): Promise<PostResult> {
  const timeout = AbortSignal.timeout(options.timeoutMs);
  const signal = options.signal === undefined ? timeout : AbortSignal.any([timeout, options.signal]);
  try {
    const response = await request(agent, address, options, signal);
    response.body.destroy();
    return { status: response.statusCode, failure: null };
  } catch (error) {
    options.signal?.throwIfAborted();
    return {
      status: null,
      failure: explainFailure(error, { timeoutMs: options.timeoutMs, signal: timeout }),
    };
  }
}

/** Sends a text, and gives the head of the answer. */
export async function request(
  agent: Agent,
  address: string,
  options: Pick<PostOptions, 'body' | 'headers'>,
  signal: AbortSignal,
): Promise<Dispatcher.ResponseData> {
  const url = readTarget(address, {});
  const response = await agent.request({
    origin: url.origin,
    path: `${url.pathname}${url.search}`,
    method: 'POST',
    headers: { 'user-agent': 'Pictor/0.1.0', ...options.headers },
    body: options.body,
    signal,
  });
  // A body may break while nobody reads it; without a listener that would end the process.
  response.body.on('error', () => undefined);
  return response;
}

export function explainFailure(
  error: unknown,
  facts: { readonly timeoutMs: number; readonly signal: AbortSignal },
): string {
  if (error instanceof PictorError) return error.message;
  if (error instanceof RefusedAddressError) return notPublic;
  return `Nothing was delivered: ${sayWhyNot(error, facts)}.`;
}
