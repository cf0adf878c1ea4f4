import { type Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { DatabaseError } from './database-error.ts';
import { migrations } from './migrations/index.ts';
import type { Tables } from './schema.ts';

/** Brings the schema up to this release. Throws a DatabaseError when it is newer, or when a step fails. */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const unknown = (await appliedNames(db)).filter((name) => !Object.hasOwn(migrations, name));
  if (unknown.length > 0) {
    throw new DatabaseError(
      `The database was last used by a newer Pictor (it has the migration '${unknown.at(-1)}'). Start that release, or restore a backup made before.`,
      65,
    );
  }
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error, results } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'unknown';
  throw new DatabaseError(`The migration '${failed}' failed and was undone: ${reason(error)}`, 73, error);
}

async function appliedNames(db: Kysely<Tables>): Promise<string[]> {
  const { rows: found } = await sql<{
    name: string | null;
  }>`select to_regclass('kysely_migration')::text as name`.execute(db);
  if (found[0]?.name == null) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map((row) => row.name);
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
