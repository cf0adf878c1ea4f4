import { useQuery } from '@tanstack/react-query';
import { usePictor } from '../common/pictor-context.ts';
import { useActiveProject } from './use-active-project.ts';

const rootKeyId = 'key_root';

/** Names of the project's keys by their id; without the scope to see keys, ids stand for themselves. */
export function useKeyNames(): ReadonlyMap<string, string> {
  const pictor = usePictor();
  const project = useActiveProject();
  const keys = useQuery({
    queryKey: ['keys', project.id],
    queryFn: ({ signal }) => pictor.projects.keys.list(project.id, { signal }),
    enabled: project.mayManage,
  });
  const named = keys.data?.data.map(({ id, name }) => [id, name] as const) ?? [];
  return new Map([[rootKeyId, 'Root key'], ...named]);
}
