import { Select, Text } from '@mantine/core';
import type { NewProjectKey, ProjectKey } from '@pictor/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmDialog } from '../common/confirm-dialog.tsx';
import { FormDialog } from '../common/form-dialog.tsx';
import { usePictor } from '../common/pictor-context.ts';

const graces = [
  { value: '0', label: 'At once' },
  { value: '3600', label: 'After an hour' },
  { value: '86400', label: 'After a day' },
  { value: '604800', label: 'After a week' },
];

type RollKeyDialogProps = {
  readonly entry: ProjectKey;
  readonly onMade: (key: NewProjectKey) => void;
  readonly onClose: () => void;
};

/** Gives a key another secret, and asks how long the old one still works. */
export function RollKeyDialog({ entry, onMade, onClose }: RollKeyDialogProps) {
  const pictor = usePictor();
  const queryClient = useQueryClient();
  const [grace, setGrace] = useState('3600');
  const roll = async (): Promise<void> => {
    onMade(await pictor.projects.keys.roll(entry.project, entry.id, Number(grace)));
    await queryClient.invalidateQueries({ queryKey: ['keys', entry.project] });
  };
  return (
    <FormDialog title={`Roll ${entry.name}`} act="Roll the key" isReady onSubmit={roll} onClose={onClose}>
      <Text size="sm">
        The key gets another secret. Its name, scopes, budgets and spending go on. The old secret, and the
        sessions that it opened, end when you say.
      </Text>
      <Select
        label="The old secret ends"
        allowDeselect={false}
        data={graces}
        value={grace}
        onChange={(value) => setGrace(value ?? '0')}
      />
    </FormDialog>
  );
}

/** Says what revoking does before it is done. */
export function RevokeKeyDialog({ entry, onClose }: Omit<RollKeyDialogProps, 'onMade'>) {
  const pictor = usePictor();
  const queryClient = useQueryClient();
  const revoke = async (): Promise<void> => {
    await pictor.projects.keys.revoke(entry.project, entry.id);
    await queryClient.invalidateQueries({ queryKey: ['keys', entry.project] });
  };
  return (
    <ConfirmDialog title={`Revoke ${entry.name}?`} act="Revoke the key" onConfirm={revoke} onClose={onClose}>
      <Text size="sm">
        Every call with this key ({entry.hint}) is refused from this moment on, and its sessions end. The key
        stays in the list, since requests bear its name. This cannot be undone.
      </Text>
    </ConfirmDialog>
  );
}
