import { Button, Group, Modal } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { ErrorNotice } from './error-notice.tsx';
import { useFocusBack } from './use-focus-back.ts';

type ConfirmDialogProps = {
  readonly title: string;
  /** What exactly will happen, and whether it can be undone. */
  readonly children: ReactNode;
  /** The word on the button, as the act: "Delete 3 images". */
  readonly act: string;
  /** Done when it settles; what it throws is shown and the dialog stays. */
  readonly onConfirm: () => Promise<unknown>;
  readonly onClose: () => void;
};

/** Asks before an act that destroys something. Escape and a click outside cancel. */
export function ConfirmDialog({ title, children, act, onConfirm, onClose }: ConfirmDialogProps) {
  useFocusBack();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const confirm = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      await onConfirm();
      onClose();
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={title} centered closeButtonProps={{ 'aria-label': 'Close' }}>
      {children}
      {failure instanceof Error && <ErrorNotice title="That did not work" error={failure} />}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose} data-autofocus>
          Cancel
        </Button>
        <Button color="red" loading={isBusy} onClick={() => void confirm()}>
          {act}
        </Button>
      </Group>
    </Modal>
  );
}
