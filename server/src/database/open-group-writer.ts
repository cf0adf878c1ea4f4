import { isDatabaseUnavailable } from './database-error.ts';
import type { Database, Transaction } from './open-database.ts';
import { runTogether, type Statement } from './run-together.ts';

const maxGroupSize = 100;

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
  readonly writeStatements: (list: () => readonly Statement[]) => Promise<void>;
};

type Waiting = {
  readonly work: { readonly run: Write } | { readonly list: () => readonly Statement[] };
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
  let running = false;
  const run = async (): Promise<void> => {
    while (queue.length > 0) await commitGroup(database, queue.splice(0, maxGroupSize));
    running = false;
  };
  const enqueue = (work: Waiting['work']): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    queue.push({ work, resolve, reject });
    if (!running) {
      running = true;
      // After the events of this turn, whose writes so join the first group.
      setImmediate(() => void run());
    }
    return promise;
  };
  return {
    write: (run) => enqueue({ run }),
    writeStatements: (list) => enqueue({ list }),
  };
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
