import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyField } from '../common/copy-field.tsx';

type SecretDialogProps = {
  readonly title: string;
  readonly label: string;
  readonly value: string;
  /** Why it must be copied now. */
  readonly children: ReactNode;
  readonly onClose: () => void;
};

/** Shows a secret for the only time. A click beside it does not close it, since that could be a slip. */
export function SecretDialog({ title, label, value, children, onClose }: SecretDialogProps) {
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      centered
      closeOnClickOutside={false}
      withCloseButton={false}
    >
      <Stack gap="md">
        <CopyField label={label} value={value} />
        <Text size="sm">{children}</Text>
        <Group justify="flex-end">
          <Button onClick={onClose}>I have copied it</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
