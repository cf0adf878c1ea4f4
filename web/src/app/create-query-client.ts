import { PictorApiError } from '@pictor/sdk';
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { sessionKey } from '../session/use-session.ts';

/** The cache of everything that was read. A session that has ended anywhere is asked for again, which shows sign-in. */
export function createQueryClient(): QueryClient {
  const noticeEndedSession = (error: Error): void => {
    const ended = error instanceof PictorApiError && error.status === 401;
    if (ended) void client.invalidateQueries({ queryKey: sessionKey });
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError: noticeEndedSession }),
    mutationCache: new MutationCache({ onError: noticeEndedSession }),
    defaultOptions: {
      queries: { staleTime: 5_000, retry: (failures, error) => failures < 2 && isPassing(error) },
    },
  });
  return client;
}

/** May the same call succeed in a moment? */
function isPassing(error: Error): boolean {
  return error instanceof PictorApiError && (error.status === 0 || error.status === 503);
}
