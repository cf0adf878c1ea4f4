import type { PriceRow, Usage } from '../models/index.ts';

type TokenPrice = Extract<PriceRow['price'], { mode: 'token' }>;
type ImagePrice = Extract<PriceRow['price'], { mode: 'image' }>;

/** One image that is to be paid, with what was really used: `1024x1024`, `hd`. */
export type BilledImage = { readonly size?: string | undefined; readonly quality?: string | undefined };

/** What a job used, for either way of billing. */
export type Billed = {
  readonly usage: Usage | null;
  readonly images: readonly BilledImage[];
};

/**
 * The cost of a job in whole nano-USD. Null: unknown, because tokens were not reported, a rate is not published, or
 * no row fits an image. Unknown is never 0.
 */
export function costNanoUsd(billed: Billed, row: PriceRow): number | null {
  switch (row.price.mode) {
    case 'free':
      return 0;
    case 'token':
      return billed.usage === null ? null : costOfTokens(billed.usage, row.price);
    case 'image':
      return costOfImages(billed.images, row.price);
  }
}

function costOfTokens(usage: Usage, price: TokenPrice): number | null {
  const { perToken } = price;
  // Where a service tells only how many tokens went out, all of them count as image tokens.
  const textOut = usage.textOut ?? (usage.imageOut === null ? null : 0);
  return sum([
    costOfInput(
      usage.textIn,
      usage.textInCached,
      perToken.textIn,
      perToken.textInCached,
      isFree(price, 'textIn'),
    ),
    costOfInput(
      usage.imageIn,
      usage.imageInCached,
      perToken.imageIn,
      perToken.imageInCached,
      isFree(price, 'imageIn'),
    ),
    costOf(textOut, perToken.textOut, isFree(price, 'textOut')),
    costOf(usage.imageOut, perToken.imageOut, isFree(price, 'imageOut')),
  ]);
}

/** Input without a word about a cache is paid in full. */
function costOfInput(
  tokens: number | null,
  cachedTokens: number | null,
  rate: number | null,
  cachedRate: number | null,
  free: boolean,
): number | null {
  if (tokens === null) return null;
  const cached = Math.min(cachedTokens ?? 0, tokens);
  return sum([costOf(tokens - cached, rate, free), costOf(cached, cachedRate, free)]);
}

function costOf(tokens: number | null, rate: number | null, free: boolean): number | null {
  if (tokens === null) return null;
  if (tokens === 0) return 0;
  if (rate === null) return free ? 0 : null;
  return tokens * rate;
}

/** A missing rate means that nothing is billed only where the price row says so. */
function isFree(price: TokenPrice, bucket: NonNullable<TokenPrice['unbilled']>[number]): boolean {
  return price.unbilled?.includes(bucket) ?? false;
}

function costOfImages(images: readonly BilledImage[], price: ImagePrice): number | null {
  return sum(images.map((image) => perImageNanoUsd(price, image)));
}

/** What one image costs: the first cell that fits counts. Null: none fits. */
export function perImageNanoUsd(price: ImagePrice, image: BilledImage): number | null {
  const cell = price.perImage.find(
    ({ size, quality }) =>
      (size === undefined || size === image.size) && (quality === undefined || quality === image.quality),
  );
  return cell?.nanoUsd ?? null;
}

/** Null as soon as one part is unknown. */
function sum(parts: readonly (number | null)[]): number | null {
  let total = 0;
  for (const part of parts) {
    if (part === null) return null;
    total += part;
  }
  return total;
}
