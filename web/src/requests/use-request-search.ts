import type { RequestQuery, RequestSearchPage, RequestSummary } from '@pictor/sdk';
import { type InfiniteData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { usePictor } from '../common/pictor-context.ts';
import { requestsKey } from './use-requests.ts';

const searchKey = [...requestsKey, 'search'] as const;
const headKey = [...requestsKey, 'head'] as const;
const pageSize = 100;
const headSize = 50;
const pollMs = 4_000;
const busyPollMs = 1_500;
/** Running requests that are looked at by their ids; a list of more is read again soon enough. */
const mostFollowed = 50;

type Pages = InfiniteData<RequestSearchPage, string | undefined>;

/** The requests of a search page by page, what became of those that run, and what came since the first page was read. */
export function useRequestSearch(query: RequestQuery) {
  const pictor = usePictor();
  const queryClient = useQueryClient();
  const key = useMemo(() => [...searchKey, query], [query]);
  const pages = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) =>
      pictor.requests.search({ ...query, limit: pageSize, cursor: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    // A long list is read once; what is new is asked for by itself.
    staleTime: Number.POSITIVE_INFINITY,
  });
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.data) ?? [], [pages.data]);
  const runningIds = useMemo(
    () =>
      rows
        .filter((row) => row.status === 'running')
        .slice(0, mostFollowed)
        .map((row) => row.id),
    [rows],
  );
  const canGrow = query.sort_by === undefined && query.sort_order !== 'asc';
  const pollInterval = runningIds.length > 0 ? busyPollMs : pollMs;
  const head = useQuery({
    queryKey: [...headKey, query],
    queryFn: ({ signal }) => pictor.requests.search({ ...query, limit: headSize }, { signal }),
    enabled: canGrow && pages.isSuccess,
    refetchInterval: pollInterval,
  });
  const followed = useQuery({
    queryKey: [...requestsKey, 'followed', runningIds],
    queryFn: ({ signal }) =>
      pictor.requests.search(
        {
          filter_group: { logic: 'AND', filters: [{ field: 'id', operator: 'in', value: runningIds }] },
          limit: mostFollowed,
        },
        { signal },
      ),
    enabled: runningIds.length > 0,
    refetchInterval: busyPollMs,
    gcTime: 0,
  });
  useEffect(() => {
    const ended = followed.data?.data.filter((row) => row.status !== 'running') ?? [];
    if (ended.length > 0) queryClient.setQueryData<Pages>(key, (now) => now && withChanged(now, ended));
  }, [followed.data, queryClient, key]);
  const newer = useMemo(
    () => (canGrow ? listNewer(head.data?.data ?? [], rows) : []),
    [canGrow, head.data, rows],
  );
  return {
    ...pages,
    rows,
    /** Requests that are not in the list yet. */
    newer,
    /** Puts them in front of the others. */
    showNewer: (): void => {
      // More than one look can tell: the list begins anew.
      if (newer.length >= headSize) void queryClient.resetQueries({ queryKey: key });
      else queryClient.setQueryData<Pages>(key, (now) => now && withFirst(now, newer));
    },
  };
}

function listNewer(head: readonly RequestSummary[], rows: readonly RequestSummary[]): RequestSummary[] {
  const known = new Set(rows.slice(0, headSize * 2).map((row) => row.id));
  const first = head.findIndex((row) => known.has(row.id));
  return head.slice(0, first === -1 ? head.length : first);
}

function withFirst(pages: Pages, rows: readonly RequestSummary[]): Pages {
  const [first, ...others] = pages.pages;
  if (first === undefined) return pages;
  return { ...pages, pages: [{ ...first, data: [...rows, ...first.data] }, ...others] };
}

function withChanged(pages: Pages, changed: readonly RequestSummary[]): Pages {
  const byId = new Map(changed.map((row) => [row.id, row]));
  return {
    ...pages,
    pages: pages.pages.map((page) =>
      page.data.some((row) => byId.has(row.id))
        ? { ...page, data: page.data.map((row) => byId.get(row.id) ?? row) }
        : page,
    ),
  };
}
