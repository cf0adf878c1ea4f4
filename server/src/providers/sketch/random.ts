/** A stream of numbers that looks like chance and is the same on every machine for the same seed. */
export type Chance = {
  /** 0 inclusive to 1 exclusive. */
  readonly next: () => number;
  readonly between: (low: number, high: number) => number;
  /** One of the list; throws a RangeError for an empty list. */
  readonly pick: <T>(list: readonly T[]) => T;
  /** True with this probability. */
  readonly happens: (probability: number) => boolean;
  /** An independent stream, so that one more draw here does not move everything elsewhere. */
  readonly branch: (name: string) => Chance;
};

/** FNV-1a over UTF-16 units, 32 bits. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** Opens the stream that belongs to a seed text (mulberry32). */
export function openChance(seed: string): Chance {
  let state = hashText(seed);
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    pick: (list) => {
      const picked = list[Math.floor(next() * list.length)];
      if (picked === undefined) throw new RangeError('Nothing to pick from.');
      return picked;
    },
    happens: (probability) => next() < probability,
    branch: (name) => openChance(`${seed}/${name}`),
  };
}
