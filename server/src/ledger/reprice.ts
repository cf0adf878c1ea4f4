import type { Catalogue } from '../catalogue/index.ts';
import type { Usage } from '../models/index.ts';
import { costOfAttempt } from './cost-of-attempt.ts';
import type { EntryRow } from './entry-queries.ts';
import type { Period } from './read-query.ts';
import { type Correction, listToReprice, type RepricedEntry, writeCorrections } from './reprice-queries.ts';
import type { LedgerDatabase } from './tables.ts';

/** What re-pricing found, by model and provider. */
export type RepriceLine = {
  readonly model: string;
  readonly provider: string;
  /** Entries whose cost changes. */
  readonly changed: number;
  /** Of those, entries whose cost was unknown. */
  readonly wereUnknown: number;
  readonly beforeNanoUsd: number;
  readonly afterNanoUsd: number;
};

export type RepriceReport = {
  readonly entries: number;
  readonly lines: readonly RepriceLine[];
  /** Entries that have a cost, and would have none by the prices of now: they stay as they are. */
  readonly kept: number;
};

/**
 * Prices entries anew by the price rows that hold for their day now, for all projects. With `apply` a correction is
 * written for every difference: the entry itself is never changed, its cost is then the sum of both. Nothing is
 * corrected to unknown, and what a stand-in drew cost nothing at any price.
 */
export async function reprice(
  parts: { readonly database: LedgerDatabase; readonly catalogue: Catalogue },
  wanted: Period & { readonly apply: boolean },
): Promise<RepriceReport> {
  const lines = new Map<string, RepriceLine>();
  let entries = 0;
  let kept = 0;
  for await (const page of listToReprice(parts.database, wanted)) {
    const corrections: Correction[] = [];
    for (const found of page) {
      entries += 1;
      const correction = correct(parts.catalogue, found);
      if (correction === 'kept') kept += 1;
      if (correction === 'kept' || correction === 'right') continue;
      corrections.push(correction);
      addTo(lines, correction);
    }
    if (wanted.apply && corrections.length > 0) await writeCorrections(parts.database, corrections);
  }
  return { entries, lines: [...lines.values()], kept };
}

function correct(catalogue: Catalogue, { entry, costNanoUsd: before }: RepricedEntry) {
  const row = catalogue.rows.find(({ id }) => id === entry.model_id);
  const price = row === undefined ? null : catalogue.priceOf(row, entry.provider, entry.created_at);
  const { costNanoUsd: after, priceRow } = costOfAttempt({
    charged: entry.charged,
    usage: usageOf(entry),
    images: entry.images,
    price,
    standIn: false,
  });
  if (after === before) return 'right';
  if (after === null) return 'kept';
  return { entry, beforeNanoUsd: before, afterNanoUsd: after, priceRow };
}

function usageOf(entry: EntryRow): Usage | null {
  if (entry.usage_source === null) return null;
  return {
    textIn: entry.text_in,
    textInCached: entry.text_in_cached,
    imageIn: entry.image_in,
    imageInCached: entry.image_in_cached,
    textOut: entry.text_out,
    imageOut: entry.image_out,
    source: entry.usage_source,
  };
}

function addTo(lines: Map<string, RepriceLine>, { entry, beforeNanoUsd, afterNanoUsd }: Correction): void {
  const name = `${entry.provider} ${entry.model_id}`;
  const line = lines.get(name);
  lines.set(name, {
    model: entry.model_id,
    provider: entry.provider,
    changed: (line?.changed ?? 0) + 1,
    wereUnknown: (line?.wereUnknown ?? 0) + (beforeNanoUsd === null ? 1 : 0),
    beforeNanoUsd: (line?.beforeNanoUsd ?? 0) + (beforeNanoUsd ?? 0),
    afterNanoUsd: (line?.afterNanoUsd ?? 0) + afterNanoUsd,
  });
}
