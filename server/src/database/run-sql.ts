import { CompiledQuery, sql } from 'kysely';
import type { Database, Transaction } from './open-database.ts';
import { scriptQuery } from './script-query.ts';

export type SqlResult = { readonly rows: Record<string, unknown>[] };

/**
 * Runs SQL that a library wrote. With `values`: one statement, with `$1` for the first; lists become PostgreSQL
 * arrays. Without: any number of statements, which may begin and commit a transaction of their own; gives the rows
 * of all of them. What a failed script had begun is rolled back. In a transaction only statements with values run.
 */
export async function runSql(
  handle: Database['sql'] | Transaction,
  text: string,
  values: readonly unknown[] = [],
): Promise<SqlResult> {
  if (values.length > 0) {
    const { rows } = await handle.executeQuery(CompiledQuery.raw(text, values.map(toPostgres)));
    return { rows: rows as Record<string, unknown>[] };
  }
  if (handle.isTransaction) throw new Error('A script cannot run within a transaction.');
  return await handle.connection().execute(async (connection) => {
    try {
      const { rows } = await connection.executeQuery(scriptQuery(text));
      return { rows: rows as Record<string, unknown>[] };
    } catch (error) {
      // Else the next to use this connection would stand in the script's failed transaction.
      await sql`rollback`.execute(connection).catch(() => {});
      throw error;
    }
  });
}

/** Lists as PostgreSQL writes arrays; everything else as it is. Elsewhere a list means JSON. */
function toPostgres(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return `{${value.map(toElement).join(',')}}`;
}

function toElement(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return String(toPostgres(value));
  const text = value instanceof Date ? value.toISOString() : String(value);
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}
