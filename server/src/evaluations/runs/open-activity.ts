/** What runs of an evaluation at this moment, as only this process knows. */
export type Activity = {
  /** A cell begins; the function given ends it. */
  readonly begin: (rowId: string, columnId: string) => () => void;
  readonly isRunning: (rowId: string, columnId: string) => boolean;
  readonly count: () => number;
  /** How long so many cells take at the pace so far; null: nothing ended yet. */
  readonly secondsFor: (cells: number) => number | null;
};

export function openActivity(): Activity {
  const running = new Set<string>();
  const startedMs = performance.now();
  let ended = 0;
  const nameOf = (rowId: string, columnId: string): string => `${rowId} ${columnId}`;
  return {
    begin: (rowId, columnId) => {
      running.add(nameOf(rowId, columnId));
      return () => {
        running.delete(nameOf(rowId, columnId));
        ended += 1;
      };
    },
    isRunning: (rowId, columnId) => running.has(nameOf(rowId, columnId)),
    count: () => running.size,
    secondsFor: (cells) =>
      ended === 0 ? null : Math.round(((performance.now() - startedMs) / 1000 / ended) * cells),
  };
}
