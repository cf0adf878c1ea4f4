import { Button, Group, Loader, Modal, NumberInput, Stack, TextInput } from '@mantine/core';
import type { Evaluation, EvaluationEstimate, EvaluationRun, NewEvaluationRun } from '@pictor/sdk';
import { useState } from 'react';
import { ErrorNotice } from '../common/error-notice.tsx';
import { formatUsd } from '../common/format-values.ts';
import { PlainTable } from '../common/plain-table.tsx';
import { useEvaluationChange, useRunEstimate } from './use-evaluations.ts';

type StartRunDialogProps = {
  readonly evaluation: Evaluation;
  readonly onStarted: (run: EvaluationRun) => void;
  readonly onClose: () => void;
};

/** Says what a run will cost, and begins it. */
export function StartRunDialog({ evaluation, onStarted, onClose }: StartRunDialogProps) {
  const [name, setName] = useState('');
  const [rows, setRows] = useState<number | string>('');
  const [cap, setCap] = useState<number | string>(evaluation.cost_cap ?? '');
  const body: NewEvaluationRun = {
    ...(name.trim() === '' ? {} : { name: name.trim() }),
    ...(typeof rows === 'number' && rows >= 1 ? { rows } : {}),
    ...(typeof cap === 'number' ? { cost_cap: cap } : {}),
  };
  const estimate = useRunEstimate(evaluation, body);
  const start = useEvaluationChange((pictor, wanted: NewEvaluationRun) =>
    pictor.evaluations.run(evaluation.id, wanted),
  );
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={`Run “${evaluation.name}”`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack gap="sm">
        {estimate.error !== null && (
          <ErrorNotice title="The cost could not be estimated" error={estimate.error} />
        )}
        {estimate.isPending && <Loader size="sm" color="gray" aria-label="Estimating the cost" />}
        {estimate.data !== undefined && <Estimate estimate={estimate.data} />}
        <TextInput
          label="Name"
          placeholder="With the new lighting"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Group grow align="start">
          <NumberInput
            label="Only the first rows"
            placeholder="All"
            min={1}
            value={rows}
            onChange={setRows}
          />
          <NumberInput
            label="Stop before it costs more than"
            placeholder="No cap"
            prefix="$"
            min={0}
            decimalScale={4}
            value={cap}
            onChange={setCap}
          />
        </Group>
        {start.error !== null && <ErrorNotice title="The run was not begun" error={start.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            loading={start.isPending}
            onClick={() => start.mutate(body, { onSuccess: onStarted })}
            data-autofocus
          >
            Start run
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Estimate({ estimate }: { readonly estimate: EvaluationEstimate }) {
  const paid = estimate.columns.filter((column) => column.paid_cells > 0);
  return (
    <div>
      <p role="status">
        {estimate.rows} rows, {estimate.cells} cells, <strong>{formatBounds(sumKnown(estimate))}</strong>
        {estimate.unknown_cells > 0 &&
          ` and what ${estimate.unknown_cells} cells cost of which nobody can tell`}
        .
      </p>
      {paid.length > 0 && (
        <PlainTable label="Cost by column" heads={['Column', 'Paid cells', 'Cost', '']}>
          {paid.map((column) => (
            <tr key={column.column}>
              <td>{column.name}</td>
              <td>{column.paid_cells}</td>
              <td>{formatBounds(column)}</td>
              <td>{column.note ?? ''}</td>
            </tr>
          ))}
        </PlainTable>
      )}
    </div>
  );
}

/** All columns of which something is known. */
function sumKnown({ columns }: EvaluationEstimate): { readonly low: number; readonly high: number } {
  return {
    low: columns.reduce((sum, column) => sum + (column.low ?? 0), 0),
    high: columns.reduce((sum, column) => sum + (column.high ?? 0), 0),
  };
}

function formatBounds({ low, high }: { readonly low: number | null; readonly high: number | null }): string {
  if (low === null || high === null) return 'cost unknown';
  return low === high ? formatUsd(low) : `${formatUsd(low)} to ${formatUsd(high)}`;
}
