import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { isDatabaseUnavailable } from './database-error.ts';
import type { Database, Transaction } from './open-database.ts';
import { runTogether, type Statement } from './run-together.ts';

const maxGroupSize = 100;

/**
 * Where the rows of more than one request wait when a group is done, many come. For as long as the group
 * took more of them gather, because the greater part of a small group's cost is the same for any number of rows. A
 * request that comes alone never waits for that.
 */
const restShare = 1;
const maxRestMs = 10;

/** A few statements of one transaction. May be run a second time, so it must do nothing else but those. */
type Write = (transaction: Transaction) => Promise<void>;

export type GroupWriter = {
  /**
   * Resolves once the write is committed; rejects with what the write threw, or with an error that
   * isDatabaseUnavailable knows. Writes take effect in the order of the calls. A write must use the given
   * transaction only, and wait for nothing else.
   */
  readonly write: (work: Write) => Promise<void>;
  /**
   * The same for statements that are known beforehand, which is much quicker. `list` is called when the group is sent,
   * and maybe again.
   */
  readonly writeStatements: (list: () => readonly Statement[], facts?: WriteFacts) => Promise<void>;
  /** Resolves once all that was asked for is written, or refused. */
  readonly settle: () => Promise<void>;
};

export type WriteFacts = {
  /** How many rows it has come to meanwhile. Default: one. */
  readonly count?: () => number;
  /** It is not worth a group of its own: so long it waits for one to go along with. Default: 0. */
  readonly patienceMs?: number;
};

type Waiting = {
  readonly work: { readonly run: Write } | { readonly list: () => readonly Statement[] };
  readonly count: () => number;
  readonly patienceMs: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
};

type WritingDatabase = Pick<Database, 'sql' | 'engine'>;

/**
 * Commits writes that come close together in one transaction, because waiting for the disk is what a small
 * write costs. While one group is on its way the next one gathers; an idle writer starts at once.
 */
export function openGroupWriter(database: WritingDatabase): GroupWriter {
  const queue: Waiting[] = [];
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let timerAtMs = Number.POSITIVE_INFINITY;
  const run = async (): Promise<void> => {
    // After the events of this turn, whose writes so join the first group.
    await nextTurn();
    do {
      const beganMs = performance.now();
      await commitGroup(database, queue.splice(0, maxGroupSize));
      if (countUrgent(queue) > 1) await wait(Math.min(restShare * (performance.now() - beganMs), maxRestMs));
    } while (countUrgent(queue) > 0);
    running = null;
    for (const { patienceMs } of queue) startLater(patienceMs);
  };
  const start = (): void => {
    clearTimeout(timer);
    timerAtMs = Number.POSITIVE_INFINITY;
    running ??= run();
  };
  const startLater = (waitMs: number): void => {
    const atMs = performance.now() + waitMs;
    if (atMs >= timerAtMs) return;
    clearTimeout(timer);
    timerAtMs = atMs;
    timer = setTimeout(start, waitMs);
  };
  const enqueue = (work: Waiting['work'], { count = () => 1, patienceMs = 0 }: WriteFacts): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    queue.push({ work, count, patienceMs, resolve, reject });
    if (patienceMs === 0) start();
    else if (running === null) startLater(patienceMs);
    return promise;
  };
  return {
    write: (run) => enqueue({ run }, {}),
    writeStatements: (list, facts = {}) => enqueue({ list }, facts),
    settle: async () => {
      while (queue.length > 0 || running !== null) {
        start();
        await running;
      }
    },
  };
}

/** Rows that somebody waits for. */
function countUrgent(queue: readonly Waiting[]): number {
  return queue.reduce((sum, { count, patienceMs }) => sum + (patienceMs === 0 ? count() : 0), 0);
}

async function commitGroup(database: WritingDatabase, group: readonly Waiting[]): Promise<void> {
  const failure = await commitTogether(database, group);
  if (failure === undefined) {
    for (const { resolve } of group) resolve();
    return;
  }
  if (group.length === 1 || isDatabaseUnavailable(failure.error)) {
    for (const { reject } of group) reject(failure.error);
    return;
  }
  for (const [index, waiting] of group.entries()) {
    const alone = await commitTogether(database, [waiting]);
    if (alone === undefined) {
      waiting.resolve();
      continue;
    }
    waiting.reject(alone.error);
    if (!isDatabaseUnavailable(alone.error)) continue;
    for (const { reject } of group.slice(index + 1)) reject(alone.error);
    return;
  }
}

async function commitTogether(
  database: WritingDatabase,
  group: readonly Waiting[],
): Promise<{ readonly error: unknown } | undefined> {
  try {
    const lists = group.flatMap(({ work }) => ('list' in work ? [work.list] : []));
    if (lists.length === group.length)
      await runTogether(
        database,
        lists.flatMap((list) => list()),
      );
    else await commitOneByOne(database, group);
    return undefined;
  } catch (error) {
    return { error };
  }
}

async function commitOneByOne(database: WritingDatabase, group: readonly Waiting[]): Promise<void> {
  await database.sql.transaction().execute(async (transaction) => {
    for (const { work } of group) {
      if ('run' in work) await work.run(transaction);
      else for (const statement of work.list()) await statement.execute(transaction);
    }
  });
}
