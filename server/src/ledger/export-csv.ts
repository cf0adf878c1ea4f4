import { toUsd } from '../foundation/index.ts';
import { type EntryRow, listEntries } from './entry-queries.ts';
import type { LedgerPage } from './read-query.ts';
import type { SpendRow } from './spend-queries.ts';
import type { LedgerDatabase } from './tables.ts';
import { knownNanoUsd } from './to-views.ts';
import { csvLine } from './write-csv.ts';

const sumColumns = [
  'entries',
  'unknown_count',
  'cost_nano_usd',
  'list_cost_nano_usd',
  'images',
  'text_in',
  'image_in',
  'text_out',
  'image_out',
] as const satisfies readonly (keyof SpendRow)[];

/** Spend as CSV, a line for each group. */
export function* spendCsv(groupBy: string, rows: readonly SpendRow[]): Generator<string> {
  yield csvLine([groupBy, 'cost_usd', ...sumColumns]);
  for (const row of rows) {
    const known = { ...row, cost_nano_usd: knownNanoUsd(row) };
    yield csvLine([row.group, toUsd(known.cost_nano_usd), ...sumColumns.map((name) => known[name])]);
  }
}

const entryColumns = [
  'id',
  'request_id',
  'api_key_id',
  'attempt',
  'kind',
  'provider',
  'engine',
  'model_id',
  'outcome',
  'error_kind',
  'charged',
  'text_in',
  'text_in_cached',
  'image_in',
  'image_in_cached',
  'text_out',
  'image_out',
  'partial_images',
  'usage_source',
  'price_row',
  'cost_nano_usd',
  'list_cost_nano_usd',
  'prompt_name',
  'corrects',
] as const satisfies readonly (keyof EntryRow)[];

const pageSize = 200;

/** Every entry that is asked for, newest first, read page by page while it is sent. */
export async function* ledgerCsv(
  database: LedgerDatabase,
  projectId: string,
  wanted: LedgerPage,
): AsyncGenerator<string> {
  yield csvLine(['created_at', 'images', 'tags', ...entryColumns]);
  let after = wanted.after;
  for (;;) {
    const page = { ...wanted, limit: pageSize, ...(after === undefined ? {} : { after }) };
    const { data, hasMore } = await listEntries(database, projectId, page);
    for (const row of data) {
      yield csvLine([
        row.created_at.toISOString(),
        row.images.length,
        row.tags.join(' '),
        ...entryColumns.map((name) => row[name]),
      ]);
    }
    after = data.at(-1)?.id;
    if (!hasMore) return;
  }
}
