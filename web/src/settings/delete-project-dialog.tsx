import { Text } from '@mantine/core';
import type { Project, ProjectDeletion } from '@pictor/sdk';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ConfirmDialog } from '../common/confirm-dialog.tsx';
import { formatBytes } from '../common/format-values.ts';
import { Loaded } from '../common/loaded.tsx';
import { usePictor } from '../common/pictor-context.ts';
import { useChooseProject } from '../session/use-choose-project.ts';
import { countOf } from './count-of.ts';

type DeleteProjectDialogProps = {
  readonly project: Project;
  readonly isActive: boolean;
  /** The project to go on with where the one in use goes. */
  readonly fallback: string;
  readonly onClose: () => void;
};

/** Says what goes with a project before it goes. */
export function DeleteProjectDialog({ project, isActive, fallback, onClose }: DeleteProjectDialogProps) {
  const pictor = usePictor();
  const queryClient = useQueryClient();
  const choose = useChooseProject();
  const preview = useQuery({
    queryKey: ['projects', project.id, 'deletion'],
    queryFn: ({ signal }) => pictor.projects.previewDeletion(project.id, { signal }),
    staleTime: 0,
  });
  const remove = async (): Promise<void> => {
    await pictor.projects.delete(project.id);
    if (isActive) await choose.mutateAsync(fallback);
    await queryClient.invalidateQueries({ queryKey: ['projects'], exact: true });
  };
  return (
    <ConfirmDialog
      title={`Delete ${project.name}?`}
      act="Delete the project"
      onConfirm={remove}
      onClose={onClose}
    >
      <Loaded query={preview} what="What would go" height={72}>
        {(deletion) => <Text size="sm">{toWords(deletion)}</Text>}
      </Loaded>
    </ConfirmDialog>
  );
}

function toWords({ requests, images, files, keys, webhooks, freed_bytes: freed }: ProjectDeletion): string {
  const parts = [
    countOf(requests.count, 'request'),
    `${countOf(images.count, 'image')} (${formatBytes(images.bytes)})`,
    countOf(files.count, 'file'),
    countOf(keys.count, 'key'),
    countOf(webhooks.count, 'webhook'),
  ];
  return `With it go ${parts.join(', ')}, and its prompts and budgets. The disk gets ${formatBytes(freed)} back. This cannot be undone.`;
}
