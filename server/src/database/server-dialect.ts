import { type Dialect, PostgresDialect, type PostgresPool } from 'kysely';
import { Pool, type PoolClient, type QueryResult, types } from 'pg';
import { columnParsers } from './column-parsers.ts';
import { prepareParameters } from './prepare-parameters.ts';

const maxConnections = 10;
const connectWithinMs = 10_000;
/** Long enough for a migration over many rows, short enough that a lost network is noticed. */
const answerWithinMs = 60_000;
const idleAfterMs = 30_000;

/** Kysely over a pool of connections to a PostgreSQL server. Connects when it is first used. */
export function serverDialect(databaseUrl: string): Dialect {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: maxConnections,
    connectionTimeoutMillis: connectWithinMs,
    // Kept by this side: poolers such as PgBouncer refuse limits among the parameters of a connection.
    query_timeout: answerWithinMs,
    idleTimeoutMillis: idleAfterMs,
    keepAlive: true,
    types: { getTypeParser: findParser },
  });
  // A connection that breaks between two statements reports it here; unheard, it would end the process.
  // The statement that follows fails with the same news.
  pool.on('error', () => {});
  pool.on('connect', (client) => {
    client.on('error', () => {});
  });
  return new PostgresDialect({ pool: preparePool(pool) });
}

/** Parsers of this pool alone; pg's own way is to set them for the whole process. */
function findParser(oid: number, format?: 'text' | 'binary'): (text: string) => unknown {
  const parser = format === 'binary' ? undefined : columnParsers[oid];
  return parser ?? types.getTypeParser(oid, format ?? 'text');
}

/** The pool with parameters put into the form that both engines share. */
function preparePool(pool: Pool): PostgresPool {
  return {
    options: pool.options,
    connect: async () => {
      const client = await pool.connect();
      return { query: prepareQuery(client), release: (destroy) => client.release(destroy) };
    },
    end: () => pool.end(),
  };
}

type Query = Awaited<ReturnType<PostgresPool['connect']>>['query'];

function prepareQuery(client: PoolClient): Query {
  const query = async (sql: string, parameters: readonly unknown[] = []) => {
    const result: QueryResult | QueryResult[] = await client.query(sql, prepareParameters(parameters));
    // A text of several statements has a result for each, and its reader wants the rows of all.
    return Array.isArray(result) ? { rows: result.flatMap((each) => each.rows) } : result;
  };
  return query as unknown as Query;
}
