import type { ConversationTurn } from '@pictor/sdk';
import {
  keepPreviousData,
  type QueryClient,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { usePictor } from '../common/pictor-context.ts';

/** Cache key above everything read about conversations. */
const conversationsKey = ['conversations'] as const;
const listKey = [...conversationsKey, 'list'] as const;
const busyPollMs = 2_000;

/** Conversations by their last change, page by page. */
export function useConversations(q: string) {
  const pictor = usePictor();
  return useInfiniteQuery({
    queryKey: [...listKey, q],
    queryFn: ({ pageParam, signal }) =>
      pictor.conversations.list({ ...(q === '' ? {} : { q }), cursor: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: (query) =>
      query.state.data?.pages.some((page) => page.data.some(({ running }) => running)) === true
        ? busyPollMs
        : false,
  });
}

/** What is noted with a conversation. */
export function useConversation(id: string) {
  const pictor = usePictor();
  return useQuery({
    queryKey: [...conversationsKey, 'one', id],
    queryFn: ({ signal }) => pictor.conversations.get(id, { signal }),
  });
}

const turnsKey = (id: string) => [...conversationsKey, 'turns', id] as const;

/** The turns of a conversation, the newest page first; earlier ones are loaded on demand. */
export function useTurns(id: string) {
  const pictor = usePictor();
  return useInfiniteQuery({
    queryKey: turnsKey(id),
    queryFn: ({ pageParam, signal }) => pictor.conversations.turns(id, { before: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => (page.has_more ? (page.first_id ?? undefined) : undefined),
  });
}

/** All pages in the order in which people read. */
export function inOrder(
  pages: readonly { readonly data: readonly ConversationTurn[] }[],
): readonly ConversationTurn[] {
  return pages.toReversed().flatMap((page) => page.data);
}

/** Reads again what a change of one conversation shows in. Resolves when the turns are there. */
export function useRefreshConversation(): (id: string) => Promise<void> {
  const queryClient = useQueryClient();
  return (id) => refresh(queryClient, id);
}

async function refresh(queryClient: QueryClient, id: string): Promise<void> {
  void queryClient.invalidateQueries({ queryKey: listKey });
  void queryClient.invalidateQueries({ queryKey: [...conversationsKey, 'one', id] });
  await queryClient.invalidateQueries({ queryKey: turnsKey(id) });
}
