import { Button, Group, Modal, Stack } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { ErrorNotice } from './error-notice.tsx';

type FormDialogProps = {
  readonly title: string;
  readonly children: ReactNode;
  /** The word on the button: "Make the key". */
  readonly act: string;
  /** False: something is still missing. */
  readonly isReady: boolean;
  /** Done when it settles; what it throws is shown and the dialog stays. */
  readonly onSubmit: () => Promise<unknown>;
  readonly onClose: () => void;
};

/** A short form that makes or changes one thing. It closes when the server has taken it. */
export function FormDialog({ title, children, act, isReady, onSubmit, onClose }: FormDialogProps) {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Error | null>(null);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!isReady || isBusy) return;
    setBusy(true);
    setFailure(null);
    try {
      await onSubmit();
      onClose();
    } catch (error) {
      setFailure(error instanceof Error ? error : new Error(String(error)));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={title} centered closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="md">
          {children}
          {failure !== null && <ErrorNotice title="That did not work" error={failure} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={isBusy} disabled={!isReady}>
              {act}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
