import { Button, Loader } from '@mantine/core';
import type { Evaluation, EvaluationGate } from '@pictor/sdk';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ConfirmDialog } from '../../common/confirm-dialog.tsx';
import { EmptyState } from '../../common/empty-state.tsx';
import { ErrorNotice } from '../../common/error-notice.tsx';
import { PlainTable } from '../../common/plain-table.tsx';
import { useEvaluationChange, useGates } from '../use-evaluations.ts';
import { AddGateDialog } from './add-gate-dialog.tsx';

/** Prompts whose new versions this evaluation runs on, and labels that wait for it. */
export function GatesPanel({ evaluation }: { readonly evaluation: Evaluation }) {
  const gates = useGates(evaluation.id);
  const [isAdding, setAdding] = useState(false);
  const [removed, setRemoved] = useState<EvaluationGate>();
  const remove = useEvaluationChange((pictor, gate: string) =>
    pictor.evaluations.removeGate(evaluation.id, gate),
  );
  const add = <Button onClick={() => setAdding(true)}>Add gate</Button>;
  return (
    <>
      {gates.error !== null && <ErrorNotice title="The gates could not be loaded" error={gates.error} />}
      {gates.isPending && <Loader m="lg" size="sm" color="gray" aria-label="Loading the gates" />}
      {gates.data?.data.length === 0 && (
        <EmptyState title="No gate yet" actions={add}>
          A gate runs this evaluation on every new version of a prompt, and lets labels such as “production”
          move only to versions that passed.
        </EmptyState>
      )}
      {gates.data !== undefined && gates.data.data.length > 0 && (
        <>
          <div style={{ padding: '1rem 1.25rem 0.5rem' }}>{add}</div>
          <PlainTable label="Gates" heads={['Prompt', 'Labels', 'Runs on new versions', 'Needs', '']}>
            {gates.data.data.map((gate) => (
              <tr key={gate.id}>
                <td>
                  <Link to="/prompts/$promptId" params={{ promptId: gate.prompt }}>
                    {gate.prompt}
                  </Link>
                </td>
                <td>{gate.labels.join(', ')}</td>
                <td>{gate.run_on_new_version ? 'Yes' : 'No'}</td>
                <td>{gate.minimum === 'pass' ? 'a pass' : 'a pass or a warning'}</td>
                <td>
                  <Button size="compact-xs" variant="default" onClick={() => setRemoved(gate)}>
                    Remove
                  </Button>
                </td>
              </tr>
            ))}
          </PlainTable>
        </>
      )}
      {isAdding && <AddGateDialog evaluation={evaluation} onClose={() => setAdding(false)} />}
      {removed !== undefined && (
        <ConfirmDialog
          title="Remove this gate?"
          act="Remove gate"
          onClose={() => setRemoved(undefined)}
          onConfirm={() => remove.mutateAsync(removed.id)}
        >
          Its labels then move to any version, and new versions are not evaluated by themselves.
        </ConfirmDialog>
      )}
    </>
  );
}
