import { useQuery } from '@tanstack/react-query';
import { usePictor } from '../common/pictor-context.ts';

/** Cache key of the session. */
export const sessionKey = ['session'] as const;

/** Who is signed in. */
export function useSession() {
  const pictor = usePictor();
  return useQuery({
    queryKey: sessionKey,
    queryFn: ({ signal }) => pictor.session.get({ signal }),
    staleTime: 60_000,
  });
}
