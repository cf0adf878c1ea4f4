import { Button, NumberInput, SegmentedControl, Textarea } from '@mantine/core';
import type { Model } from '@pictor/sdk';
import { IconPlayerPlay, IconPlus } from '@tabler/icons-react';
import { type FormEvent, type KeyboardEvent, useId } from 'react';
import { formatUsd } from '../common/format-values.ts';
import { ColumnFields } from './column-fields.tsx';
import { type Column, type CompareSearch, mostColumns, mostRows } from './compare-search.ts';
import { References } from './references.tsx';
import type { Setup } from './setup.ts';
import classes from './setup-form.module.css';
import { type RunEstimate, useEstimates } from './use-estimates.ts';

type SetupFormProps = {
  readonly setup: Setup;
  readonly models: readonly Model[];
  readonly onPrompt: (prompt: string) => void;
  readonly onChange: (change: Partial<CompareSearch>) => void;
  readonly onRun: () => void;
};

/** What is compared: one prompt, up to four columns, and how often each is run. */
export function SetupForm({ setup, models, onPrompt, onChange, onRun }: SetupFormProps) {
  const { prompt, columns, rows, seed, references } = setup;
  const rowsId = useId();
  const isReady =
    prompt.trim() !== '' && columns.every((column) => models.some(({ id }) => id === column.model));
  const estimate = useEstimates(isReady ? setup : null);
  const takesSeed = columns.some(
    (column) => models.find(({ id }) => id === column.model)?.pictor.parameters.seed !== undefined,
  );
  const write = (next: readonly Column[]): void => onChange({ columns: next });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isReady) onRun();
  };
  const runByKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (isReady) onRun();
  };
  const count = columns.length * rows;
  return (
    <form className={classes.form} aria-label="Comparison" onSubmit={submit}>
      <Textarea
        label="Prompt"
        placeholder="The same words for every column…"
        autosize
        minRows={2}
        maxRows={10}
        value={prompt}
        onChange={({ currentTarget: { value } }) => onPrompt(value)}
        onKeyDown={runByKey}
      />
      <References ids={references} onChange={(ids) => onChange({ references: ids.join(',') || undefined })} />
      <div className={classes.columns}>
        {columns.map((column, index) => (
          <ColumnFields
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
            key={index}
            index={index}
            column={column}
            models={models}
            onChange={(next) => write(columns.with(index, next))}
            onCopy={columns.length < mostColumns ? () => write([...columns, column]) : undefined}
            onRemove={columns.length > 1 ? () => write(columns.toSpliced(index, 1)) : undefined}
          />
        ))}
        {columns.length < mostColumns && (
          <Button
            variant="default"
            className={classes.add ?? ''}
            leftSection={<IconPlus size={16} stroke={1.7} aria-hidden />}
            onClick={() =>
              write([...columns, columns.at(-1) ?? { model: models[0]?.id ?? '', parameters: {} }])
            }
          >
            Add a column
          </Button>
        )}
      </div>
      <div className={classes.foot}>
        <div>
          <div id={rowsId} className={classes.label}>
            Runs of each column
          </div>
          <SegmentedControl
            aria-labelledby={rowsId}
            size="xs"
            data={Array.from({ length: mostRows }, (_, index) => String(index + 1))}
            value={String(rows)}
            onChange={(value) => onChange({ rows: value === '1' ? undefined : Number(value) })}
          />
        </div>
        {takesSeed && (
          <NumberInput
            label="First seed"
            size="xs"
            className={classes.seed ?? ''}
            placeholder="Any"
            min={0}
            max={2 ** 32 - 1}
            allowDecimal={false}
            allowNegative={false}
            value={seed ?? ''}
            onChange={(value) => onChange({ seed: typeof value === 'number' ? value : undefined })}
          />
        )}
        <p className={classes.estimate} role="status">
          {!isReady
            ? prompt.trim() === ''
              ? 'Write a prompt to see what it would cost.'
              : 'Choose a model for every column.'
            : estimate.error !== null
              ? `No estimate: ${estimate.error.message}`
              : tell(estimate.data, columns.length, rows)}
        </p>
        <Button type="submit" disabled={!isReady} leftSection={<IconPlayerPlay size={16} aria-hidden />}>
          Run {count === 1 ? '1 cell' : `${count} cells`}
        </Button>
      </div>
    </form>
  );
}

function tell(estimate: RunEstimate | undefined, columns: number, rows: number): string {
  if (estimate === undefined) return 'Estimating…';
  const { low, high, standIns } = estimate;
  const count = columns * rows;
  const of = count === 1 ? 'for 1 picture' : `for all ${count} pictures`;
  const drawn = standIns === columns ? 'all of them' : 'some of them';
  const suffix = standIns === 0 ? '' : ` at list price; the built-in engine draws ${drawn} for nothing`;
  if (low === null || high === null) return `Cost unknown ${of}`;
  if (high === 0) return `Free ${of}`;
  const sum =
    formatUsd(low) === formatUsd(high)
      ? `About ${formatUsd(high)}`
      : `${formatUsd(low)} to ${formatUsd(high)}`;
  return `${sum} ${of}${suffix}`;
}
