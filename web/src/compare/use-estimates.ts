import { useDebouncedValue } from '@mantine/hooks';
import type { EditBody } from '@pictor/sdk';
import { useQuery } from '@tanstack/react-query';
import { usePictor } from '../common/pictor-context.ts';
import { estimateBodyOf, type Setup } from './setup.ts';

const pauseMs = 400;
const staleMs = 60_000;

/** What a whole run would cost. */
export type RunEstimate = {
  /** USD; null: at least one column's price is unknown. */
  readonly low: number | null;
  readonly high: number | null;
  /** How many columns the built-in engine draws: the bounds are those models' own, and nothing is paid for them. */
  readonly standIns: number;
};

/** The estimate of all cells together, a moment after the last change. Null: nothing to estimate. */
export function useEstimates(setup: Setup | null) {
  const pictor = usePictor();
  const bodies = setup === null ? [] : setup.columns.map((column) => estimateBodyOf(setup, column));
  const rows = setup?.rows ?? 1;
  const [text] = useDebouncedValue(JSON.stringify({ bodies, rows }), pauseMs);
  return useQuery({
    queryKey: ['compare-estimate', text],
    queryFn: async ({ signal }): Promise<RunEstimate> => {
      const columns = await Promise.all(
        bodies.map((body: EditBody) => pictor.images.estimate(body, { signal })),
      );
      const sum = (bounds: readonly (number | null)[]): number | null =>
        bounds.reduce((total, bound) => (total === null || bound === null ? null : total + bound * rows), 0);
      return {
        low: sum(columns.map(({ low }) => low)),
        high: sum(columns.map(({ high }) => high)),
        standIns: columns.filter(({ stand_in: standsIn }) => standsIn).length,
      };
    },
    enabled: setup !== null && text === JSON.stringify({ bodies, rows }),
    staleTime: staleMs,
    retry: false,
  });
}
