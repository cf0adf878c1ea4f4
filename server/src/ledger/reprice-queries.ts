import type { Transaction } from '../database/index.ts';
import type { EntryRow } from './entry-queries.ts';
import type { Period } from './read-query.ts';
import type { LedgerDatabase } from './tables.ts';

/** An entry with what it costs now: its own cost, and all corrections of it. Null: unknown. */
export type RepricedEntry = { readonly entry: EntryRow; readonly costNanoUsd: number | null };

export type Correction = {
  readonly entry: EntryRow;
  readonly beforeNanoUsd: number | null;
  readonly afterNanoUsd: number;
  readonly priceRow: string | null;
};

const pageSize = 500;

/** The entries of a period that were to be paid, page by page, corrections not among them. */
export async function* listToReprice(
  database: LedgerDatabase,
  { from, to }: Period,
): AsyncGenerator<readonly RepricedEntry[]> {
  let after = '';
  for (;;) {
    const entries = await database.sql
      .selectFrom('ledger_entries')
      .selectAll()
      .where('corrects', 'is', null)
      .where('stand_in', '=', false)
      .where('created_at', '>=', from)
      .where('created_at', '<', to)
      .where('id', '>', after)
      .orderBy('id')
      .limit(pageSize)
      .execute();
    if (entries.length > 0) yield await withCorrections(database, entries);
    after = entries.at(-1)?.id ?? after;
    if (entries.length < pageSize) return;
  }
}

async function withCorrections(
  database: LedgerDatabase,
  entries: readonly EntryRow[],
): Promise<readonly RepricedEntry[]> {
  const corrected = entries.filter((entry) => entry.corrected).map((entry) => entry.id);
  const sums =
    corrected.length === 0
      ? []
      : await database.sql
          .selectFrom('ledger_entries')
          .where('corrects', 'in', corrected)
          .groupBy('corrects')
          .select((expression) => ['corrects', expression.fn.sum<number>('cost_nano_usd').as('sum')])
          .execute();
  const byEntry = new Map(sums.map(({ corrects, sum }) => [corrects, sum]));
  return entries.map((entry) => {
    const correction = byEntry.get(entry.id);
    const costNanoUsd =
      correction === undefined ? entry.cost_nano_usd : (entry.cost_nano_usd ?? 0) + correction;
    return { entry, costNanoUsd };
  });
}

/** Writes the differences beside their entries, counted for the same day, and the new sums into the requests. */
export async function writeCorrections(
  database: LedgerDatabase,
  corrections: readonly Correction[],
): Promise<void> {
  await database.sql.transaction().execute(async (transaction) => {
    for (const correction of corrections) await writeCorrection(transaction, correction);
  });
}

async function writeCorrection(transaction: Transaction, correction: Correction): Promise<void> {
  const { entry, beforeNanoUsd, afterNanoUsd, priceRow } = correction;
  const earlier = await transaction
    .selectFrom('ledger_entries')
    .where('corrects', '=', entry.id)
    .select((expression) => expression.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  await transaction
    .insertInto('ledger_entries')
    .values({
      id: `${entry.id}_c${earlier.count + 1}`,
      request_id: entry.request_id,
      project_id: entry.project_id,
      api_key_id: entry.api_key_id,
      attempt: entry.attempt,
      kind: entry.kind,
      provider: entry.provider,
      engine: entry.engine,
      model_id: entry.model_id,
      outcome: 'correction',
      charged: entry.charged,
      price_row: priceRow,
      cost_nano_usd: afterNanoUsd - (beforeNanoUsd ?? 0),
      prompt_name: entry.prompt_name,
      tags: JSON.stringify(entry.tags),
      corrects: entry.id,
      created_at: entry.created_at,
      booked_at: new Date(),
    })
    .execute();
  await transaction
    .updateTable('ledger_entries')
    .set({ corrected: true })
    .where('id', '=', entry.id)
    .execute();
  if (entry.request_id !== null) await sumRequest(transaction, entry.request_id);
}

/** A request costs what its entries cost; unknown as long as one of them is. */
async function sumRequest(transaction: Transaction, requestId: string): Promise<void> {
  const entries = await transaction
    .selectFrom('ledger_entries')
    .where('request_id', '=', requestId)
    .select(['cost_nano_usd as cost', 'corrected'])
    .execute();
  const isUnknown = entries.some(({ cost, corrected }) => cost === null && !corrected);
  const total = entries.reduce((sum, { cost }) => sum + (cost ?? 0), 0);
  await transaction
    .updateTable('requests')
    .set({ cost_nano_usd: isUnknown ? null : total })
    .where('id', '=', requestId)
    .execute();
}
