import type { Usage } from '../../models/index.ts';

/** The usage of several images together, where each has its own. Unknown and something is unknown. */
export function addUsage(one: Usage | null, other: Usage | null): Usage | null {
  if (one === null || other === null) return one ?? other;
  const add = (a: number | null, b: number | null) => (a === null || b === null ? null : a + b);
  return {
    textIn: add(one.textIn, other.textIn),
    textInCached: add(one.textInCached, other.textInCached),
    imageIn: add(one.imageIn, other.imageIn),
    imageInCached: add(one.imageInCached, other.imageInCached),
    textOut: add(one.textOut, other.textOut),
    imageOut: add(one.imageOut, other.imageOut),
    source: 'provider',
  };
}
