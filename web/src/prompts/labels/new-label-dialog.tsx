import { Button, Group, Modal, Select, Stack, Switch, TextInput } from '@mantine/core';
import type { PromptView } from '@pictor/sdk';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../../common/error-notice.tsx';
import { usePictor } from '../../common/pictor-context.ts';
import { useChange } from '../use-prompts.ts';

type NewLabelDialogProps = { readonly prompt: PromptView; readonly onClose: () => void };

/** Puts a new label on a version. */
export function NewLabelDialog({ prompt, onClose }: NewLabelDialogProps) {
  const pictor = usePictor();
  const [name, setName] = useState('');
  const [version, setVersion] = useState(prompt.latest_version);
  const [isProtected, setProtected] = useState(false);
  const versions = Array.from({ length: prompt.latest_version }, (_, index) => prompt.latest_version - index);
  const isKnown = prompt.labels.some((label) => label.name === name.trim());
  const add = useChange(() =>
    pictor.prompts.setLabel(prompt.id, name.trim(), { version, protected: isProtected }),
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    add.mutate(undefined, { onSuccess: onClose });
  };
  return (
    <Modal opened onClose={onClose} title="New label" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={submit} aria-label="New label">
        <Stack gap="md">
          <TextInput
            label="Name"
            placeholder="live"
            required
            data-autofocus
            maxLength={255}
            error={isKnown ? 'This prompt has a label of that name.' : undefined}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Select
            label="Version"
            allowDeselect={false}
            searchable
            data={versions.map((each) => ({ value: String(each), label: `Version ${each}` }))}
            value={String(version)}
            onChange={(value) => setVersion(Number(value))}
          />
          <Switch
            label="Protect it"
            description="Moving or removing it then has to be confirmed."
            checked={isProtected}
            onChange={(event) => setProtected(event.currentTarget.checked)}
          />
          {add.error !== null && <ErrorNotice title="The label was not set" error={add.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={add.isPending} disabled={name.trim() === '' || isKnown}>
              Set label
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
