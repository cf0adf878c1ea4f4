import { NumberInput, Select, Text } from '@mantine/core';
import type { RateLimit } from '@pictor/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmDialog } from '../common/confirm-dialog.tsx';
import { FormDialog } from '../common/form-dialog.tsx';
import { usePictor } from '../common/pictor-context.ts';
import { KeySelect } from './key-select.tsx';

const metrics = ['requests', 'images', 'tokens'] as const;

type LimitDialogProps = {
  /** Absent: a new one is made. */
  readonly limit?: RateLimit;
  readonly onClose: () => void;
};

/** Asks what is counted, and how many a minute may have. */
export function LimitDialog({ limit, onClose }: LimitDialogProps) {
  const pictor = usePictor();
  const queryClient = useQueryClient();
  const [metric, setMetric] = useState<RateLimit['metric']>(limit?.metric ?? 'images');
  const [perMinute, setPerMinute] = useState<number | string>(limit?.per_minute ?? 60);
  const [keyId, setKeyId] = useState('');
  const save = async (): Promise<void> => {
    const facts = { per_minute: Number(perMinute) };
    if (limit !== undefined) await pictor.limits.update(limit.id, facts);
    else await pictor.limits.create({ ...facts, metric, key_id: keyId === '' ? null : keyId });
    await queryClient.invalidateQueries({ queryKey: ['limits'] });
  };
  return (
    <FormDialog
      title={limit === undefined ? 'New rate limit' : 'Change the rate limit'}
      act={limit === undefined ? 'Set the limit' : 'Save'}
      isReady={perMinute !== ''}
      onSubmit={save}
      onClose={onClose}
    >
      <NumberInput
        label="Within any minute"
        data-autofocus
        allowDecimal={false}
        min={1}
        max={1_000_000_000}
        value={perMinute}
        onChange={setPerMinute}
      />
      {limit === undefined && (
        <>
          <Select
            label="Of"
            allowDeselect={false}
            data={metrics}
            value={metric}
            onChange={(value) => setMetric(metrics.find((each) => each === value) ?? 'images')}
          />
          <KeySelect value={keyId} onChange={setKeyId} />
        </>
      )}
    </FormDialog>
  );
}

/** Says what deleting a limit does before it is done. */
export function DeleteLimitDialog({ limit, onClose }: Required<LimitDialogProps>) {
  const pictor = usePictor();
  const queryClient = useQueryClient();
  const remove = async (): Promise<void> => {
    await pictor.limits.remove(limit.id);
    await queryClient.invalidateQueries({ queryKey: ['limits'] });
  };
  return (
    <ConfirmDialog title="Delete the rate limit?" act="Delete the limit" onConfirm={remove} onClose={onClose}>
      <Text size="sm">
        {limit.per_minute.toLocaleString('en')} {limit.metric} a minute no longer hold, from this moment on.
      </Text>
    </ConfirmDialog>
  );
}
