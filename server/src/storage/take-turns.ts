/** Runs work when its turn has come, and gives what it gives. */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>;

/** At most `atOnce` works run at the same time; the others wait, and begin in the order in which they came. */
export function openTurns(atOnce: number): Turns {
  const waiting: (() => void)[] = [];
  let free = atOnce;
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // The place goes from hand to hand: whoever comes now must not be quicker than those who wait.
      if (next === undefined) free += 1;
      else next();
    }
  };
}
