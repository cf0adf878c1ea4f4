import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { CellError } from '../cell-error.ts';
import type { SandboxResult, SandboxTask } from './sandbox-process.ts';

/** Runs what people write, in a process of its own that can be ended. */
export type Sandbox = {
  /** The body of a function of `data`; gives what it returns. Throws a CellError `code_failed`. */
  readonly run: (
    code: string,
    data: Readonly<Record<string, unknown>>,
    options: { readonly timeoutMs: number; readonly signal: AbortSignal },
  ) => Promise<unknown>;
  /** The first match of a pattern; null: none. Throws a CellError `code_failed` for one that is none or does not end. */
  readonly match: (search: {
    readonly pattern: string;
    readonly flags: string;
    readonly text: string;
  }) => Promise<string | null>;
  readonly close: () => Promise<void>;
};

const program = fileURLToPath(new URL('sandbox-process.ts', import.meta.url));
const maxMemoryMegabytes = 256;
const matchMs = 1_000;
/** The interpreter ends what is late by itself, but for a pattern that goes on for ever; a busy machine gets its time. */
const patienceMs = 5_000;
const startMs = 30_000;
const processes = 2;

const matchCode = `const match = new RegExp(data.pattern, data.flags).exec(data.text);
return match === null ? null : match[0];`;

/** Starts nothing before the first call. */
export function openSandbox(): Sandbox {
  const workers = Array.from({ length: processes }, openWorker);
  let turn = 0;
  const send = async (code: string, data: unknown, timeoutMs: number): Promise<unknown> => {
    turn = (turn + 1) % workers.length;
    const worker = workers.toSorted((left, right) => left.waiting() - right.waiting())[0] ?? workers[turn];
    const result = await worker?.run({ code, data: JSON.stringify(data), timeoutMs });
    if (result === undefined || result === null) {
      throw new CellError('code_failed', 'The code does not come to an end, or needs too much memory.');
    }
    if ('error' in result) throw new CellError('code_failed', `The code failed: ${result.error}.`);
    return JSON.parse(result.value);
  };
  return {
    run: async (code, data, { timeoutMs, signal }) => {
      signal.throwIfAborted();
      return await send(code, data, timeoutMs);
    },
    match: async (search) => {
      const found = await send(matchCode, search, matchMs);
      return typeof found === 'string' ? found : null;
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.close()));
    },
  };
}

/** One process, replaced when it had to be ended; one task after the other. */
function openWorker() {
  let child: Promise<ChildProcess | null> | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let count = 0;
  let waiting = 0;

  const runOne = async (task: SandboxTask): Promise<SandboxResult | null> => {
    child ??= startChild();
    const started = await child;
    const result = started === null ? null : await ask(started, task);
    if (result === null) {
      started?.kill('SIGKILL');
      child = null;
    }
    return result;
  };

  return {
    waiting: () => waiting,
    run: async (task: Omit<SandboxTask, 'id'>): Promise<SandboxResult | null> => {
      count += 1;
      waiting += 1;
      const work = last.then(() => runOne({ ...task, id: count }));
      last = work.catch(() => undefined);
      try {
        return await work;
      } finally {
        waiting -= 1;
      }
    },
    close: async (): Promise<void> => {
      const started = await child;
      started?.kill('SIGKILL');
    },
  };
}

/** Without the environment: it holds the operator's secrets. Null: it did not start. */
async function startChild(): Promise<ChildProcess | null> {
  const child = fork(program, [], {
    env: {},
    execArgv: [`--max-old-space-size=${maxMemoryMegabytes}`],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  // Its end is seen by whoever waits for it.
  child.on('error', () => undefined);
  child.unref();
  child.channel?.unref();
  return (await hear(child, startMs, (message) => message === 'ready')) === null ? null : child;
}

async function ask(child: ChildProcess, task: SandboxTask): Promise<SandboxResult | null> {
  const answer = hear(child, task.timeoutMs + patienceMs, (message) => isResult(message, task.id));
  child.send(task, () => undefined);
  const result = await answer;
  return isResult(result, task.id) ? result : null;
}

function isResult(message: unknown, id: number): message is SandboxResult {
  return typeof message === 'object' && message !== null && 'id' in message && message.id === id;
}

/** The first message that fits; null: none came in time, or the process died. */
function hear(child: ChildProcess, timeoutMs: number, fits: (message: unknown) => boolean): Promise<unknown> {
  return new Promise((resolve) => {
    const end = (message: unknown): void => {
      clearTimeout(timer);
      child.off('message', onMessage);
      child.off('exit', onExit);
      resolve(message);
    };
    const onMessage = (message: unknown): void => {
      if (fits(message)) end(message);
    };
    const onExit = (): void => end(null);
    const timer = setTimeout(() => end(null), timeoutMs);
    child.on('message', onMessage);
    child.on('exit', onExit);
    if (child.exitCode !== null || child.signalCode !== null) end(null);
  });
}
