import { type Dialect, Kysely, type Transaction as KyselyTransaction, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { DatabaseError, databaseExitCodes } from './database-error.ts';
import { openEmbedded } from './embedded/open-embedded.ts';
import { checkDatabaseUrl, explainServerFailure } from './explain-server-failure.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import type { Tables } from './schema.ts';
import { serverDialect } from './server-dialect.ts';

/** The handle that a transaction's statements go through. */
export type Transaction = KyselyTransaction<Tables>;

export type Database = {
  /**
   * Statements and transactions. On both engines alike: 64-bit integers and sums are numbers, times are Date,
   * jsonb is written from and read as objects and lists, and text that PostgreSQL refuses is cleaned.
   * Within a transaction use only its own handle: the embedded engine has one connection, and a statement
   * beside the transaction that the transaction waits for would never run.
   */
  readonly sql: Kysely<Tables>;
  readonly engine: 'embedded' | 'server';
  /** Resolves when the database answers. */
  ping(): Promise<void>;
  /** Waits for running statements, writes everything to disk and lets go of the data folder. */
  close(): Promise<void>;
};

export type DatabasePlace = {
  /** Folder of the embedded engine's files; made where it is missing. Not touched when there is a URL. */
  readonly dataDir: string;
  /** Address of a PostgreSQL server; absent: the embedded engine. */
  readonly databaseUrl?: string | undefined;
  /** Embedded only. `off`: commits do not wait for the disk, so a power cut may damage the database. */
  readonly fsync?: 'group' | 'always' | 'off';
  /** Default: this release's own. */
  readonly migrations?: Readonly<Record<string, Migration>>;
};

/** Opens the database and brings its schema up to this release. Throws a DatabaseError. */
export async function openDatabase(place: DatabasePlace): Promise<Database> {
  const steps = place.migrations ?? migrations;
  return place.databaseUrl === undefined
    ? await openOwnDatabase(place, steps)
    : await openServerDatabase(place.databaseUrl, steps);
}

type Steps = Readonly<Record<string, Migration>>;

async function openOwnDatabase(place: DatabasePlace, steps: Steps): Promise<Database> {
  const engine = await openEmbedded(place.dataDir, place.fsync !== 'off');
  const database = createDatabase('embedded', engine.dialect, engine.close);
  try {
    await migrate(database.sql, steps);
  } catch (error) {
    await database.close().catch(() => {});
    throw explainEmbeddedFailure(place.dataDir, error);
  }
  return database;
}

function explainEmbeddedFailure(dataDir: string, error: unknown): DatabaseError {
  if (error instanceof DatabaseError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new DatabaseError(
    databaseExitCodes.unavailable,
    `The database in ${dataDir} cannot be used: ${reason}`,
    error,
  );
}

async function openServerDatabase(databaseUrl: string, steps: Steps): Promise<Database> {
  checkDatabaseUrl(databaseUrl);
  const database = createDatabase('server', serverDialect(databaseUrl), async () => {});
  try {
    await migrate(database.sql, steps);
  } catch (error) {
    await database.close().catch(() => {});
    throw explainServerFailure(databaseUrl, error);
  }
  return database;
}

function createDatabase(
  engine: Database['engine'],
  dialect: Dialect,
  closeEngine: () => Promise<void>,
): Database {
  const database = new Kysely<Tables>({ dialect });
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    try {
      await database.destroy();
    } finally {
      await closeEngine();
    }
  };
  return {
    sql: database,
    engine,
    ping: async () => {
      await sql`select 1`.execute(database);
    },
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}
