import { Button, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import type { Dataset, DatasetField } from '@pictor/sdk';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../common/error-notice.tsx';
import { useDatasetChange } from './use-datasets.ts';

type AddFieldDialogProps = { readonly dataset: Dataset; readonly onClose: () => void };

const kinds = [
  { value: 'variable', label: 'Variable: text or JSON for prompts' },
  { value: 'image', label: 'Image: one or more pictures' },
  { value: 'mask', label: 'Mask: what an edit may change' },
  { value: 'expected', label: 'Expected: what a result is compared with' },
] as const;

/** Adds a field to the draft of a dataset. */
export function AddFieldDialog({ dataset, onClose }: AddFieldDialogProps) {
  const [name, setName] = useState('');
  const [kind, setKind] = useState<DatasetField['kind']>('variable');
  const add = useDatasetChange((pictor, field: DatasetField) =>
    pictor.datasets.update(dataset.id, { fields: [...dataset.fields, field] }),
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    add.mutate({ name: name.trim(), kind }, { onSuccess: onClose });
  };
  return (
    <Modal opened onClose={onClose} title="Add field" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label="Name"
            placeholder="subject"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
            required
          />
          <NativeSelect
            label="Holds"
            data={[...kinds]}
            value={kind}
            onChange={(event) => {
              const chosen = kinds.find(({ value }) => value === event.currentTarget.value);
              if (chosen !== undefined) setKind(chosen.value);
            }}
          />
          {add.error !== null && <ErrorNotice title="The field was not added" error={add.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={add.isPending} disabled={name.trim() === ''}>
              Add field
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
