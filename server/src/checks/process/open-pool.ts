import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { CheckFailure } from '../check-failure.ts';
import type { CheckResult } from '../image-check.ts';
import type { CheckReply, CheckTask } from './check-task.ts';

const program = fileURLToPath(new URL('check-process.ts', import.meta.url));

/** Of JavaScript's own objects; pixels lie outside, and are bounded in the process itself. */
const maxHeapMegabytes = 256;

export type Pool = {
  /** Throws a CheckFailure. What is aborted while it waits never starts. */
  readonly run: (task: Omit<CheckTask, 'id'>, signal?: AbortSignal) => Promise<CheckResult>;
  /** Ends the processes; what still runs fails with `aborted`. */
  readonly close: () => Promise<void>;
};

/**
 * Processes that look at pictures, started when first needed and kept: pixels are worked on in long loops that would
 * stop the server, and text is read by WebAssembly, which is not to run on threads. Each works on one check at a time;
 * one that takes too long, or too much memory, is ended with its check and replaced.
 */
export function openPool(limits: { readonly processes: number; readonly maxCheckMs: number }): Pool {
  const seats = Array.from({ length: limits.processes }, (): Seat => ({ child: null }));
  const free = [...seats];
  const waiting: ((seat: Seat) => void)[] = [];
  let count = 0;
  let isClosed = false;

  const take = (): Promise<Seat> => {
    const seat = free.pop();
    return seat === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(seat);
  };
  const giveBack = (seat: Seat): void => {
    const next = waiting.shift();
    if (next === undefined) free.push(seat);
    else next(seat);
  };

  const runOn = async (
    seat: Seat,
    task: Omit<CheckTask, 'id'>,
    signal?: AbortSignal,
  ): Promise<CheckResult> => {
    if (isClosed || signal?.aborted === true) {
      throw new CheckFailure('aborted', 'The check was given up before it began.');
    }
    count += 1;
    const child = seat.child ?? startChild();
    seat.child = child;
    const reply = await ask(child, { ...task, id: count }, limits.maxCheckMs);
    if (typeof reply === 'string') {
      child.kill('SIGKILL');
      seat.child = null;
      throw explainEnd(isClosed ? 'aborted' : reply, limits.maxCheckMs);
    }
    if ('failure' in reply) throw new CheckFailure(reply.failure.reason, reply.failure.message);
    return reply.result;
  };

  return {
    run: async (task, signal) => {
      const seat = await take();
      try {
        return await runOn(seat, task, signal);
      } finally {
        giveBack(seat);
      }
    },
    close: async () => {
      isClosed = true;
      const children = seats.map((seat) => seat.child).filter((child) => child !== null);
      await Promise.all(children.map(endChild));
    },
  };
}

/** A place for one process; null before it is needed, and after it was ended. */
type Seat = { child: ChildProcess | null };

async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.ref();
  child.kill('SIGKILL');
  await ended;
}

/** Without the environment: it holds the operator's secrets. */
function startChild(): ChildProcess {
  const child = fork(program, [], {
    env: {},
    execArgv: [`--max-old-space-size=${maxHeapMegabytes}`],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  // Its end is seen by whoever waits for it.
  child.on('error', () => undefined);
  child.unref();
  child.channel?.unref();
  return child;
}

function ask(
  child: ChildProcess,
  task: CheckTask,
  maxMs: number,
): Promise<CheckReply | 'timed_out' | 'crashed'> {
  return new Promise((resolve) => {
    const end = (reply: CheckReply | 'timed_out' | 'crashed'): void => {
      clearTimeout(timer);
      child.off('message', onMessage);
      child.off('exit', onExit);
      resolve(reply);
    };
    const onMessage = (reply: CheckReply): void => {
      if (reply.id === task.id) end(reply);
    };
    const onExit = (): void => end('crashed');
    const timer = setTimeout(() => end('timed_out'), maxMs);
    child.on('message', onMessage);
    child.on('exit', onExit);
    child.send(task, (error) => {
      if (error !== null) end('crashed');
    });
  });
}

function explainEnd(reason: 'timed_out' | 'crashed' | 'aborted', maxMs: number): CheckFailure {
  if (reason === 'timed_out')
    return new CheckFailure(reason, `The check took more than ${maxMs / 1000} seconds.`);
  if (reason === 'aborted') return new CheckFailure(reason, 'The server stopped before the check had ended.');
  return new CheckFailure(
    reason,
    'The check ended without a result, mostly because the picture needs too much memory.',
  );
}
