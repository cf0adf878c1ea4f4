import { NativeSelect } from '@mantine/core';
import type { EvaluationRun } from '@pictor/sdk';
import { useNavigate } from '@tanstack/react-router';
import { formatScore } from './verdict-mark.tsx';

type RunSelectProps = { readonly runs: readonly EvaluationRun[]; readonly shown: EvaluationRun };

/** Which run is shown. */
export function RunSelect({ runs, shown }: RunSelectProps) {
  const navigate = useNavigate({ from: '/evaluations/$evaluationId' });
  return (
    <NativeSelect
      aria-label="Run"
      data={runs.map((run) => ({ value: run.id, label: nameOfRun(run) }))}
      value={shown.id}
      onChange={(event) => {
        const { value } = event.currentTarget;
        void navigate({ search: (now) => ({ ...now, run: value, row: undefined }) });
      }}
    />
  );
}

/** `Run 3, 84.0 %`, `Run 4: with hands, running`. */
export function nameOfRun(run: EvaluationRun): string {
  const name = run.name === null ? `Run ${run.number}` : `Run ${run.number}: ${run.name}`;
  return `${name}, ${run.status === 'completed' && run.score !== null ? formatScore(run.score) : run.status}`;
}
