import type { Agent } from 'undici';
import { explainFailure, type PostOptions, request } from './send-post.ts';

export type AskOptions = PostOptions & {
  /** Largest answer that is read. */
  readonly maxBytes: number;
};

/** The answer as a text, or a sentence that says why there is none. */
export type AskResult =
  | { readonly status: number; readonly body: string; readonly failure: null }
  | { readonly status: null; readonly failure: string };

/** Sends a text and reads the answer. The time counts to its last byte. Redirects are answers like any other. */
export async function sendAsk(agent: Agent, address: string, options: AskOptions): Promise<AskResult> {
  const timeout = AbortSignal.timeout(options.timeoutMs);
  const signal = options.signal === undefined ? timeout : AbortSignal.any([timeout, options.signal]);
  try {
    const response = await request(agent, address, options, signal);
    const chunks: Uint8Array[] = [];
    let byteCount = 0;
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      byteCount += chunk.byteLength;
      if (byteCount > options.maxBytes) {
        response.body.destroy();
        return { status: null, failure: `The answer has more than ${options.maxBytes} bytes.` };
      }
      chunks.push(chunk);
    }
    return {
      status: response.statusCode,
      body: Buffer.concat(chunks).toString('utf8'),
      failure: null,
    };
  } catch (error) {
    options.signal?.throwIfAborted();
    return {
      status: null,
      failure: explainFailure(error, { timeoutMs: options.timeoutMs, signal: timeout }),
    };
  }
}
