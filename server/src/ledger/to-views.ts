import { toUsd } from '../foundation/index.ts';
import type { EntryRow } from './entry-queries.ts';
import type { SpendSums } from './spend-queries.ts';

/** Sums as the API shows them: USD beside the integers that they come from. */
export function toSumsView<Sums extends SpendSums>(sums: Sums) {
  const known = knownNanoUsd(sums);
  return { ...sums, cost: toUsd(known), cost_nano_usd: known, list_cost: toUsd(sums.list_cost_nano_usd) };
}

/** Null where entries are there and the cost of every one is unknown: that is not the same as nothing. */
export function knownNanoUsd({
  entries,
  unknown_count: unknown,
  cost_nano_usd: sum,
}: SpendSums): number | null {
  return unknown > 0 && unknown >= entries && sum === 0 ? null : sum;
}

/** An entry as the API shows it. */
export function toEntryView(row: EntryRow) {
  return {
    id: row.id,
    object: 'ledger.entry',
    request: row.request_id,
    key_id: row.api_key_id,
    attempt: row.attempt,
    kind: row.kind,
    provider: row.provider,
    engine: row.engine,
    model: row.model_id,
    outcome: row.outcome,
    error_kind: row.error_kind,
    charged: row.charged,
    upstream_request_id: row.upstream_request_id,
    usage: row.usage_source === null ? null : { ...tokensOf(row), source: row.usage_source },
    partial_images: row.partial_images,
    images: row.images,
    price_row: row.price_row,
    cost: toUsd(row.cost_nano_usd),
    cost_nano_usd: row.cost_nano_usd,
    list_cost_nano_usd: row.list_cost_nano_usd,
    prompt: row.prompt_name,
    tags: row.tags,
    corrects: row.corrects,
    corrected: row.corrected,
    created_at: Math.floor(row.created_at.getTime() / 1000),
    booked_at: Math.floor(row.booked_at.getTime() / 1000),
  };
}

function tokensOf(row: EntryRow) {
  return {
    text_in: row.text_in,
    text_in_cached: row.text_in_cached,
    image_in: row.image_in,
    image_in_cached: row.image_in_cached,
    text_out: row.text_out,
    image_out: row.image_out,
  };
}
