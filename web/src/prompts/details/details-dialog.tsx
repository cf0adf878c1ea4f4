import { Autocomplete, Button, Group, Modal, Stack, TagsInput, TextInput } from '@mantine/core';
import { PictorApiError, type PromptView } from '@pictor/sdk';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../../common/error-notice.tsx';
import { usePictor } from '../../common/pictor-context.ts';
import { useChange, useRegistrySummary } from '../use-prompts.ts';

type DetailsDialogProps = {
  readonly prompt: PromptView;
  readonly onClose: () => void;
};

/** Name, folder and tags. */
export function DetailsDialog({ prompt, onClose }: DetailsDialogProps) {
  const pictor = usePictor();
  const navigate = useNavigate({ from: '/prompts/$promptId' });
  const summary = useRegistrySummary();
  const [name, setName] = useState(prompt.name);
  const [folder, setFolder] = useState(prompt.folder ?? '');
  const [tags, setTags] = useState<string[]>([...prompt.tags]);
  const save = useChange(() =>
    pictor.prompts.update(prompt.id, { name: name.trim(), folder: folder.trim(), tags }),
  );
  const ofName = save.error instanceof PictorApiError && save.error.param === 'name' ? save.error : null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate(undefined, {
      // The address may hold the old name.
      onSuccess: async () => {
        onClose();
        await navigate({ params: { promptId: prompt.id }, search: (now) => now, replace: true });
      },
    });
  };
  return (
    <Modal opened onClose={onClose} title="Details" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={submit} aria-label="Details">
        <Stack gap="md">
          <TextInput
            label="Name"
            description={
              name.trim() === prompt.name
                ? undefined
                : 'Programs and snippets that call it by its old name will not find it. Its id stays.'
            }
            required
            maxLength={512}
            error={ofName?.message}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Autocomplete
            label="Folder"
            placeholder="At the top"
            description="A path such as brand/autumn; a new one is made."
            data={summary.data?.folders.map((each) => each.name) ?? []}
            value={folder}
            onChange={setFolder}
            limit={20}
          />
          <TagsInput
            label="Tags"
            placeholder="Add a tag"
            data={summary.data?.tags.map((each) => each.name) ?? []}
            value={tags}
            onChange={setTags}
            maxTags={50}
            clearable={false}
          />
          {save.error !== null && ofName === null && (
            <ErrorNotice title="Nothing was changed" error={save.error} />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={save.isPending} disabled={name.trim() === ''}>
              Save details
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
