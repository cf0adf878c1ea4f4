import { Button, Checkbox, Group, Modal, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import type { EvaluationColumn } from '@pictor/sdk';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../../common/error-notice.tsx';
import { type ColumnDraft, toColumn, toDraft } from './column-draft.ts';
import { type ColumnKind, columnKinds, kindOf, type Setting } from './column-types.ts';

type ColumnDialogProps = {
  /** Absent: a new one. */
  readonly column: EvaluationColumn | undefined;
  /** Names that can stand in braces: fields, and columns to the left. */
  readonly names: readonly string[];
  /** Saves it; what it throws is shown and the form stays. */
  readonly onSave: (column: EvaluationColumn) => Promise<unknown>;
  readonly onClose: () => void;
};

const groups: readonly ColumnKind['group'][] = ['Make', 'Measure', 'Judge', 'Ask people', 'Compute'];

/** One column: what it does, and with what. */
export function ColumnDialog({ column, names, onSave, onClose }: ColumnDialogProps) {
  const [draft, setDraft] = useState<ColumnDraft>(() =>
    column === undefined ? { id: undefined, name: '', type: 'prompt_template', texts: {} } : toDraft(column),
  );
  const [failure, setFailure] = useState<Error | null>(null);
  const [isBusy, setBusy] = useState(false);
  const kind = kindOf(draft.type);
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setFailure(null);
    try {
      await onSave(toColumn(draft));
      onClose();
    } catch (error) {
      if (error instanceof Error) setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  const write = (name: string, text: string): void =>
    setDraft((now) => ({ ...now, texts: { ...now.texts, [name]: text } }));
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={column === undefined ? 'Add column' : `Column “${column.name}”`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form onSubmit={(event) => void save(event)}>
        <Stack gap="sm">
          <NativeSelect
            label="What it does"
            description={kind.says}
            value={draft.type}
            data={groups.map((group) => ({
              group,
              items: columnKinds
                .filter((each) => each.group === group)
                .map((each) => ({ value: each.type, label: each.title })),
            }))}
            onChange={(event) => {
              const { type } = kindOf(event.currentTarget.value);
              setDraft((now) => ({ ...now, type }));
            }}
          />
          <TextInput
            label="Name"
            description="Columns to the right read it by this name, in braces."
            value={draft.name}
            onChange={(event) => {
              const name = event.currentTarget.value;
              setDraft((now) => ({ ...now, name }));
            }}
            required
            data-autofocus
          />
          {names.length > 0 && (
            <p>
              Can be read here: <code>{names.map((name) => `{${name}}`).join(' ')}</code>
            </p>
          )}
          {kind.settings.map((setting) => (
            <SettingInput
              key={`${kind.type} ${setting.name}`}
              setting={setting}
              text={draft.texts[setting.name] ?? ''}
              onChange={(text) => write(setting.name, text)}
            />
          ))}
          {failure !== null && <ErrorNotice title="The column was not saved" error={failure} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={isBusy} disabled={draft.name.trim() === ''}>
              Save column
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

type SettingInputProps = {
  readonly setting: Setting;
  readonly text: string;
  readonly onChange: (text: string) => void;
};

function SettingInput({ setting, text, onChange }: SettingInputProps) {
  const { label, kind, required = false, hint } = setting;
  switch (kind) {
    case 'switch':
      return (
        <Checkbox
          label={label}
          checked={text === 'true'}
          onChange={(event) => onChange(String(event.currentTarget.checked))}
        />
      );
    case 'choice':
      return (
        <NativeSelect
          label={label}
          required={required}
          data={[{ value: '', label: 'Default' }, ...(setting.options ?? [])]}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'long':
    case 'lines':
    case 'json':
      return (
        <Textarea
          label={label}
          required={required}
          placeholder={hint}
          autosize
          minRows={kind === 'lines' ? 1 : 2}
          maxRows={16}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    default:
      return (
        <TextInput
          label={label}
          required={required}
          placeholder={hint}
          inputMode={kind === 'number' ? 'decimal' : 'text'}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}
