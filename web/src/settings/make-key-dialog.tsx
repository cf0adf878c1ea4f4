import { Checkbox, Select, Stack, TagsInput, TextInput } from '@mantine/core';
import type { KeyScope, NewProjectKey } from '@pictor/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { FormDialog } from '../common/form-dialog.tsx';
import { usePictor } from '../common/pictor-context.ts';

const scopes = [
  { value: 'generate', label: 'Generate', description: 'make images, cancel requests, upload files' },
  { value: 'read', label: 'Read', description: 'see requests, images, files and spending' },
  { value: 'manage', label: 'Manage', description: 'keys, webhooks, budgets and limits of the project' },
] as const satisfies readonly { value: KeyScope; label: string; description: string }[];

const endings = [
  { value: '', label: 'Never' },
  { value: '7', label: 'In 7 days' },
  { value: '30', label: 'In 30 days' },
  { value: '90', label: 'In 90 days' },
  { value: '365', label: 'In a year' },
];
const daySeconds = 86_400;

type MakeKeyDialogProps = {
  readonly projectId: string;
  readonly onMade: (key: NewProjectKey) => void;
  readonly onClose: () => void;
};

/** Asks what a new key is for and what it may do. */
export function MakeKeyDialog({ projectId, onMade, onClose }: MakeKeyDialogProps) {
  const pictor = usePictor();
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>(['generate', 'read']);
  const [models, setModels] = useState<string[]>([]);
  const [days, setDays] = useState('');
  const make = async (): Promise<void> => {
    const key = await pictor.projects.keys.create(projectId, {
      name,
      scopes: scopes.flatMap(({ value }) => (chosen.includes(value) ? [value] : [])),
      allowed_models: models.length === 0 ? null : models,
      ...(days === '' ? {} : { expires_in_seconds: Number(days) * daySeconds }),
    });
    onMade(key);
    await queryClient.invalidateQueries({ queryKey: ['keys', projectId] });
  };
  return (
    <FormDialog
      title="New API key"
      act="Make the key"
      isReady={name.trim() !== '' && chosen.length > 0}
      onSubmit={make}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        description="What will use it: “Web shop”, “Newsletter”"
        data-autofocus
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Checkbox.Group label="It may" value={[...chosen]} onChange={setChosen}>
        <Stack gap="xs" mt="xs">
          {scopes.map((scope) => (
            <Checkbox key={scope.value} {...scope} />
          ))}
        </Stack>
      </Checkbox.Group>
      <TagsInput
        label="Models"
        description="Names or patterns such as gpt-image-*; none: every model"
        placeholder={models.length === 0 ? 'Every model' : ''}
        value={models}
        onChange={setModels}
      />
      <Select
        label="It ends"
        allowDeselect={false}
        data={endings}
        value={days}
        onChange={(value) => setDays(value ?? '')}
      />
    </FormDialog>
  );
}
