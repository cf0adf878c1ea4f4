import type { RawBuilder } from 'kysely';
import type { Database } from './open-database.ts';
import { togetherQuery } from './together-query.ts';

/** A statement that reads nothing of those before it, so that several can be handed over at once. */
export type Statement = RawBuilder<unknown>;

/**
 * Runs the statements in one transaction. The embedded engine gets them in one message: between statements that are
 * sent one by one it waits for the main thread, which under load takes longer than the statements.
 */
export async function runTogether(
  database: Pick<Database, 'sql' | 'engine'>,
  statements: readonly Statement[],
): Promise<void> {
  if (statements.length === 0) return;
  if (database.engine === 'embedded') {
    const together = statements.map((statement) => statement.compile(database.sql));
    await database.sql.executeQuery(togetherQuery(together));
    return;
  }
  await database.sql.transaction().execute(async (transaction) => {
    for (const statement of statements) await statement.execute(transaction);
  });
}
