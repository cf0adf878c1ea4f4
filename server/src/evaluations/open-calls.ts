import { setTimeout as wait } from 'node:timers/promises';
import type { Access } from '../access/index.ts';
import { askDatabase, type Database } from '../database/index.ts';
import type { Dispatch } from '../http/index.ts';
import { CellError } from './cell-error.ts';
import { findCost } from './picture-queries.ts';

export type OwnCall = {
  /** A route of this server. */
  readonly path: string;
  readonly body: unknown;
  readonly idempotencyKey?: string;
};

export type OwnAnswer = {
  readonly json: Readonly<Record<string, unknown>>;
  /** Of the row that the answer's header names. */
  readonly requestId: string | null;
};

/** In whose name calls are made. */
export type Acting = { readonly projectId: string; readonly keyId: string; readonly signal: AbortSignal };

/** Calls of this server's own routes, in the name of the key that began a run. */
export type Calls = {
  /**
   * Sends a call, again where that costs nothing and may help. Throws a CellError with the code of the answer and with
   * what it may have cost.
   */
  readonly send: (acting: Acting, call: OwnCall) => Promise<OwnAnswer>;
  /** Nano-USD; null: unknown. */
  readonly costOf: (projectId: string, requestId: string) => Promise<number | null>;
};

/** Refusals that say themselves that nothing was paid and another try may help. */
const passing: readonly string[] = [
  'rate_limit_exceeded',
  'upstream_rate_limited',
  'upstream_unavailable',
  'database_unavailable',
  'idempotency_key_in_flight',
];
const tries = 4;
const firstWaitMs = 1_000;
const longestWaitMs = 30_000;

export function openCalls(parts: {
  readonly access: Pick<Access, 'delegate'>;
  readonly database: Pick<Database, 'sql'>;
  readonly dispatch: Dispatch;
}): Calls {
  const costOf: Calls['costOf'] = (projectId, requestId) =>
    askDatabase(findCost(parts.database.sql, projectId, requestId));

  const sendOnce = async (acting: Acting, { body, idempotencyKey, path }: OwnCall) => {
    const answer = await parts.dispatch({
      path,
      body,
      headers: {
        authorization: `Bearer ${parts.access.delegate(acting.keyId)}`,
        'x-pictor-project': acting.projectId,
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      },
    });
    const pieces: Uint8Array[] = [];
    for await (const piece of answer.chunks) pieces.push(piece);
    const named = answer.headers['x-request-id'];
    return {
      status: answer.status,
      retryAfterMs: toMs(answer.headers['retry-after']),
      mayRetry: answer.headers['x-should-retry'] !== 'false',
      json: parse(Buffer.concat(pieces).toString('utf8')),
      requestId: typeof named === 'string' ? named : null,
    };
  };

  return {
    costOf,
    send: async (acting, call) => {
      for (let count = 1; ; count += 1) {
        acting.signal.throwIfAborted();
        const { json, mayRetry, requestId, retryAfterMs, status } = await sendOnce(acting, call);
        if (status < 400) return { json, requestId };
        const { code, message } = readError(json);
        // What was stopped with the server is begun again with it, under the same key.
        if (code === 'shutting_down') throw acting.signal.reason ?? new Error(message);
        if (count < tries && mayRetry && passing.includes(code)) {
          await wait(Math.min(longestWaitMs, retryAfterMs ?? firstWaitMs * 2 ** count), undefined, {
            signal: acting.signal,
          });
          continue;
        }
        const paid = requestId?.startsWith('req_') === true;
        const costNanoUsd = paid ? await costOf(acting.projectId, requestId) : 0;
        throw new CellError(code, message, { costNanoUsd, requestId: paid ? requestId : null });
      }
    },
  };
}

function readError(json: Readonly<Record<string, unknown>>): { code: string; message: string } {
  const error = typeof json.error === 'object' && json.error !== null ? json.error : {};
  return {
    code: 'code' in error && typeof error.code === 'string' ? error.code : 'internal_error',
    message: 'message' in error && typeof error.message === 'string' ? error.message : 'The call failed.',
  };
}

function toMs(header: unknown): number | null {
  return typeof header === 'string' && /^\d+$/.test(header) ? Number(header) * 1_000 : null;
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null ? { ...json } : {};
  } catch {
    return {};
  }
}
