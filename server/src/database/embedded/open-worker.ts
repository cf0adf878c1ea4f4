import { Worker } from 'node:worker_threads';
import { DatabaseError, DatabaseUnavailable } from '../database-error.ts';
import type { WorkerReply, WorkerRequest } from './protocol.ts';

export type EngineResult = { readonly rows: unknown[]; readonly affected: number | undefined };

export type Engine = {
  readonly query: (sql: string, parameters: readonly unknown[]) => Promise<EngineResult>;
  readonly close: () => Promise<void>;
};

type Waiting = { readonly resolve: (result: EngineResult) => void; readonly reject: (error: Error) => void };

/** A query that failed in the engine; `code` is PostgreSQL's. */
class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly code: string | undefined;

  constructor(message: string, code: string | undefined) {
    super(message);
    this.code = code;
  }
}

/**
 * Starts the embedded engine on a thread of its own, since its queries block the thread they run on. Throws a
 * DatabaseError when the folder cannot be opened; when the thread dies, everything waiting and everything later
 * rejects with DatabaseUnavailable.
 */
export async function openWorker(folder: string): Promise<Engine> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { folder } });
  const waiting = new Map<number, Waiting>();
  let nextId = 0;
  let gone: DatabaseUnavailable | undefined;
  const started = Promise.withResolvers<void>();

  worker.on('message', (message: WorkerReply) => {
    switch (message.type) {
      case 'ready':
        return started.resolve();
      case 'failed':
        return started.reject(cannotOpen(message.message));
      case 'rows':
        waiting.get(message.id)?.resolve({ rows: message.rows, affected: message.affected });
        break;
      case 'error':
        waiting.get(message.id)?.reject(new EngineError(message.message, message.code));
        break;
    }
    waiting.delete(message.id);
  });
  const end = (why: string): void => {
    gone ??= new DatabaseUnavailable(`The embedded database has stopped: ${why}.`);
    started.reject(cannotOpen(why));
    for (const { reject } of waiting.values()) reject(gone);
    waiting.clear();
  };
  worker.on('error', (error) => end(error.message));
  worker.on('exit', (code) => end(`its thread ended with code ${code}`));

  const send = (request: WorkerRequest): Promise<EngineResult> =>
    new Promise((resolve, reject) => {
      if (gone !== undefined) return reject(gone);
      waiting.set(request.id, { resolve, reject });
      worker.postMessage(request);
    });

  await started.promise;
  return {
    query: (sql, parameters) => {
      nextId += 1;
      return send({ id: nextId, type: 'query', sql, parameters });
    },
    close: async () => {
      if (gone !== undefined) return;
      nextId += 1;
      await send({ id: nextId, type: 'close' });
      await worker.terminate();
    },
  };
}

function cannotOpen(why: string): DatabaseError {
  return new DatabaseError(
    `The embedded database could not be opened (${why}). Its files are in the folder 'database' of PICTOR_DATA_DIR: restore them from a backup, or move the folder away to begin anew.`,
    69,
  );
}
