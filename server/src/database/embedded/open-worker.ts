import { Worker } from 'node:worker_threads';
import { DatabaseError, databaseExitCodes } from '../database-error.ts';
import type { Answer, BoundStatement, Question, StatementResult, WorkerStart } from './protocol.ts';

const closeWithinMs = 30_000;

/** The engine as the main thread sees it. */
export type EngineWorker = {
  /** Statements run one after the other in the order of the calls, so a caller need not wait in between. */
  query(sql: string, parameters: readonly unknown[]): Promise<StatementResult>;
  /** Runs statements in a transaction of their own: all of them or none. Gives how many rows they wrote. */
  together(statements: readonly BoundStatement[]): Promise<StatementResult>;
  /** Runs statements without parameters, of which there may be many. Gives the rows of all of them. */
  script(sql: string): Promise<StatementResult>;
  /** Finishes what was asked before, writes everything to disk and ends the thread. */
  close(): Promise<void>;
};

type Waiting = { resolve(result: StatementResult): void; reject(error: Error): void };

/** Starts the thread and waits until the engine answers. Throws a DatabaseError where it cannot. */
export async function openWorker(start: WorkerStart): Promise<EngineWorker> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    name: 'pictor-database',
    workerData: start,
  });
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let death: DatabaseError | undefined;
  const die = (reason: string): void => {
    death ??= unavailable(`The embedded database has stopped: ${reason}`);
    for (const { reject } of waiting.values()) reject(death);
    waiting.clear();
  };
  const ready = Promise.withResolvers<void>();
  waiting.set(0, { resolve: () => ready.resolve(), reject: ready.reject });
  worker.on('message', (answer: Answer) => receive(waiting, answer, die));
  worker.on('error', (error) => die(error instanceof Error ? error.message : String(error)));
  worker.on('exit', () => die('its thread has ended.'));

  const ask = (build: (id: number) => Question): Promise<StatementResult> => {
    if (death !== undefined) return Promise.reject(death);
    lastId += 1;
    const id = lastId;
    const answered = Promise.withResolvers<StatementResult>();
    waiting.set(id, answered);
    worker.postMessage(build(id));
    return answered.promise;
  };
  await ready.promise;
  return {
    query: (sql, parameters) => ask((id) => ({ type: 'query', id, sql, parameters })),
    together: (statements) => ask((id) => ({ type: 'together', id, statements })),
    script: (sql) => ask((id) => ({ type: 'script', id, sql })),
    close: async () => {
      if (death !== undefined) return;
      const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
      const timer = setTimeout(() => void worker.terminate(), closeWithinMs);
      try {
        await ask((id) => ({ type: 'close', id }));
        await ended;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

const nothing: StatementResult = { rows: [], affectedRows: 0, command: '' };

function receive(waiting: Map<number, Waiting>, answer: Answer, die: (reason: string) => void): void {
  if (answer.type === 'dead') {
    die(answer.reason);
    return;
  }
  const id = answer.type === 'ready' ? 0 : answer.id;
  const waiter = waiting.get(id);
  waiting.delete(id);
  switch (answer.type) {
    case 'ready':
    case 'closed':
      waiter?.resolve(nothing);
      return;
    case 'rows':
      waiter?.resolve(answer.result);
      return;
    case 'error':
      waiter?.reject(Object.assign(new Error(answer.error.message), answer.error));
      return;
    default:
      answer satisfies never;
  }
}

function unavailable(message: string): DatabaseError {
  return new DatabaseError(databaseExitCodes.unavailable, message);
}
