import { Button, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../common/error-notice.tsx';
import { useDatasets } from '../datasets/use-datasets.ts';
import { useEvaluationChange } from './use-evaluations.ts';

/** Asks for a name and a dataset, and opens the new evaluation where its columns are made. */
export function NewEvaluationDialog({ onClose }: { readonly onClose: () => void }) {
  const navigate = useNavigate();
  const datasets = useDatasets();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<string>();
  const create = useEvaluationChange((pictor, body: { name: string; dataset: string }) =>
    pictor.evaluations.create(body),
  );
  const options = (datasets.data?.data ?? []).map(({ id, name: label }) => ({ value: id, label }));
  const dataset = chosen ?? options[0]?.value;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (dataset === undefined) return;
    create.mutate(
      { name: name.trim(), dataset },
      {
        onSuccess: ({ id }) => {
          onClose();
          void navigate({
            to: '/evaluations/$evaluationId',
            params: { evaluationId: id },
            search: { tab: 'setup' },
          });
        },
      },
    );
  };
  return (
    <Modal opened onClose={onClose} title="New evaluation" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label="Name"
            placeholder="Product shots, two models"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
            required
          />
          {options.length === 0 ? (
            <p>
              There is no dataset yet. <Link to="/datasets">Make one first.</Link>
            </p>
          ) : (
            <NativeSelect
              label="Dataset"
              data={options}
              value={dataset}
              onChange={(event) => setChosen(event.currentTarget.value)}
            />
          )}
          {create.error !== null && <ErrorNotice title="The evaluation was not made" error={create.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button
              type="submit"
              loading={create.isPending}
              disabled={name.trim() === '' || dataset === undefined}
            >
              Make evaluation
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
