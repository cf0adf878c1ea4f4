import { Button, Group, Modal, Select, TextInput } from '@mantine/core';
import type { Model } from '@pictor/sdk';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../../common/error-notice.tsx';
import { usePictor } from '../../common/pictor-context.ts';
import type { Draft, OpenedPrompt } from '../draft.ts';
import { ShapeRadios } from '../parameters/shape-radios.tsx';
import type { RunSetup } from '../run/use-run.ts';
import classes from './save-dialog.module.css';
import { pictureVariable, writeVersion } from './write-version.ts';

type SaveDialogProps = {
  readonly models: readonly Model[];
  readonly draft: Draft;
  readonly setup: RunSetup;
  readonly onSaved: (opened: OpenedPrompt) => void;
  readonly onClose: () => void;
};

const places = [
  { value: 'new', label: 'New prompt' },
  { value: 'existing', label: 'New version of a prompt' },
] as const;

/** Saves the draft as a version: of a new prompt, or of one that is there. */
export function SaveDialog({ models, draft, setup, onSaved, onClose }: SaveDialogProps) {
  const pictor = usePictor();
  const { opened } = draft;
  const [place, setPlace] = useState<'new' | 'existing'>(opened === null ? 'new' : 'existing');
  const [name, setName] = useState('');
  const [promptId, setPromptId] = useState<string | null>(opened?.promptId ?? null);
  const [message, setMessage] = useState('');
  const prompts = useQuery({
    queryKey: ['prompts', 'save-dialog'],
    queryFn: ({ signal }) => pictor.prompts.list({}, { signal }),
  });
  const save = useMutation({
    mutationFn: async (): Promise<OpenedPrompt> => {
      const version = {
        ...writeVersion(draft, setup, models),
        ...(message.trim() === '' ? {} : { commit_message: message.trim() }),
      };
      const text = setup.api !== 'responses' && draft.references.length === 0 ? draft.prompt : null;
      const parameters = Object.keys(version.model.parameters ?? {});
      if (place === 'new') {
        const made = await pictor.prompts.create({ ...version, name: name.trim() });
        return { promptId: made.id, name: made.name, version: made.latest_version, text, parameters };
      }
      const added = await pictor.prompts.addVersion(promptId ?? '', version);
      const known = prompts.data?.data.find(({ id }) => id === promptId)?.name ?? opened?.name;
      return {
        promptId: added.prompt,
        name: known ?? added.prompt,
        version: added.version,
        text,
        parameters,
      };
    },
    onSuccess: (saved) => {
      onSaved(saved);
      onClose();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    // The dialog hangs in the form of the composer, whose own submit is a run.
    event.stopPropagation();
    save.mutate();
  };
  const isReady = place === 'new' ? name.trim() !== '' : promptId !== null;
  const options = (prompts.data?.data ?? []).map((each) => ({ value: each.id, label: each.name }));
  return (
    <Modal opened onClose={onClose} title="Save as a prompt" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form className={classes.form} onSubmit={submit}>
        <ShapeRadios
          label="Where to"
          shapes={places}
          value={place}
          onChange={(value) => setPlace(value === 'existing' ? 'existing' : 'new')}
        />
        {place === 'new' ? (
          <TextInput
            label="Name"
            placeholder="product-shot"
            required
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        ) : (
          <Select
            label="Prompt"
            placeholder="Choose a prompt"
            searchable
            nothingFoundMessage="No such prompt"
            data={
              opened === null || options.some(({ value }) => value === opened.promptId)
                ? options
                : [{ value: opened.promptId, label: opened.name }, ...options]
            }
            value={promptId}
            onChange={setPromptId}
          />
        )}
        <TextInput
          label="What changed"
          placeholder="Warmer light"
          maxLength={1000}
          value={message}
          onChange={(event) => setMessage(event.currentTarget.value)}
        />
        {draft.references.length > 0 && (
          <p className={classes.note}>
            References are not saved: the prompt has a variable <code>{pictureVariable}</code>, and each run
            brings its own pictures there.
          </p>
        )}
        {save.error !== null && <ErrorNotice title="It was not saved" error={save.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={!isReady} loading={save.isPending}>
            Save
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
