import { join } from 'node:path';
import { Kysely, type Transaction as KyselyTransaction, sql } from 'kysely';
import { DatabaseError, isDatabaseUnavailable } from './database-error.ts';
import { embeddedDialect } from './embedded/dialect.ts';
import { lockFolder } from './embedded/lock-folder.ts';
import { openWorker } from './embedded/open-worker.ts';
import { migrate } from './migrate.ts';
import type { Tables } from './schema.ts';
import { serverDialect } from './server-dialect.ts';

export type Transaction = KyselyTransaction<Tables>;

export type Database = {
  /** Typed queries; the same SQL on both engines. */
  readonly sql: Kysely<Tables>;
  readonly engine: 'embedded' | 'server';
  /** Rejects when the database does not answer. */
  readonly ping: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/**
 * Opens the database and brings its schema up to date: PostgreSQL at `databaseUrl`, or the embedded engine in
 * `dataDir`. Throws a DatabaseError with a sentence for the operator; it never holds the password.
 */
export async function openDatabase(settings: {
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
}): Promise<Database> {
  return settings.databaseUrl === undefined
    ? await openEmbedded(settings.dataDir)
    : await openServer(settings.databaseUrl);
}

async function openEmbedded(dataDir: string): Promise<Database> {
  const unlock = await lockFolder(dataDir);
  try {
    const engine = await openWorker(join(dataDir, 'database'));
    return await prepare(new Kysely<Tables>({ dialect: embeddedDialect(engine) }), 'embedded', unlock);
  } catch (error) {
    await unlock();
    throw error;
  }
}

async function openServer(databaseUrl: string): Promise<Database> {
  const db = new Kysely<Tables>({ dialect: serverDialect(databaseUrl) });
  try {
    await sql`select 1`.execute(db);
  } catch (error) {
    await db.destroy().catch(() => undefined);
    throw unreachable(databaseUrl, error);
  }
  return await prepare(db, 'server', async () => undefined);
}

async function prepare(
  db: Kysely<Tables>,
  engine: Database['engine'],
  unlock: () => Promise<void>,
): Promise<Database> {
  try {
    await migrate(db);
  } catch (error) {
    await db.destroy().catch(() => undefined);
    throw error;
  }
  return {
    sql: db,
    engine,
    ping: async () => {
      await sql`select 1`.execute(db);
    },
    close: async () => {
      await db.destroy();
      await unlock();
    },
  };
}

/** Host and database are named; user and password are not. */
function unreachable(databaseUrl: string, cause: unknown): DatabaseError {
  const url = new URL(databaseUrl);
  const where = `${url.host || 'the default host'}${url.pathname}`;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'no answer';
  const why =
    code === '28P01' || code === '28000'
      ? 'it refuses the user or password'
      : code === '3D000'
        ? 'it has no such database'
        : isDatabaseUnavailable(cause)
          ? `it cannot be reached (${code})`
          : `it answered with error ${code}`;
  return new DatabaseError(`The database at ${where} cannot be used: ${why}. Check DATABASE_URL.`, 69, cause);
}
