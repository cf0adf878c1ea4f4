import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import type { Engine } from './open-worker.ts';

/** Kysely over the embedded engine. There is one connection: whoever holds it, for a transaction too, holds it alone. */
export function embeddedDialect(engine: Engine): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => createDriver(engine),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

function createDriver(engine: Engine): Driver {
  const connection = createConnection(engine);
  const turns: (() => void)[] = [];
  let taken = false;
  const run = (sql: string) => async (): Promise<void> => {
    await connection.executeQuery(CompiledQuery.raw(sql));
  };
  return {
    init: async () => undefined,
    acquireConnection: async () => {
      if (taken) await new Promise<void>((resolve) => turns.push(resolve));
      taken = true;
      return connection;
    },
    releaseConnection: async () => {
      const next = turns.shift();
      // The connection passes straight to whoever waited longest, and never looks free in between.
      if (next === undefined) taken = false;
      else next();
    },
    beginTransaction: run('begin'),
    commitTransaction: run('commit'),
    rollbackTransaction: run('rollback'),
    destroy: async () => await engine.close(),
  };
}

function createConnection(engine: Engine): DatabaseConnection {
  return {
    executeQuery: async <R>(query: CompiledQuery): Promise<QueryResult<R>> => {
      const { rows, affected } = await engine.query(query.sql, query.parameters);
      return { rows: rows as R[], ...(affected === undefined ? {} : { numAffectedRows: BigInt(affected) }) };
    },
    // biome-ignore lint/correctness/useYield: the engine answers whole results only
    streamQuery: async function* () {
      throw new Error('The embedded engine cannot stream rows: read by pages.');
    },
  };
}
