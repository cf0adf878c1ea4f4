import type { SpendGroup } from '@pictor/sdk';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { usePictor } from '../common/pictor-context.ts';
import type { DayPeriod } from './spend-period.ts';

const pageSize = 50;

/** Sums of a period by group, and apart for each day. */
export function useSpend(by: SpendGroup, period: DayPeriod) {
  const pictor = usePictor();
  return useQuery({
    queryKey: ['spend', by, period.from, period.to],
    queryFn: ({ signal }) => pictor.spend.get({ groupBy: by, split: 'day', ...period }, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** Which entries of the ledger are listed. */
export type EntriesQuery = DayPeriod & {
  readonly model?: string;
  readonly provider?: string;
  readonly key?: string;
  readonly prompt?: string;
  readonly tag?: string;
};

/** Entries of the ledger, page by page. */
export function useEntries(query: EntriesQuery) {
  const pictor = usePictor();
  return useInfiniteQuery({
    queryKey: ['ledger', query],
    queryFn: ({ signal, pageParam: after }) =>
      pictor.spend.entries({ ...query, limit: pageSize, after }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => (page.has_more ? (page.last_id ?? undefined) : undefined),
    placeholderData: keepPreviousData,
  });
}
