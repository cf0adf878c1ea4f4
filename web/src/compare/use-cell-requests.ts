import type { RequestSummary } from '@pictor/sdk';
import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { usePictor } from '../common/pictor-context.ts';
import { requestsKey } from '../requests/use-requests.ts';
import { type KeptRun, readRun, writeRun } from './kept-runs.ts';
import { findCell } from './run-cells.ts';
import { placeName, placesOf } from './setup.ts';

const pollMs = 1_500;

/** The requests of a run by their places, as far as they are known; those that run are asked after. */
export function useCellRequests(run: KeptRun | null) {
  const pictor = usePictor();
  const known = Object.entries(run?.cells ?? {}).flatMap(([name, { requestId }]) =>
    requestId === null ? [] : [{ name, requestId }],
  );
  const answers = useQueries({
    queries: known.map(({ requestId }) => ({
      queryKey: [...requestsKey, 'one', requestId],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => pictor.requests.get(requestId, { signal }),
      refetchInterval: (query: { readonly state: { readonly data: RequestSummary | undefined } }) =>
        query.state.data?.status === 'running' ? pollMs : false,
    })),
  });
  return new Map(
    known.map(({ name }, index) => {
      const answer = answers[index];
      return [name, { request: answer?.data, error: answer?.error ?? null }] as const;
    }),
  );
}

export type CellRequests = ReturnType<typeof useCellRequests>;

/** Looks once after cells of an opened run of which it is not known what became of them. */
export function useFindLostCells(runId: string | undefined, run: KeptRun | null): void {
  const pictor = usePictor();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each run that is opened
  useEffect(() => {
    if (runId === undefined || run === null) return;
    // Begun in another browser: its cells are found by their keys.
    if (readRun(runId) === null) writeRun(runId, run);
    for (const place of placesOf(run.setup)) {
      const cell = run.cells[placeName(place)];
      const isLost = cell === undefined || (cell.requestId === null && cell.failure === null);
      if (isLost) void findCell(pictor, runId, place).catch(() => undefined);
    }
  }, [runId]);
}

/** Reads requests again after something was changed in them. */
export function useRefreshRequests(): () => Promise<void> {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: requestsKey });
}
