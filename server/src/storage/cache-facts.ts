import type { ImageFacts } from './inspect-image.ts';

/** Facts by hash. Bytes never change under a hash, so an entry is true for as long as it is kept. */
export type FactCache = {
  /** Undefined: not known. Null: known to be no image. */
  readonly get: (hash: string) => ImageFacts | null | undefined;
  readonly set: (hash: string, facts: ImageFacts | null) => void;
  readonly forget: (hash: string) => void;
};

/** Keeps the `capacity` entries that were used last. */
export function openFactCache(capacity: number): FactCache {
  // A Map lists its keys in the order they were set, so the first one is the one not used for longest.
  const entries = new Map<string, ImageFacts | null>();
  return {
    get: (hash) => {
      const facts = entries.get(hash);
      if (facts === undefined) return undefined;
      entries.delete(hash);
      entries.set(hash, facts);
      return facts;
    },
    set: (hash, facts) => {
      entries.delete(hash);
      entries.set(hash, facts);
      const oldest = entries.keys().next();
      if (entries.size > capacity && oldest.done !== true) entries.delete(oldest.value);
    },
    forget: (hash) => {
      entries.delete(hash);
    },
  };
}
