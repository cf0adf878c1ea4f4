import { isDatabaseUnavailable } from './database-error.ts';
import type { Database, Transaction } from './open-database.ts';

const maxGroupSize = 100;

/** A few statements of one transaction. May be run a second time, so it must do nothing else but those. */
type Write = (transaction: Transaction) => Promise<void>;

export type GroupWriter = {
  /**
   * Resolves once the write is committed; rejects with what the write threw, or with an error that
   * isDatabaseUnavailable knows. Writes take effect in the order of the calls. A write must use the given
   * transaction only, and wait for nothing else.
   */
  write(work: Write): Promise<void>;
};

type Waiting = {
  readonly work: Write;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Commits writes that come close together in one transaction, because waiting for the disk is what a small
 * write costs. While one group is on its way the next one gathers; an idle writer starts at once.
 */
export function openGroupWriter(database: Pick<Database, 'sql'>): GroupWriter {
  const queue: Waiting[] = [];
  let running = false;
  const run = async (): Promise<void> => {
    while (queue.length > 0) await commitGroup(database, queue.splice(0, maxGroupSize));
    running = false;
  };
  return {
    write: (work) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      queue.push({ work, resolve, reject });
      if (!running) {
        running = true;
        // After the events of this turn, whose writes so join the first group.
        setImmediate(() => void run());
      }
      return promise;
    },
  };
}

async function commitGroup(database: Pick<Database, 'sql'>, group: readonly Waiting[]): Promise<void> {
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
  database: Pick<Database, 'sql'>,
  group: readonly Waiting[],
): Promise<{ readonly error: unknown } | undefined> {
  try {
    await database.sql.transaction().execute(async (transaction) => {
      for (const { work } of group) await work(transaction);
    });
    return undefined;
  } catch (error) {
    return { error };
  }
}
