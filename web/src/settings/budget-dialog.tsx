import { NumberInput, SegmentedControl, Select, Text } from '@mantine/core';
import type { Budget } from '@pictor/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmDialog } from '../common/confirm-dialog.tsx';
import { FormDialog } from '../common/form-dialog.tsx';
import { formatUsd } from '../common/format-values.ts';
import { usePictor } from '../common/pictor-context.ts';
import { budgetsKey } from '../spend/use-budgets.ts';
import { KeySelect } from './key-select.tsx';

const periods = [
  { value: 'day', label: 'A day' },
  { value: 'month', label: 'A month' },
  { value: 'total', label: 'In all, without an end' },
];

type BudgetDialogProps = {
  /** Absent: a new one is made. */
  readonly budget?: Budget;
  readonly onClose: () => void;
};

/** Asks how much, for how long, and what happens beyond it. */
export function BudgetDialog({ budget, onClose }: BudgetDialogProps) {
  const pictor = usePictor();
  const queryClient = useQueryClient();
  const [period, setPeriod] = useState<Budget['period']>(budget?.period ?? 'month');
  const [limit, setLimit] = useState<number | string>(budget?.limit ?? 20);
  const [mode, setMode] = useState<Budget['mode']>(budget?.mode ?? 'hard');
  const [keyId, setKeyId] = useState(budget?.key_id ?? '');
  const save = async (): Promise<void> => {
    const facts = { period, limit: Number(limit), mode };
    if (budget === undefined) await pictor.budgets.create({ ...facts, key_id: keyId === '' ? null : keyId });
    else await pictor.budgets.update(budget.id, facts);
    await queryClient.invalidateQueries({ queryKey: budgetsKey });
  };
  return (
    <FormDialog
      title={budget === undefined ? 'New budget' : 'Change the budget'}
      act={budget === undefined ? 'Set the budget' : 'Save'}
      isReady={limit !== ''}
      onSubmit={save}
      onClose={onClose}
    >
      <NumberInput
        label="Limit in USD"
        data-autofocus
        prefix="$"
        min={0}
        max={1_000_000}
        value={limit}
        onChange={setLimit}
      />
      <Select
        label="Within"
        description="Days and months begin at midnight UTC"
        allowDeselect={false}
        data={periods}
        value={period}
        onChange={(value) => setPeriod(value === 'day' || value === 'total' ? value : 'month')}
      />
      <div>
        <SegmentedControl
          fullWidth
          aria-label="Beyond the limit"
          data={[
            { value: 'hard', label: 'Hard: refuse' },
            { value: 'soft', label: 'Soft: warn' },
          ]}
          value={mode}
          onChange={(value) => setMode(value === 'soft' ? 'soft' : 'hard')}
        />
      </div>
      {budget === undefined && <KeySelect value={keyId} onChange={setKeyId} />}
    </FormDialog>
  );
}

/** Says what deleting a budget does before it is done. */
export function DeleteBudgetDialog({ budget, onClose }: Required<BudgetDialogProps>) {
  const pictor = usePictor();
  const queryClient = useQueryClient();
  const remove = async (): Promise<void> => {
    await pictor.budgets.remove(budget.id);
    await queryClient.invalidateQueries({ queryKey: budgetsKey });
  };
  return (
    <ConfirmDialog title="Delete the budget?" act="Delete the budget" onConfirm={remove} onClose={onClose}>
      <Text size="sm">
        The limit of {formatUsd(budget.limit)} no longer holds, from this moment on. What was spent stays in
        the ledger.
      </Text>
    </ConfirmDialog>
  );
}
