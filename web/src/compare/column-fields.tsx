import { ActionIcon, Tooltip } from '@mantine/core';
import type { Model } from '@pictor/sdk';
import { IconCopy, IconX } from '@tabler/icons-react';
import { ModelSelect } from '../models/model-select.tsx';
import { ParameterPanel } from '../playground/parameters/parameter-panel.tsx';
import classes from './column-fields.module.css';
import type { Column } from './compare-search.ts';
import { columnName } from './setup.ts';

type ColumnFieldsProps = {
  readonly index: number;
  readonly column: Column;
  readonly models: readonly Model[];
  readonly onChange: (column: Column) => void;
  /** Undefined: there is no room for another. */
  readonly onCopy: (() => void) | undefined;
  /** Undefined: it is the only one. */
  readonly onRemove: (() => void) | undefined;
};

/** A cell makes one picture, and the page streams by itself. */
const withoutNames = ['n', 'partial_images'] as const;

/** One column: its model, and what is chosen for it. */
export function ColumnFields({ index, column, models, onChange, onCopy, onRemove }: ColumnFieldsProps) {
  const name = columnName(index);
  const model = models.find(({ id }) => id === column.model);
  const chosen = Object.keys(column.parameters).length;
  return (
    <fieldset className={classes.column}>
      <legend className={classes.name}>
        Column {name}
        <span className={classes.tools}>
          {onCopy !== undefined && (
            <Tooltip label="Copy into a new column">
              <ActionIcon variant="subtle" color="gray" aria-label={`Copy column ${name}`} onClick={onCopy}>
                <IconCopy size={15} stroke={1.7} />
              </ActionIcon>
            </Tooltip>
          )}
          {onRemove !== undefined && (
            <Tooltip label="Remove this column">
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Remove column ${name}`}
                onClick={onRemove}
              >
                <IconX size={15} stroke={1.7} />
              </ActionIcon>
            </Tooltip>
          )}
        </span>
      </legend>
      <ModelSelect models={models} value={model} onChange={(id) => onChange({ ...column, model: id })} />
      {model === undefined ? (
        <p className={classes.gone}>{column.model} is not served here. Choose another model.</p>
      ) : (
        <details className={classes.parameters}>
          <summary>{chosen === 0 ? 'Parameters' : `Parameters (${chosen} chosen)`}</summary>
          <ParameterPanel
            model={model}
            parameters={column.parameters}
            onChange={(parameters) => onChange({ ...column, parameters })}
            without={withoutNames}
          />
        </details>
      )}
    </fieldset>
  );
}
