import { Button, CloseButton, Popover, SegmentedControl, UnstyledButton } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { describeFilter } from './describe-filter.ts';
import classes from './filter-bar.module.css';
import { FilterEditor } from './filter-editor.tsx';
import type { Condition, FilterField, FilterNode } from './filter-field.ts';

export type Logic = 'AND' | 'OR';

type FilterBarProps = {
  readonly fields: readonly FilterField[];
  readonly nodes: readonly FilterNode[];
  readonly onNodes: (nodes: readonly FilterNode[]) => void;
  /** How the nodes are joined, where that can be chosen. */
  readonly logic?: { readonly value: Logic; readonly onChange: (logic: Logic) => void };
};

/** The conditions of a list: each a chip that can be opened and removed, and a way to add another one. */
export function FilterBar({ fields, nodes, onNodes, logic }: FilterBarProps) {
  const replace = (index: number, node: FilterNode | null): void =>
    onNodes(nodes.flatMap((each, at) => (at === index ? (node === null ? [] : [node]) : [each])));
  return (
    <fieldset className={classes.bar}>
      <legend className={classes.legend}>Filters</legend>
      {logic !== undefined && nodes.length > 1 && (
        <SegmentedControl
          size="xs"
          aria-label="How filters are joined"
          value={logic.value}
          onChange={(value) => logic.onChange(value === 'OR' ? 'OR' : 'AND')}
          data={[
            { value: 'AND', label: 'All' },
            { value: 'OR', label: 'Any' },
          ]}
        />
      )}
      {nodes.map((node, index) => (
        <FilterChip
          // biome-ignore lint/suspicious/noArrayIndexKey: a chip has no other name, and its text may change.
          key={index}
          node={node}
          fields={fields}
          onChange={(changed) => replace(index, changed)}
          onRemove={() => replace(index, null)}
        />
      ))}
      <AddFilter fields={fields} onAdd={(condition) => onNodes([...nodes, condition])} />
      {nodes.length > 1 && (
        <Button variant="subtle" color="gray" size="compact-sm" onClick={() => onNodes([])}>
          Clear all
        </Button>
      )}
    </fieldset>
  );
}

type FilterChipProps = {
  readonly node: FilterNode;
  readonly fields: readonly FilterField[];
  readonly onChange: (node: FilterNode) => void;
  readonly onRemove: () => void;
};

function FilterChip({ node, fields, onChange, onRemove }: FilterChipProps) {
  const text = describeFilter(node, fields);
  const condition = 'filters' in node ? null : node;
  const field = fields.find((each) => each.name === condition?.field);
  const body =
    condition === null || field === undefined ? (
      <span className={classes.text} title={text}>
        {text}
      </span>
    ) : (
      <EditorPopover
        target={(open) => (
          <UnstyledButton className={classes.text ?? ''} title={text} onClick={open}>
            {text}
          </UnstyledButton>
        )}
      >
        {(close) => (
          <FilterEditor
            fields={fields}
            condition={condition}
            act="Apply"
            onDone={(changed) => {
              close();
              onChange(changed);
            }}
          />
        )}
      </EditorPopover>
    );
  return (
    <span className={classes.chip}>
      {body}
      <CloseButton size="sm" aria-label={`Remove filter: ${text}`} onClick={onRemove} />
    </span>
  );
}

type AddFilterProps = {
  readonly fields: readonly FilterField[];
  readonly onAdd: (condition: Condition) => void;
};

function AddFilter({ fields, onAdd }: AddFilterProps) {
  return (
    <EditorPopover
      target={(open) => (
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconPlus size={14} stroke={1.8} />}
          onClick={open}
        >
          Add filter
        </Button>
      )}
    >
      {(close) => (
        <FilterEditor
          fields={fields}
          act="Add"
          onDone={(condition) => {
            close();
            onAdd(condition);
          }}
        />
      )}
    </EditorPopover>
  );
}

type EditorPopoverProps = {
  readonly target: (open: () => void) => ReactNode;
  readonly children: (close: () => void) => ReactNode;
};

/** What a button opens; Escape and a click outside close it. */
function EditorPopover({ target, children }: EditorPopoverProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="bottom-start"
      width={320}
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>{target(() => setOpen(!isOpen))}</Popover.Target>
      <Popover.Dropdown aria-label="Filter">{children(() => setOpen(false))}</Popover.Dropdown>
    </Popover>
  );
}
