/** Chance that can be repeated: the same seed draws the same lots on every machine. */
export type Random = {
  /** A whole number from 0 to `below - 1`. */
  readonly whole: (below: number) => number;
  /** True in `percent` of 100 cases. */
  readonly chance: (percent: number) => boolean;
  readonly pick: <T>(choices: readonly [T, ...T[]]) => T;
  readonly bytes: (count: number) => Buffer;
};

/** Neighbouring indices of one seed are as unlike each other as any two. */
export function openRandom(seed: number, index: number): Random {
  let state = scramble(scramble(seed) ^ index);
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    return scramble(state);
  };
  const whole = (below: number): number => next() % below;
  return {
    whole,
    chance: (percent) => whole(100) < percent,
    pick: (choices) => choices[whole(choices.length)] ?? choices[0],
    bytes: (count) => Buffer.from(Array.from({ length: count }, () => whole(256))),
  };
}

/** The last step of MurmurHash3: every bit of the value reaches every bit of the result. */
function scramble(value: number): number {
  const once = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return (twice ^ (twice >>> 16)) >>> 0;
}
