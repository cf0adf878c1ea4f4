import { useSession } from './use-session.ts';

/** The project that settings are for, and what the session may do with it. */
export function useActiveProject() {
  const { data: session } = useSession();
  const scopes = session?.scopes ?? [];
  const isRoot = scopes.includes('root');
  return {
    id: session?.project?.id ?? '',
    name: session?.project?.name ?? '',
    isRoot,
    mayManage: isRoot || scopes.includes('manage'),
  };
}
