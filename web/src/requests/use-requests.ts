import type { RequestList, RequestSummary } from '@pictor/sdk';
import { type InfiniteData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { usePictor } from '../common/pictor-context.ts';

/** Cache key above everything read about requests. */
export const requestsKey = ['requests'] as const;

const listKey = [...requestsKey, 'list'] as const;
const pageSize = 30;
const busyPollMs = 1_500;
const idlePollMs = 15_000;
const polledPages = 3;

type Pages = InfiniteData<RequestList, string | undefined>;

/** The requests, newest first, page by page. `busy`: something runs, so look more often. */
export function useRequests(busy: boolean) {
  const pictor = usePictor();
  return useInfiniteQuery({
    queryKey: listKey,
    queryFn: ({ pageParam, signal }) =>
      pictor.requests.list({ limit: pageSize, after: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => (page.has_more ? (page.last_id ?? undefined) : undefined),
    refetchInterval: (query) => pollInterval(query.state.data, busy),
  });
}

/** One request with its pictures. What the list knows of it is shown at once. */
export function useRequest(id: string) {
  const pictor = usePictor();
  const queryClient = useQueryClient();
  return useQuery({
    queryKey: [...requestsKey, 'one', id],
    queryFn: ({ signal }) => pictor.requests.get(id, { signal }),
    placeholderData: () => findInPages(queryClient.getQueryData<Pages>(listKey), id),
    refetchInterval: (query) => (query.state.data?.status === 'running' ? busyPollMs : false),
  });
}

/** Every page is read again on each look, so a long list is left alone. */
function pollInterval(pages: Pages | undefined, busy: boolean): number | false {
  if (pages === undefined || pages.pages.length > polledPages) return false;
  const running = pages.pages.some((page) => page.data.some((request) => request.status === 'running'));
  return running || busy ? busyPollMs : idlePollMs;
}

function findInPages(pages: Pages | undefined, id: string): RequestSummary | undefined {
  return pages?.pages.flatMap((page) => page.data).find((request) => request.id === id);
}
