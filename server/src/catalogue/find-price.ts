import type { PriceRow } from '../models/index.ts';

/**
 * The row that holds on a day (in UTC): the latest of the provider's own rows, else the latest of those for every
 * provider (`*`). Null when none has begun: an unknown price is never guessed.
 */
export function findPrice(
  prices: readonly PriceRow[],
  model: string,
  provider: string,
  when: Date,
): PriceRow | null {
  const day = when.toISOString().slice(0, 10);
  const holding = prices.filter((price) => price.model === model && price.from <= day);
  return latest(holding, provider) ?? latest(holding, '*');
}

/** ISO dates sort as text. Of equal days the later row in the list wins, so that brought rows replace built-in ones. */
function latest(prices: readonly PriceRow[], provider: string): PriceRow | null {
  let found: PriceRow | null = null;
  for (const price of prices) {
    if (price.provider === provider && (found === null || price.from >= found.from)) found = price;
  }
  return found;
}
