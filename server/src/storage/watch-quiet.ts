/** Knows whether bytes are being stored, or were only just now. */
export type Quiet = {
  readonly isQuiet: () => boolean;
  /** Does work that is not quiet. */
  readonly during: <T>(work: () => Promise<T>) => Promise<T>;
};

const quietAfterMs = 300;

export function watchQuiet(): Quiet {
  let running = 0;
  let lastEndMs = Number.NEGATIVE_INFINITY;
  return {
    isQuiet: () => running === 0 && performance.now() - lastEndMs >= quietAfterMs,
    during: async (work) => {
      running += 1;
      try {
        return await work();
      } finally {
        running -= 1;
        lastEndMs = performance.now();
      }
    },
  };
}
