import { parentPort, workerData } from 'node:worker_threads';
import type { PGlite } from '@electric-sql/pglite';
import { type Housekeeper, openHousekeeper } from './keep-tidy.ts';
import { openEngine } from './open-engine.ts';
import type {
  Answer,
  BoundStatement,
  Question,
  StatementError,
  StatementResult,
  WorkerStart,
} from './protocol.ts';

const tidyEveryMs = 20_000;

type Post = (answer: Answer) => void;
type Work = { readonly engine: PGlite; readonly housekeeper: Housekeeper; readonly post: Post };

/** The whole life of the worker: one question at a time, in the order they come. */
async function runWorker(): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('This file runs as a worker thread only.');
  const post: Post = (answer) => port.postMessage(answer);
  const engine = await openEngine(workerData as WorkerStart);
  const work: Work = { engine, housekeeper: openHousekeeper(engine), post };
  let last: Promise<void> = Promise.resolve();
  const enqueue = (step: () => Promise<void>): void => {
    last = last.then(step).catch((error) => endWorker(post, error));
  };
  const timer = setInterval(() => enqueue(() => tidy(work)), tidyEveryMs);
  port.on('message', (question: Question) => {
    if (question.type === 'close') clearInterval(timer);
    enqueue(() => answer(work, question));
  });
  post({ type: 'ready' });
}

async function answer({ engine, housekeeper, post }: Work, question: Question): Promise<void> {
  const { id } = question;
  if (question.type === 'close') {
    await engine.close();
    post({ type: 'closed', id });
    parentPort?.close();
    return;
  }
  try {
    const result = await run(engine, question);
    housekeeper.noteWrites(result.affectedRows);
    post({ type: 'rows', id, result });
  } catch (error) {
    if (isFatal(error)) throw error;
    post({ type: 'error', id, error: describeStatementError(error) });
  }
}

/** A statement of the housekeeper that fails (a full disk) is tried again next time. */
async function tidy({ housekeeper }: Work): Promise<void> {
  try {
    await housekeeper.tidy();
  } catch (error) {
    if (isFatal(error)) throw error;
  }
}

function run(engine: PGlite, question: Exclude<Question, { type: 'close' }>): Promise<StatementResult> {
  switch (question.type) {
    case 'query':
      return runStatement(engine, question);
    case 'together':
      return runTogether(engine, question.statements);
    case 'script':
      return runScript(engine, question.sql);
  }
}

/** All of them or none. What the rollback says is of no interest beside what made it necessary. */
async function runTogether(engine: PGlite, statements: readonly BoundStatement[]): Promise<StatementResult> {
  let affectedRows = 0;
  await engine.exec('begin');
  try {
    for (const statement of statements) affectedRows += (await runStatement(engine, statement)).affectedRows;
    await engine.exec('commit');
  } catch (error) {
    if (!isFatal(error)) await engine.exec('rollback').catch(() => undefined);
    throw error;
  }
  return { rows: [], affectedRows, command: 'COMMIT' };
}

async function runStatement(engine: PGlite, { sql, parameters }: BoundStatement): Promise<StatementResult> {
  const result = await engine.query<Record<string, unknown>>(sql, [...parameters]);
  return { rows: result.rows, affectedRows: result.affectedRows ?? 0, command: result.command ?? '' };
}

/** The protocol for many statements at once has no parameters, so only scripts use it. */
async function runScript(engine: PGlite, sql: string): Promise<StatementResult> {
  const results = await engine.exec(sql);
  return {
    rows: results.flatMap((result) => result.rows),
    affectedRows: results.reduce((sum, result) => sum + (result.affectedRows ?? 0), 0),
    command: '',
  };
}

/** After these the engine's memory is in no known state: the files are safe, the worker is not. */
function isFatal(error: unknown): boolean {
  if (error instanceof WebAssembly.RuntimeError) return true;
  if (typeof error !== 'object' || error === null) return true;
  if ('name' in error && error.name === 'ExitStatus') return true;
  return 'severity' in error && (error.severity === 'PANIC' || error.severity === 'FATAL');
}

const carriedFields = [
  'code',
  'severity',
  'detail',
  'hint',
  'schema',
  'table',
  'column',
  'constraint',
] as const satisfies readonly (keyof StatementError)[];

function describeStatementError(error: unknown): StatementError {
  const message = error instanceof Error ? error.message : String(error);
  const source = Object(error) as Record<string, unknown>;
  const known = carriedFields.flatMap((field) => {
    const value = source[field];
    return typeof value === 'string' ? [[field, value] as const] : [];
  });
  return { message, ...Object.fromEntries(known) };
}

function endWorker(post: Post, error: unknown): void {
  post({ type: 'dead', reason: error instanceof Error ? error.message : String(error) });
  // Within a worker this ends the thread only. Messages already posted still arrive.
  process.exit(1);
}

runWorker().catch((error) => {
  endWorker((answer) => parentPort?.postMessage(answer), error);
});
