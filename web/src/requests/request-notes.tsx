import { Button, CloseButton, NumberInput, TagsInput, TextInput } from '@mantine/core';
import type { Pictor, RequestSummary } from '@pictor/sdk';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../common/error-notice.tsx';
import { usePictor } from '../common/pictor-context.ts';
import classes from './request-notes.module.css';
import { requestsKey } from './use-requests.ts';

type Change = Parameters<Pictor['requests']['update']>[1];

/** What people keep about a request: tags, metadata, scores, a group. Saved at once. */
export function RequestNotes({ request }: { readonly request: RequestSummary }) {
  const pictor = usePictor();
  const queryClient = useQueryClient();
  const save = useMutation({
    mutationFn: (change: Change) => pictor.requests.update(request.id, change),
    onSuccess: (changed) => queryClient.setQueryData([...requestsKey, 'one', request.id], changed),
  });
  const newGroup = useMutation({
    mutationFn: async () => save.mutateAsync({ group: (await pictor.requests.newGroup()).id }),
  });
  const { group, metadata, scores, tags } = request;
  return (
    <div className={classes.notes}>
      <TagsInput
        label="Tags"
        placeholder="Enter after each"
        size="xs"
        maxTags={50}
        value={tags}
        onChange={(changed) => save.mutate({ tags: changed })}
      />
      <Pairs
        title="Scores"
        entries={Object.entries(scores).map(([name, value]) => [name, String(value)])}
        onRemove={(name) => save.mutate({ scores: { [name]: null } })}
      />
      <AddScore onAdd={(name, value) => save.mutate({ scores: { [name]: value } })} />
      <Pairs
        title="Metadata"
        entries={Object.entries(metadata)}
        onRemove={(name) => save.mutate({ metadata: { [name]: null } })}
      />
      <AddMetadata onAdd={(name, value) => save.mutate({ metadata: { [name]: value } })} />
      <div className={classes.form}>
        <NumberInput
          label="Group"
          size="xs"
          hideControls
          allowDecimal={false}
          min={1}
          value={group ?? ''}
          onBlur={(event) => {
            const text = event.currentTarget.value.trim();
            const wanted = text === '' ? null : Number(text);
            if (wanted !== group) save.mutate({ group: wanted });
          }}
        />
        <Button size="xs" variant="default" loading={newGroup.isPending} onClick={() => newGroup.mutate()}>
          New group
        </Button>
      </div>
      {save.error !== null && <ErrorNotice title="It could not be saved" error={save.error} />}
    </div>
  );
}

type PairsProps = {
  readonly title: string;
  readonly entries: readonly (readonly [string, string])[];
  readonly onRemove: (name: string) => void;
};

function Pairs({ title, entries, onRemove }: PairsProps) {
  if (entries.length === 0) return null;
  return (
    <dl className={classes.pairs} aria-label={title}>
      {entries.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <span>{value}</span>
            <CloseButton size="xs" aria-label={`Remove ${name}`} onClick={() => onRemove(name)} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function AddScore({ onAdd }: { readonly onAdd: (name: string, value: number) => void }) {
  const [name, setName] = useState('');
  const [value, setValue] = useState<number | string>('');
  const add = (event: FormEvent): void => {
    event.preventDefault();
    if (typeof value !== 'number') return;
    onAdd(name.trim() === '' ? 'default' : name.trim(), value);
    setName('');
    setValue('');
  };
  return (
    <form className={classes.form} onSubmit={add}>
      <TextInput
        label="Score"
        placeholder="default"
        size="xs"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <NumberInput
        label="0 to 100"
        size="xs"
        hideControls
        min={0}
        max={100}
        value={value}
        onChange={setValue}
      />
      <Button type="submit" size="xs" variant="default" disabled={typeof value !== 'number'}>
        Add score
      </Button>
    </form>
  );
}

function AddMetadata({ onAdd }: { readonly onAdd: (name: string, value: string) => void }) {
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const add = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() === '') return;
    onAdd(name.trim(), value);
    setName('');
    setValue('');
  };
  return (
    <form className={classes.form} onSubmit={add}>
      <TextInput
        label="Metadata"
        placeholder="name"
        size="xs"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label="Value"
        size="xs"
        value={value}
        onChange={(event) => setValue(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" variant="default" disabled={name.trim() === ''}>
        Add metadata
      </Button>
    </form>
  );
}
