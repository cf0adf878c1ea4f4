import type { PgBoss } from 'pg-boss';
import { type Database, runSql } from '../database/index.ts';
import type { Log } from '../foundation/index.ts';
import { jobSchema } from './queries.ts';

/** The library's background work beside the jobs themselves, in seconds: seldom, since each asks the database. */
const quiet = {
  superviseIntervalSeconds: 60,
  maintenanceIntervalSeconds: 60 * 60,
  queueCacheIntervalSeconds: 10 * 60,
  flowIntervalSeconds: 60 * 60,
  bamIntervalSeconds: 60 * 60,
} as const;

/**
 * Starts pg-boss through our own database. It is imported here and not before, because that takes longer than many a
 * start of Pictor, and most never need it.
 */
export async function startBoss(parts: {
  readonly database: Pick<Database, 'sql' | 'engine'>;
  readonly log: Log;
}): Promise<PgBoss> {
  const { PgBoss: Boss } = await import('pg-boss');
  const { database, log } = parts;
  const embedded = database.engine === 'embedded';
  const boss = new Boss({
    ...quiet,
    schema: jobSchema,
    backend: embedded ? 'pglite' : 'postgres',
    schedule: false,
    // The embedded engine has one thread and a housekeeper of its own.
    reindex: !embedded,
    monitorVacuum: !embedded,
    db: { executeSql: (text, values) => runSql(database.sql, text, values) },
  });
  boss.on('error', (error) => log.warn({ err: error }, 'the job queue met an error'));
  boss.on('warning', (warning) => log.debug({ warning }, 'the job queue warns'));
  try {
    await boss.start();
  } catch (error) {
    await boss.stop({ graceful: false, close: false }).catch(() => undefined);
    throw error;
  }
  return boss;
}
