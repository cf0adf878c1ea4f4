import { askDatabase, type Database } from '../../database/index.ts';
import { findVerdicts, keepVerdicts, type StoredVerdict } from './queries.ts';

export type Verdicts = {
  readonly find: (projectId: string, keys: readonly string[]) => Promise<ReadonlyMap<string, StoredVerdict>>;
  readonly keep: (
    projectId: string,
    model: string,
    verdicts: readonly (StoredVerdict & { readonly key: string })[],
  ) => Promise<void>;
  /** Runs works of one name one after the other: the second finds what the first kept, and pays nothing. */
  readonly inTurn: <T>(name: string, work: () => Promise<T>) => Promise<T>;
};

/** What judges said, by what they were asked. */
export function openVerdicts(database: Pick<Database, 'sql'>): Verdicts {
  const running = new Map<string, Promise<unknown>>();
  return {
    find: (projectId, keys) => askDatabase(findVerdicts(database.sql, projectId, keys)),
    keep: (projectId, model, verdicts) =>
      askDatabase(
        keepVerdicts(
          database.sql,
          verdicts.map((verdict) => ({ ...verdict, projectId, model })),
        ),
      ),
    inTurn: async (name, work) => {
      const before = running.get(name) ?? Promise.resolve();
      const run = before.then(work);
      const settled = run.catch(() => undefined);
      running.set(name, settled);
      try {
        return await run;
      } finally {
        if (running.get(name) === settled) running.delete(name);
      }
    },
  };
}
