/** Nano-USD to USD; null stays null, since unknown is never 0. */
export function toUsd(nanoUsd: number | null): number | null {
  return nanoUsd === null ? null : nanoUsd / 1e9;
}
