import { Button, NativeSelect, Select, Stack } from '@mantine/core';
import type { RequestOperator } from '@pictor/sdk';
import { type FormEvent, useState } from 'react';
import { describeOperator } from './describe-filter.ts';
import { type FilterDraft, toCondition, toDraft } from './filter-draft.ts';
import type { Condition, FilterField } from './filter-field.ts';
import { FilterValue } from './filter-value.tsx';

type FilterEditorProps = {
  readonly fields: readonly FilterField[];
  /** Absent: a new one, whose field is chosen first. */
  readonly condition?: Condition;
  /** The word on the button. */
  readonly act: string;
  readonly onDone: (condition: Condition) => void;
};

type Edited = { readonly field: FilterField; readonly draft: FilterDraft };

/** One condition: its field, how it compares, and with what. */
export function FilterEditor({ fields, condition, act, onDone }: FilterEditorProps) {
  const [edited, setEdited] = useState<Edited | null>(() => {
    const field = fields.find((each) => each.name === condition?.field);
    return field === undefined ? null : { field, draft: toDraft(field, condition) };
  });
  const choose = (name: string | null): void => {
    const field = fields.find((each) => each.name === name);
    if (field !== undefined) setEdited({ field, draft: toDraft(field) });
  };
  const done = edited === null ? null : toCondition(edited.field, edited.draft);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (done !== null) onDone(done);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        {condition === undefined && (
          <Select
            label="Field"
            placeholder="Choose or search"
            searchable
            data-autofocus
            defaultDropdownOpened
            allowDeselect={false}
            nothingFoundMessage="No such field"
            maxDropdownHeight={280}
            comboboxProps={{ withinPortal: false }}
            data={toGroups(fields)}
            value={edited?.field.name ?? null}
            onChange={choose}
          />
        )}
        {edited !== null && (
          <Comparison
            key={edited.field.name}
            {...edited}
            onDraft={(draft) => setEdited({ ...edited, draft })}
          />
        )}
        {edited !== null && (
          <Button type="submit" size="xs" disabled={done === null}>
            {act}
          </Button>
        )}
      </Stack>
    </form>
  );
}

type ComparisonProps = Edited & { readonly onDraft: (draft: FilterDraft) => void };

function Comparison({ field, draft, onDraft }: ComparisonProps) {
  const choose = (name: string): void => {
    const operator = field.operators.find((each) => each === name);
    if (operator !== undefined) onDraft({ ...draft, operator });
  };
  return (
    <>
      <NativeSelect
        label={`How ${field.label} compares`}
        value={draft.operator}
        onChange={(event) => choose(event.currentTarget.value)}
        data={field.operators.map((operator: RequestOperator) => ({
          value: operator,
          label: describeOperator(operator, field.kind),
        }))}
      />
      <FilterValue field={field} draft={draft} onDraft={onDraft} />
    </>
  );
}

function toGroups(fields: readonly FilterField[]) {
  return [...Map.groupBy(fields, (field) => field.group)].map(([group, items]) => ({
    group,
    items: items.map(({ name, label }) => ({ value: name, label })),
  }));
}
