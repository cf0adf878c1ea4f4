import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useSyncExternalStore } from 'react';
import { requestsKey } from '../../requests/use-requests.ts';
import { type Run, runStore } from './runs.ts';

/** What fits now, kept up to date; undefined: nothing does. */
export function useRunWhere(find: () => Run | undefined): Run | undefined {
  return useSyncExternalStore(runStore.subscribe, find);
}

/** Has everything that was read about requests read again: something ended. */
export function useTellEnd(): () => void {
  const queryClient = useQueryClient();
  return useCallback(() => {
    void queryClient.invalidateQueries({ queryKey: requestsKey });
    void queryClient.invalidateQueries({ queryKey: responsesKey });
  }, [queryClient]);
}

/** Cache key above everything read about responses here. */
export const responsesKey = ['playground-responses'] as const;
