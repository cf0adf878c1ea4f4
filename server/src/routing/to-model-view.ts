import type { Lifecycle, PriceRow } from '../models/index.ts';

/** A price as answers show it: USD for a million tokens, or for one image. Null: none is known. */
export function toPriceView(row: PriceRow | null) {
  if (row === null) return null;
  const { price } = row;
  return {
    from: row.from,
    source: row.source,
    source_date: row.sourceDate,
    mode: price.mode,
    per_million_tokens: price.mode === 'token' ? toRates(price.perToken) : {},
    per_image:
      price.mode === 'image'
        ? price.perImage.map(({ size, quality, nanoUsd }) => ({
            size: size ?? null,
            quality: quality ?? null,
            cost: nanoUsd / nanoPerUsd,
          }))
        : [],
  };
}

const nanoPerUsd = 1_000_000_000;
const million = 1_000_000;

type Rates = Extract<PriceRow['price'], { mode: 'token' }>['perToken'];

function toRates(rates: Rates): Record<string, number | null> {
  const toUsd = (nano: number | null): number | null =>
    nano === null ? null : (nano * million) / nanoPerUsd;
  return {
    text_in: toUsd(rates.textIn),
    text_in_cached: toUsd(rates.textInCached),
    image_in: toUsd(rates.imageIn),
    image_in_cached: toUsd(rates.imageInCached),
    text_out: toUsd(rates.textOut),
    image_out: toUsd(rates.imageOut),
  };
}

/** When a model came and goes, as answers show it. */
export function toLifecycleView(lifecycle: Lifecycle) {
  return {
    released: lifecycle.released ?? null,
    retired: lifecycle.retired ?? null,
    shutdown: lifecycle.shutdown ?? null,
    replacement: lifecycle.replacement ?? null,
    source: lifecycle.source,
    source_date: lifecycle.sourceDate,
  };
}
