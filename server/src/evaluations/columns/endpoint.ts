import { CellError } from '../cell-error.ts';
import { toResult } from './code.ts';
import type { ColumnRunner } from './column-runner.ts';

const defaultMs = 30_000;
const maxAnswerBytes = 1024 * 1024;

/** Sent to somebody else's server: it is told the cell's key, so that it can do the same thing once. */
export const endpoint: ColumnRunner<'endpoint', { readonly data: Readonly<Record<string, unknown>> }> = {
  isPaid: false,
  isScore: true,
  read: (_config, reader) => ({ data: reader.row() }),
  run: async ({ data }, config, { fetching }, context) => {
    const answer = await fetching.ask(config.url, {
      body: JSON.stringify(data),
      headers: {
        'content-type': 'application/json',
        'idempotency-key': context.idempotencyKey,
        ...config.headers,
      },
      timeoutMs: config.timeout_ms ?? defaultMs,
      maxBytes: maxAnswerBytes,
      signal: context.signal,
    });
    if (answer.status === null) throw new CellError('endpoint_failed', answer.failure);
    if (answer.status < 200 || answer.status > 299) {
      throw new CellError('endpoint_failed', `The endpoint answered with status ${answer.status}.`);
    }
    try {
      return toResult(JSON.parse(answer.body));
    } catch {
      throw new CellError('endpoint_failed', 'The endpoint answered with something else than JSON.');
    }
  },
};
