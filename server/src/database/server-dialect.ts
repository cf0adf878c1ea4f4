import { PostgresDialect } from 'kysely';
import pg from 'pg';

const int8 = 20;

/**
 * A pool of connections to a PostgreSQL server. Safe integers are numbers, as on the embedded engine; a
 * connection that breaks while idle is replaced by the pool and is no reason to end the process.
 */
export function serverDialect(databaseUrl: string): PostgresDialect {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 10,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    types: {
      getTypeParser: (type: number, format?: 'text' | 'binary') =>
        type === int8 ? (text: string) => Number(text) : pg.types.getTypeParser(type, format),
    } as pg.CustomTypesConfig,
  });
  pool.on('error', () => undefined);
  return new PostgresDialect({ pool });
}
