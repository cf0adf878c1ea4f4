import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { usePictor } from '../common/pictor-context.ts';
import { sessionKey } from './use-session.ts';

/** Other tabs read it: the whole browser acts for one project. */
const storageKey = 'pictor-project';

/** Acts for another project from now on. Whatever was read of the one before is forgotten. */
export function useChooseProject() {
  const pictor = usePictor();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (id: string) => pictor.session.chooseProject(id),
    onSuccess: async (session, id) => {
      localStorage.setItem(storageKey, id);
      queryClient.setQueryData(sessionKey, session);
      // What the address names belongs to the project before.
      const [, place = ''] = location.pathname.split('/');
      if (place !== 'settings') await navigate({ to: `/${place}`, search: {} });
      await forgetOthers(queryClient);
    },
  });
}

/** Follows what another tab chose. */
export function useFollowProject(): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    const follow = (event: StorageEvent): void => {
      if (event.key === storageKey) void queryClient.resetQueries();
    };
    addEventListener('storage', follow);
    return () => removeEventListener('storage', follow);
  }, [queryClient]);
}

async function forgetOthers(queryClient: QueryClient): Promise<void> {
  await queryClient.resetQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
}
