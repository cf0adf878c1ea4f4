import { isDatabaseUnavailable } from './database-error.ts';
import type { Database, Transaction } from './open-database.ts';

export type GroupWriter = {
  /** Resolves after the commit that holds this write; rejects when it could not be written. */
  readonly write: (work: (transaction: Transaction) => Promise<void>) => Promise<void>;
};

type Waiting = {
  readonly work: (transaction: Transaction) => Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
};

/** Enough neighbours for one commit; a longer queue is taken in turns. */
const maxGroup = 100;

/**
 * Commits the small writes of the same moment in one transaction. A write that comes while a group is being
 * committed joins the next one, so a busy server commits few large groups and an idle one loses no time.
 */
export function openGroupWriter(database: Pick<Database, 'sql'>): GroupWriter {
  const queue: Waiting[] = [];
  let busy = false;

  const drain = async (): Promise<void> => {
    busy = true;
    // One turn of the event loop gathers what arrived together.
    await new Promise((resolve) => setImmediate(resolve));
    while (queue.length > 0) await commitGroup(database, queue.splice(0, maxGroup));
    busy = false;
  };
  return {
    write: (work) =>
      new Promise<void>((resolve, reject) => {
        queue.push({ work, resolve, reject });
        if (!busy) void drain();
      }),
  };
}

async function commitGroup(database: Pick<Database, 'sql'>, group: readonly Waiting[]): Promise<void> {
  try {
    await database.sql.transaction().execute(async (transaction) => {
      for (const { work } of group) await work(transaction);
    });
    for (const { resolve } of group) resolve();
  } catch (error) {
    const alone = group.length === 1 || isDatabaseUnavailable(error);
    if (alone) for (const { reject } of group) reject(error);
    // One bad write undid its neighbours: each is tried by itself.
    else for (const waiting of group) await commitGroup(database, [waiting]);
  }
}
