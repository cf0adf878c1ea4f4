import { Button, FileButton, Group, Modal, Stack, Textarea } from '@mantine/core';
import type { Dataset, DatasetField, DatasetRow } from '@pictor/sdk';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../common/error-notice.tsx';
import { usePictor } from '../common/pictor-context.ts';
import { readPictureIds, readValue, writeValue } from './read-value.ts';
import { useDatasetChange } from './use-datasets.ts';

type RowDialogProps = {
  readonly dataset: Dataset;
  /** Absent: a new row. */
  readonly row?: DatasetRow;
  readonly onClose: () => void;
};

type Texts = Readonly<Record<string, string>>;

/** A row of the draft, field by field. */
export function RowDialog({ dataset, row, onClose }: RowDialogProps) {
  const fields = dataset.fields.length > 0 ? dataset.fields : firstFields;
  const [texts, setTexts] = useState<Texts>(() => textsOf(fields, row));
  const save = useDatasetChange(async (pictor, written: Texts) => {
    const values = toValues(fields, written);
    if (row === undefined) return await pictor.datasets.addRows(dataset.id, [values]);
    const remove = fields.map(({ name }) => name).filter((name) => !(name in values) && name in row.values);
    return await pictor.datasets.updateRow(dataset.id, row.id, {
      values,
      ...(remove.length === 0 ? {} : { remove }),
    });
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate(texts, { onSuccess: onClose });
  };
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={row === undefined ? 'Add row' : `Row ${row.position + 1}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          {fields.map((field, index) => (
            <FieldInput
              key={field.name}
              field={field}
              text={texts[field.name] ?? ''}
              onChange={(text) => setTexts((now) => ({ ...now, [field.name]: text }))}
              isFirst={index === 0}
            />
          ))}
          {save.error !== null && <ErrorNotice title="The row was not saved" error={save.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={save.isPending}>
              Save row
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** A dataset without fields gets its first one from its first row. */
const firstFields: readonly DatasetField[] = [{ name: 'subject', kind: 'variable' }];

type FieldInputProps = {
  readonly field: DatasetField;
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly isFirst: boolean;
};

function FieldInput({ field, text, onChange, isFirst }: FieldInputProps) {
  const isPicture = field.kind === 'image' || field.kind === 'mask';
  return (
    <div>
      <Textarea
        label={field.name}
        description={isPicture ? 'Ids of pictures: img_… or file-…' : undefined}
        autosize
        minRows={1}
        maxRows={10}
        value={text}
        onChange={(event) => onChange(event.currentTarget.value)}
        data-autofocus={isFirst}
      />
      {isPicture && <Upload field={field} onDone={(id) => onChange(text === '' ? id : `${text}, ${id}`)} />}
    </div>
  );
}

function Upload({ field, onDone }: { readonly field: DatasetField; readonly onDone: (id: string) => void }) {
  const pictor = usePictor();
  const [failure, setFailure] = useState<Error | null>(null);
  const upload = async (file: File | null): Promise<void> => {
    if (file === null) return;
    setFailure(null);
    try {
      onDone((await pictor.files.upload(file)).id);
    } catch (error) {
      if (error instanceof Error) setFailure(error);
    }
  };
  return (
    <>
      <FileButton accept="image/*" onChange={(file) => void upload(file)}>
        {(props) => (
          <Button
            {...props}
            mt={6}
            size="xs"
            variant="default"
            aria-label={`Upload a picture for ${field.name}`}
          >
            Upload a picture
          </Button>
        )}
      </FileButton>
      {failure !== null && <ErrorNotice title="The picture was not uploaded" error={failure} />}
    </>
  );
}

function textsOf(fields: readonly DatasetField[], row: DatasetRow | undefined): Texts {
  if (row === undefined) return {};
  return Object.fromEntries(
    fields.map(({ name, kind }) => {
      const value = row.values[name];
      const isList = (kind === 'image' || kind === 'mask') && Array.isArray(value);
      return [name, isList ? value.join(', ') : writeValue(value)];
    }),
  );
}

/** Fields that are left empty have no value. */
function toValues(fields: readonly DatasetField[], texts: Texts): Record<string, unknown> {
  const filled = fields.filter(({ name }) => (texts[name] ?? '').trim() !== '');
  return Object.fromEntries(
    filled.map(({ name, kind }) => {
      const text = texts[name] ?? '';
      return [name, kind === 'image' || kind === 'mask' ? readPictureIds(text) : readValue(text)];
    }),
  );
}
