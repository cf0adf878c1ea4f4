import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../common/error-notice.tsx';
import { useDatasetChange } from './use-datasets.ts';

/** Asks for the name of a new dataset and opens it. */
export function NewDatasetDialog({ onClose }: { readonly onClose: () => void }) {
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const create = useDatasetChange((pictor, body: { name: string; description?: string }) =>
    pictor.datasets.create(body),
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const said = description.trim();
    create.mutate(
      { name: name.trim(), ...(said === '' ? {} : { description: said }) },
      {
        onSuccess: ({ id }) => {
          onClose();
          void navigate({ to: '/datasets/$datasetId', params: { datasetId: id } });
        },
      },
    );
  };
  return (
    <Modal opened onClose={onClose} title="New dataset" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label="Name"
            placeholder="Product shots"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
            required
          />
          <Textarea
            label="Description"
            autosize
            minRows={2}
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
          {create.error !== null && <ErrorNotice title="The dataset was not made" error={create.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={create.isPending} disabled={name.trim() === ''}>
              Make dataset
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
