import { cleanText, type Database, type Transaction } from '../database/index.ts';
import { openingStatements, removeOpenings } from './queries.ts';
import type { OpeningRecord } from './request-record.ts';

/** The request that came first with an idempotency key. */
export type FirstRequest = {
  readonly requestId: string;
  readonly fingerprint: string;
  readonly createdAt: Date;
};

/**
 * Writes the opening row and takes its idempotency key, in one transaction. Null: done. Else the key was taken before,
 * nothing is written, and the first request is given. Two requests of the same moment cannot both get a key.
 */
export async function openOnce(
  transaction: Transaction,
  opening: OpeningRecord & { readonly idempotencyKey: string },
): Promise<FirstRequest | null> {
  const key = cleanText(opening.idempotencyKey);
  const first = await findKey(transaction, opening.projectId, key);
  if (first !== null) return first;
  for (const statement of openingStatements([opening])) await statement.execute(transaction);
  const claimed = await transaction
    .insertInto('idempotency_keys')
    .values({
      project_id: opening.projectId,
      key,
      request_id: opening.id,
      fingerprint: opening.fingerprint,
      created_at: opening.createdAt,
    })
    .onConflict((conflict) => conflict.columns(['project_id', 'key']).doNothing())
    .returning('request_id')
    .executeTakeFirst();
  if (claimed !== undefined) return null;
  // Another server on the same database was quicker by a moment.
  await removeOpenings(transaction, [opening.id]);
  return await findKey(transaction, opening.projectId, key);
}

/** The request that took an idempotency key; null: nobody did. */
export async function findKey(
  transaction: Database['sql'] | Transaction,
  projectId: string,
  key: string,
): Promise<FirstRequest | null> {
  const row = await transaction
    .selectFrom('idempotency_keys')
    .where('project_id', '=', projectId)
    .where('key', '=', key)
    .select(['request_id as requestId', 'fingerprint', 'created_at as createdAt'])
    .executeTakeFirst();
  return row ?? null;
}
