import type { SpendGroup } from '@pictor/sdk';
import { useQuery } from '@tanstack/react-query';
import { usePictor } from '../common/pictor-context.ts';
import { useActiveProject } from '../session/use-active-project.ts';
import { useKeyNames } from '../session/use-key-names.ts';
import { formatDay } from './spend-period.ts';

const nameless: Readonly<Record<SpendGroup, string>> = {
  day: 'no day',
  project: 'no project',
  key: 'no key',
  model: 'no model',
  provider: 'no provider',
  prompt: 'without a saved prompt',
  tag: 'without a tag',
};

/** What groups are called: names instead of ids where they are known. */
export function useGroupNames(by: SpendGroup): (group: string | null) => string {
  const pictor = usePictor();
  const active = useActiveProject();
  const keys = useKeyNames();
  const projects = useQuery({
    queryKey: ['projects'],
    queryFn: ({ signal }) => pictor.projects.list({ signal }),
    enabled: active.isRoot && by === 'project',
  });
  return (group) => {
    if (group === null) return nameless[by];
    if (by === 'day') return formatDay(group);
    if (by === 'key') return keys.get(group) ?? group;
    if (by !== 'project') return group;
    return (
      projects.data?.data.find(({ id }) => id === group)?.name ?? (group === active.id ? active.name : group)
    );
  };
}
