import { parentPort, workerData } from 'node:worker_threads';
import type { PGlite } from '@electric-sql/pglite';
import { type Housekeeper, openHousekeeper } from './keep-tidy.ts';
import { openEngine } from './open-engine.ts';
import type { Answer, Question, StatementError, StatementResult, WorkerStart } from './protocol.ts';
import { openSender, type Sender } from './send-statements.ts';

const tidyEveryMs = 20_000;

type Post = (answer: Answer) => void;
type Work = {
  readonly engine: PGlite;
  readonly sender: Sender;
  readonly housekeeper: Housekeeper;
  readonly post: Post;
};

/** The whole life of the worker: one question at a time, in the order they come. */
async function runWorker(): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('This file runs as a worker thread only.');
  const post: Post = (answer) => port.postMessage(answer);
  const engine = await openEngine(workerData as WorkerStart);
  const work: Work = { engine, sender: openSender(engine), housekeeper: openHousekeeper(engine), post };
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

async function answer(work: Work, question: Question): Promise<void> {
  const { engine, housekeeper, post } = work;
  const { id } = question;
  if (question.type === 'close') {
    await engine.close();
    post({ type: 'closed', id });
    parentPort?.close();
    return;
  }
  try {
    const result = await run(work, question);
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

async function run(
  { engine, sender }: Work,
  question: Exclude<Question, { type: 'close' }>,
): Promise<StatementResult> {
  switch (question.type) {
    case 'query':
      return await sender.one(question);
    case 'together':
      return { rows: [], affectedRows: await sender.together(question.statements), command: 'COMMIT' };
    case 'script':
      return await runScript(engine, question.sql);
  }
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
