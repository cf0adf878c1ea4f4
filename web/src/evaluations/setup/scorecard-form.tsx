import { Button, Checkbox, Group, NumberInput } from '@mantine/core';
import type { Evaluation, EvaluationChange, Scorecard, ScorecardStep } from '@pictor/sdk';
import { useState } from 'react';
import { ErrorNotice } from '../../common/error-notice.tsx';
import { useEvaluationChange } from '../use-evaluations.ts';
import classes from './setup-panel.module.css';

/** Which columns count and how much, from which score on a row passes, and the limits of a run. */
export function ScorecardForm({ evaluation }: { readonly evaluation: Evaluation }) {
  const [steps, setSteps] = useState<readonly ScorecardStep[]>(evaluation.scorecard?.steps ?? []);
  const [pass, setPass] = useState<number | string>(evaluation.scorecard?.thresholds?.pass ?? 0.8);
  const [warn, setWarn] = useState<number | string>(evaluation.scorecard?.thresholds?.warn ?? 0.6);
  const [cap, setCap] = useState<number | string>(evaluation.cost_cap ?? '');
  const [concurrency, setConcurrency] = useState<number | string>(evaluation.concurrency);
  const save = useEvaluationChange((pictor, change: EvaluationChange) =>
    pictor.evaluations.update(evaluation.id, change),
  );
  const scorecard: Scorecard = { steps: [...steps], thresholds: { pass: Number(pass), warn: Number(warn) } };
  const change: EvaluationChange = {
    ...(steps.length === 0 ? {} : { scorecard }),
    cost_cap: typeof cap === 'number' ? cap : 'none',
    concurrency: Number(concurrency),
  };
  const counts = evaluation.columns.filter((column) => column.type !== 'prompt_template');
  return (
    <section className={classes.form} aria-label="Scorecard">
      <h2 className={classes.title}>What counts</h2>
      <p className={classes.note}>
        Without a choice here the last column that gives a yes, a no or a number counts.
      </p>
      {counts.map((column) => (
        <StepInput
          key={column.id ?? column.name}
          name={column.name}
          step={steps.find((each) => each.column === column.name)}
          onChange={(step) =>
            setSteps((now) => {
              const others = now.filter((each) => each.column !== column.name);
              return step === undefined ? others : [...others, step];
            })
          }
        />
      ))}
      <Group grow>
        <NumberInput label="Passes from" min={0} max={1} step={0.05} value={pass} onChange={setPass} />
        <NumberInput label="Warns from" min={0} max={1} step={0.05} value={warn} onChange={setWarn} />
      </Group>
      <Group grow>
        <NumberInput label="Rows at a time" min={1} max={32} value={concurrency} onChange={setConcurrency} />
        <NumberInput
          label="A run costs at most"
          placeholder="No cap"
          prefix="$"
          min={0}
          value={cap}
          onChange={setCap}
        />
      </Group>
      {save.error !== null && <ErrorNotice title="It was not saved" error={save.error} />}
      <Group justify="flex-end">
        <Button variant="default" loading={save.isPending} onClick={() => save.mutate(change)}>
          Save
        </Button>
      </Group>
    </section>
  );
}

type StepInputProps = {
  readonly name: string;
  /** Absent: the column does not count. */
  readonly step: ScorecardStep | undefined;
  readonly onChange: (step: ScorecardStep | undefined) => void;
};

function StepInput({ name, step, onChange }: StepInputProps) {
  return (
    <div className={classes.step}>
      <Checkbox
        label={name}
        checked={step !== undefined}
        onChange={(event) => onChange(event.currentTarget.checked ? { column: name } : undefined)}
      />
      <NumberInput
        aria-label={`Weight of ${name}`}
        size="xs"
        min={0}
        disabled={step === undefined}
        value={step?.weight ?? 1}
        onChange={(weight) => step !== undefined && onChange({ ...step, weight: Number(weight) })}
      />
      <Checkbox
        label="Required"
        aria-label={`${name} is required`}
        disabled={step === undefined}
        checked={step?.required ?? false}
        onChange={(event) =>
          step !== undefined && onChange({ ...step, required: event.currentTarget.checked })
        }
      />
    </div>
  );
}
