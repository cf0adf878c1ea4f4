import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { DatabaseError, databaseExitCodes, isDatabaseUnavailable } from './database-error.ts';
import type { Tables } from './schema.ts';

/** Own names, because a server's database may hold the tables of other programs too. */
const migrationTable = 'pictor_migrations';
const migrationLockTable = 'pictor_migrations_lock';

/**
 * Brings the schema up to this release; does nothing where it is already. All steps share one transaction.
 * Throws a DatabaseError when the schema is newer than this release, and when a step fails.
 */
export async function migrate(
  database: Kysely<Tables>,
  migrations: Readonly<Record<string, Migration>>,
): Promise<void> {
  const done = await readDoneMigrations(database);
  const unknown = done.filter((name) => !(name in migrations));
  if (unknown.length > 0) throw newerSchemaError(unknown);
  if (done.length === Object.keys(migrations).length) return;
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: async () => ({ ...migrations }) },
    migrationTableName: migrationTable,
    migrationLockTableName: migrationLockTable,
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error === undefined) return;
  if (isDatabaseUnavailable(error)) throw error;
  const failed = results?.find((result) => result.status === 'Error')?.migrationName;
  const reason = error instanceof Error ? error.message : String(error);
  throw new DatabaseError(
    databaseExitCodes.migrationFailed,
    `The database could not be brought up to this release${failed === undefined ? '' : ` (step ${failed})`}: ${reason}. Nothing was changed.`,
    error,
  );
}

async function readDoneMigrations(database: Kysely<Tables>): Promise<string[]> {
  const found = await sql<{ found: boolean }>`
    select to_regclass(${migrationTable}) is not null as found`.execute(database);
  if (found.rows[0]?.found !== true) return [];
  const rows = await sql<{ name: string }>`select name from ${sql.table(migrationTable)}`.execute(database);
  return rows.rows.map((row) => row.name);
}

function newerSchemaError(unknown: readonly string[]): DatabaseError {
  return new DatabaseError(
    databaseExitCodes.newerSchema,
    `The database was last used by a newer release of Pictor: this one does not know its step ${unknown.join(', ')}. Start that release or a later one, or use another data folder.`,
  );
}
