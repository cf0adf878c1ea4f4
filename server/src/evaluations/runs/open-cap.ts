/** What a run may still cost, while several of its cells run at once. */
export type Cap = {
  /** Nano-USD that were spent so far, as far as they are known. */
  readonly spent: () => number;
  /**
   * Sets aside what a cell may cost. Null: it could exceed the cap, so it must not begin. The function given takes what
   * it did cost, or null where nobody knows.
   */
  readonly reserve: (columnId: string, estimate: number | null) => ((cost: number | null) => void) | null;
};

/**
 * @param cap Null: everything may begin.
 *
 * Where nobody can tell what a cell will cost, the dearest one of its column so far is expected, and before there is
 * one nothing: the first cells of such a column can exceed the cap.
 */
export function openCap(cap: number | null, spentBefore: number): Cap {
  let spent = spentBefore;
  let reserved = 0;
  const dearest = new Map<string, number>();
  return {
    spent: () => spent,
    reserve: (columnId, estimate) => {
      const expected = Math.max(estimate ?? 0, dearest.get(columnId) ?? 0);
      if (cap !== null && spent + reserved + expected > cap) return null;
      // Something was spent up to the cap, and a cell of unknown cost could only exceed it.
      if (cap !== null && expected === 0 && estimate === null && spent + reserved >= cap) return null;
      reserved += expected;
      return (cost) => {
        reserved -= expected;
        spent += cost ?? 0;
        if (cost !== null) dearest.set(columnId, Math.max(dearest.get(columnId) ?? 0, cost));
      };
    },
  };
}
