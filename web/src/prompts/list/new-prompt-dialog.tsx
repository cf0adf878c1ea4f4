import {
  Autocomplete,
  Button,
  Group,
  Modal,
  SegmentedControl,
  Stack,
  Textarea,
  TextInput,
} from '@mantine/core';
import { PictorApiError } from '@pictor/sdk';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../../common/error-notice.tsx';
import { usePictor } from '../../common/pictor-context.ts';
import { useChatModels, useGenerationModels } from '../../models/use-models.ts';
import { useChange, useRegistrySummary } from '../use-prompts.ts';
import { firstVersion, type PromptKind, promptKinds, readKind } from './first-version.ts';
import classes from './new-prompt-dialog.module.css';

type NewPromptDialogProps = {
  readonly folder: string;
  readonly onClose: () => void;
};

/** Makes a prompt with its first version, and opens it. */
export function NewPromptDialog({ folder: openFolder, onClose }: NewPromptDialogProps) {
  const pictor = usePictor();
  const navigate = useNavigate();
  const summary = useRegistrySummary();
  const pictureModels = useGenerationModels();
  const chatModels = useChatModels();
  const [name, setName] = useState('');
  const [folder, setFolder] = useState(openFolder);
  const [text, setText] = useState('');
  const [kind, setKind] = useState<PromptKind>('completion');
  const create = useChange(() =>
    pictor.prompts.create({
      name: name.trim(),
      folder: folder.trim(),
      ...firstVersion(kind, text, { pictures: pictureModels.data ?? [], chats: chatModels.data ?? [] }),
      commit_message: 'First version',
    }),
  );
  const ofName =
    create.error instanceof PictorApiError && create.error.param === 'name' ? create.error : null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    create.mutate(undefined, {
      onSuccess: ({ id }) => void navigate({ to: '/prompts/$promptId', params: { promptId: id } }),
    });
  };
  return (
    <Modal opened onClose={onClose} title="New prompt" size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={submit} aria-label="New prompt">
        <Stack gap="md">
          <div className={classes.pair}>
            <TextInput
              label="Name"
              placeholder="brand-card"
              required
              data-autofocus
              maxLength={512}
              error={ofName?.message}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Autocomplete
              label="Folder"
              placeholder="At the top"
              data={summary.data?.folders.map((each) => each.name) ?? []}
              value={folder}
              onChange={setFolder}
              limit={20}
            />
          </div>
          <div>
            <SegmentedControl
              aria-label="What it is for"
              fullWidth
              data={promptKinds.map(({ value, label }) => ({ value, label }))}
              value={kind}
              onChange={(value) => setKind(readKind(value))}
            />
            <p className={classes.hint}>{promptKinds.find(({ value }) => value === kind)?.hint}</p>
          </div>
          <Textarea
            label="First words"
            description="{name} is a variable. All of it can be changed later."
            placeholder="A greeting card with {subject}, in watercolour"
            autosize
            minRows={3}
            maxRows={12}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          {create.error !== null && ofName === null && (
            <ErrorNotice title="The prompt was not made" error={create.error} />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={create.isPending} disabled={name.trim() === ''}>
              Create prompt
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
