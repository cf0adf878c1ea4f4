import { Button, Checkbox, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import type { Evaluation, NewGate } from '@pictor/sdk';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../../common/error-notice.tsx';
import { useEvaluationChange } from '../use-evaluations.ts';

const judgeTypes: ReadonlySet<string> = new Set(['llm_assertion', 'llm_score', 'pairwise']);

type AddGateDialogProps = { readonly evaluation: Evaluation; readonly onClose: () => void };

/** Puts an evaluation between a prompt's versions and its labels. */
export function AddGateDialog({ evaluation, onClose }: AddGateDialogProps) {
  const prompts = [
    ...new Set(
      evaluation.columns.flatMap((column) =>
        column.type === 'prompt_template' ? [column.config.prompt] : [],
      ),
    ),
  ];
  const judges = evaluation.columns
    .filter((column) => judgeTypes.has(column.type))
    .map((column) => column.name);
  const [prompt, setPrompt] = useState(prompts[0] ?? '');
  const [labels, setLabels] = useState('production');
  const [minimum, setMinimum] = useState<'pass' | 'warn'>('pass');
  const [runs, setRuns] = useState(true);
  const [accepted, setAccepted] = useState(false);
  const add = useEvaluationChange((pictor, body: NewGate) => pictor.evaluations.addGate(evaluation.id, body));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    add.mutate(
      {
        prompt: prompt.trim(),
        labels: labels.split(',').flatMap((label) => (label.trim() === '' ? [] : [label.trim()])),
        minimum,
        run_on_new_version: runs,
        ...(accepted ? { accept_judges: judges } : {}),
      },
      { onSuccess: onClose },
    );
  };
  return (
    <Modal opened onClose={onClose} title="Add gate" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          {prompts.length > 1 ? (
            <NativeSelect
              label="Prompt"
              data={prompts}
              value={prompt}
              onChange={(event) => setPrompt(event.currentTarget.value)}
            />
          ) : (
            <TextInput
              label="Prompt"
              value={prompt}
              onChange={(event) => setPrompt(event.currentTarget.value)}
              required
            />
          )}
          <TextInput
            label="Labels that wait for it"
            description="Separated by commas"
            value={labels}
            onChange={(event) => setLabels(event.currentTarget.value)}
          />
          <NativeSelect
            label="Needs at least"
            data={[
              { value: 'pass', label: 'a pass' },
              { value: 'warn', label: 'a warning' },
            ]}
            value={minimum}
            onChange={(event) => setMinimum(event.currentTarget.value === 'warn' ? 'warn' : 'pass')}
          />
          <Checkbox
            label="Run on every new version"
            checked={runs}
            onChange={(event) => setRuns(event.currentTarget.checked)}
          />
          {judges.length > 0 && (
            <Checkbox
              label={`Let ${judges.join(', ')} decide even where people have not confirmed it`}
              description="Otherwise a judge decides only once its agreement with people, kappa, is at least 0.4."
              checked={accepted}
              onChange={(event) => setAccepted(event.currentTarget.checked)}
            />
          )}
          {add.error !== null && <ErrorNotice title="The gate was not added" error={add.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={add.isPending} disabled={prompt.trim() === ''}>
              Add gate
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
