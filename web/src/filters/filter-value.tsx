import { Autocomplete, Chip, Group, TextInput } from '@mantine/core';
import { type FilterDraft, shapeOf } from './filter-draft.ts';
import type { FilterField } from './filter-field.ts';
import classes from './filter-value.module.css';

type FilterValueProps = {
  readonly field: FilterField;
  readonly draft: FilterDraft;
  readonly onDraft: (draft: FilterDraft) => void;
};

/** Inputs for what a condition compares with, as its field and its operator want them. */
export function FilterValue({ field, draft, onDraft }: FilterValueProps) {
  const shape = shapeOf(draft.operator);
  return (
    <>
      {(field.kind === 'nested' || field.kind === 'score') && (
        <TextInput
          label={field.kind === 'score' ? 'Name of the score' : 'Name'}
          placeholder={field.kind === 'score' ? 'default' : ''}
          value={draft.key}
          onChange={(event) => onDraft({ ...draft, key: event.currentTarget.value })}
        />
      )}
      {shape === 'one' && (
        <SingleValue
          field={field}
          label="Value"
          value={draft.first}
          onChange={(first) => onDraft({ ...draft, first })}
        />
      )}
      {shape === 'two' && (
        <Group grow gap="xs">
          <SingleValue
            field={field}
            label="From"
            value={draft.first}
            onChange={(first) => onDraft({ ...draft, first })}
          />
          <SingleValue
            field={field}
            label="To"
            value={draft.second}
            onChange={(second) => onDraft({ ...draft, second })}
          />
        </Group>
      )}
      {shape === 'list' && (
        <ListValue
          options={field.options ?? []}
          list={draft.list}
          onList={(list) => onDraft({ ...draft, list })}
        />
      )}
    </>
  );
}

type ListValueProps = {
  readonly options: readonly string[];
  readonly list: readonly string[];
  readonly onList: (list: readonly string[]) => void;
};

/** Usual values to tick, and a line for any other. */
function ListValue({ options, list, onList }: ListValueProps) {
  const others = list.filter((value) => !options.includes(value));
  return (
    <>
      {options.length > 0 && (
        <Chip.Group
          multiple
          value={[...list]}
          onChange={(chosen) => onList([...new Set([...chosen, ...others])])}
        >
          <Group gap={6} className={classes.options ?? ''}>
            {options.map((option) => (
              <Chip key={option} value={option} size="xs">
                {option}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      )}
      <TextInput
        label={options.length > 0 ? 'Other values' : 'Values'}
        description="Commas between several"
        defaultValue={others.join(', ')}
        onChange={(event) => {
          const written = event.currentTarget.value.split(',').map((value) => value.trim());
          const chosen = list.filter((value) => options.includes(value));
          onList([...new Set([...chosen, ...written.filter((value) => value !== '')])]);
        }}
      />
    </>
  );
}

type SingleValueProps = {
  readonly field: FilterField;
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
};

function SingleValue({ field, label, value, onChange }: SingleValueProps) {
  if (field.options !== undefined) {
    return (
      <Autocomplete
        label={label}
        data={[...field.options]}
        value={value}
        onChange={onChange}
        comboboxProps={{ withinPortal: false }}
      />
    );
  }
  const isNumber = field.kind === 'number' || field.kind === 'score';
  // A time that is no whole day came from elsewhere, and must not be lost.
  const isDay = field.kind === 'datetime' && /^(\d{4}-\d\d-\d\d)?$/.test(value);
  return (
    <TextInput
      label={label}
      type={isDay ? 'date' : 'text'}
      inputMode={isNumber ? 'decimal' : undefined}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
