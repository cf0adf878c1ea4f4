import type { Transaction } from '../database/index.ts';
import { countRemoval } from './queries.ts';
import type { ProjectRemoval } from './removal.ts';
import type { RetentionDatabase } from './tables.ts';

/** Behind every moment that a row can have. */
const always = new Date('9999-12-31T00:00:00Z');

/** Counts what a project holds. */
export async function countProject(database: RetentionDatabase, projectId: string): Promise<ProjectRemoval> {
  const removal = await countRemoval(database, projectId, {
    images: always,
    requests: always,
    files: always,
  });
  const countOf = async (table: 'api_keys' | 'webhooks') => {
    const row = await database.sql
      .selectFrom(table)
      .where('project_id', '=', projectId)
      .select((is) => is.fn.countAll<number>().as('count'))
      .executeTakeFirst();
    return { count: Number(row?.count ?? 0) };
  };
  return { ...removal, keys: await countOf('api_keys'), webhooks: await countOf('webhooks') };
}

/**
 * Deletes a project; every row that belongs to it goes with it by its foreign key. Gives the hashes of the bytes that
 * its rows named, each once; null: requests of it still run, and nothing is deleted.
 */
export async function deleteProject(
  database: RetentionDatabase,
  projectId: string,
): Promise<readonly string[] | null> {
  return await database.sql.transaction().execute(async (transaction) => {
    // Whoever writes a row for this project from now on waits for this transaction, and then fails.
    await transaction.selectFrom('projects').where('id', '=', projectId).select('id').forUpdate().execute();
    if (await isBusy(transaction, projectId)) return null;
    const images = await transaction
      .selectFrom('images')
      .where('project_id', '=', projectId)
      .select('hash')
      .distinct()
      .execute();
    const files = await transaction
      .selectFrom('files')
      .where('project_id', '=', projectId)
      .select('hash')
      .distinct()
      .execute();
    await transaction.deleteFrom('projects').where('id', '=', projectId).execute();
    return [...new Set([...images, ...files].map((row) => row.hash))];
  });
}

async function isBusy(transaction: Transaction, projectId: string): Promise<boolean> {
  const request = await transaction
    .selectFrom('requests')
    .where('project_id', '=', projectId)
    .where('status', '=', 'running')
    .select('id')
    .limit(1)
    .executeTakeFirst();
  const response = await transaction
    .selectFrom('responses')
    .where('project_id', '=', projectId)
    .where('status', 'in', ['queued', 'in_progress'])
    .select('id')
    .limit(1)
    .executeTakeFirst();
  return request !== undefined || response !== undefined;
}
