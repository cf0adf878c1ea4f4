export type Turnstile = {
  /** Resolves when it is the caller's turn, with the function that lets the next one in. */
  enter(): Promise<() => void>;
};

/** Lets one in at a time, in the order of asking. */
export function openTurnstile(): Turnstile {
  let last: Promise<void> = Promise.resolve();
  return {
    enter: async () => {
      const before = last;
      const turn = Promise.withResolvers<void>();
      last = turn.promise;
      await before;
      return turn.resolve;
    },
  };
}
