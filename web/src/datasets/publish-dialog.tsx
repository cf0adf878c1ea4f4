import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import type { Dataset } from '@pictor/sdk';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../common/error-notice.tsx';
import { useDatasetChange } from './use-datasets.ts';

type PublishDialogProps = { readonly dataset: Dataset; readonly onClose: () => void };

/** Makes the draft a version, with a note. */
export function PublishDialog({ dataset, onClose }: PublishDialogProps) {
  const [note, setNote] = useState('');
  const publish = useDatasetChange((pictor, said: string | undefined) =>
    pictor.datasets.publish(dataset.id, said),
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    publish.mutate(note.trim() === '' ? undefined : note.trim(), { onSuccess: onClose });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Publish version ${dataset.latest_version + 1}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          <p>Evaluations run over versions. A version never changes, so that runs of it can be compared.</p>
          <TextInput
            label="Note"
            placeholder="Ten more subjects with hands"
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            data-autofocus
          />
          {publish.error !== null && <ErrorNotice title="It was not published" error={publish.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={publish.isPending}>
              Publish
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
