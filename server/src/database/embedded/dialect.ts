import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PGliteAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type TransactionSettings,
} from 'kysely';
import { prepareParameters } from '../prepare-parameters.ts';
import { isScript } from '../script-query.ts';
import { isTogether } from '../together-query.ts';
import type { EngineWorker } from './open-worker.ts';
import type { StatementResult } from './protocol.ts';
import { openTurnstile } from './turnstile.ts';

/** The adapter says how migrations lock; the turnstile below makes a second lock needless. */
class EmbeddedAdapter extends PGliteAdapter {
  // The turnstile is fairer than Kysely's own lock for engines with one connection.
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

/** Kysely over the worker: one connection, given out in the order of asking. */
export function embeddedDialect(worker: EngineWorker): Dialect {
  return {
    createAdapter: () => new EmbeddedAdapter(),
    createDriver: () => createDriver(worker),
    createIntrospector: (database) => new PostgresIntrospector(database),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

function createDriver(worker: EngineWorker): Driver {
  const turnstile = openTurnstile();
  const connection = createConnection(worker);
  const run = (sql: string) => worker.query(sql, []);
  let leave: (() => void) | undefined;
  return {
    init: async () => {},
    acquireConnection: async () => {
      leave = await turnstile.enter();
      return connection;
    },
    // Not awaited: the statements after it queue up behind it, and would fail with it.
    beginTransaction: async (_connection, settings) => {
      run(writeBegin(settings)).catch(() => {});
    },
    commitTransaction: async () => {
      const { command } = await run('commit');
      if (command === 'ROLLBACK')
        throw new Error('The transaction was rolled back: one of its statements had failed.');
    },
    rollbackTransaction: async () => {
      await run('rollback');
    },
    savepoint: async (_connection, name) => {
      await run(`savepoint ${quote(name)}`);
    },
    rollbackToSavepoint: async (_connection, name) => {
      await run(`rollback to ${quote(name)}`);
    },
    releaseSavepoint: async (_connection, name) => {
      await run(`release ${quote(name)}`);
    },
    releaseConnection: async () => {
      leave?.();
    },
    destroy: async () => {
      await worker.close();
    },
  };
}

function createConnection(worker: EngineWorker): DatabaseConnection {
  return {
    executeQuery: async <Row>(query: CompiledQuery) => {
      const result = await askWorker(worker, query);
      return { rows: result.rows as Row[], numAffectedRows: BigInt(result.affectedRows) };
    },
    // biome-ignore lint/correctness/useYield: the interface asks for a generator.
    streamQuery: async function* () {
      throw new Error('The embedded engine gives whole results only.');
    },
  };
}

function askWorker(worker: EngineWorker, query: CompiledQuery): Promise<StatementResult> {
  if (isScript(query)) return worker.script(query.sql);
  if (!isTogether(query)) return worker.query(query.sql, prepareParameters(query.parameters));
  return worker.together(
    query.together.map(({ sql, parameters }) => ({ sql, parameters: prepareParameters(parameters) })),
  );
}

function writeBegin({ isolationLevel, accessMode }: TransactionSettings): string {
  const isolation = isolationLevel === undefined ? '' : ` isolation level ${isolationLevel}`;
  return `begin${isolation}${accessMode === undefined ? '' : ` ${accessMode}`}`;
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
