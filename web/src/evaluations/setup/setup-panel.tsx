import { Button } from '@mantine/core';
import type { Evaluation, EvaluationChange, EvaluationColumn } from '@pictor/sdk';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ConfirmDialog } from '../../common/confirm-dialog.tsx';
import { EmptyState } from '../../common/empty-state.tsx';
import { ErrorNotice } from '../../common/error-notice.tsx';
import { ToolButton } from '../../common/tool-button.tsx';
import { useDataset } from '../../datasets/use-datasets.ts';
import { useEvaluationChange } from '../use-evaluations.ts';
import { ColumnDialog } from './column-dialog.tsx';
import { kindOf } from './column-types.ts';
import { ScorecardForm } from './scorecard-form.tsx';
import classes from './setup-panel.module.css';

/** Columns from left to right, what counts, and the limits of a run. */
export function SetupPanel({ evaluation }: { readonly evaluation: Evaluation }) {
  const dataset = useDataset(evaluation.dataset);
  const [edited, setEdited] = useState<number | 'new'>();
  const [isDeleting, setDeleting] = useState(false);
  const update = useEvaluationChange((pictor, change: EvaluationChange) =>
    pictor.evaluations.update(evaluation.id, change),
  );
  const { columns } = evaluation;
  const fields = (dataset.data?.fields ?? []).map(({ name }) => name);
  const at = edited === 'new' ? columns.length : edited;
  const names = [...fields, ...columns.slice(0, at).map(({ name }) => name)];
  const put = (column: EvaluationColumn): Promise<Evaluation> =>
    update.mutateAsync({
      columns:
        edited === 'new'
          ? [...columns, column]
          : columns.map((each, index) => (index === edited ? column : each)),
    });
  const move = (index: number, step: number): void => {
    const moved = columns[index];
    if (moved === undefined) return;
    const others = columns.filter((_, each) => each !== index);
    update.mutate({ columns: others.toSpliced(index + step, 0, moved) });
  };
  const add = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEdited('new')}>
      Add column
    </Button>
  );
  return (
    <div className={classes.panel}>
      {columns.length === 0 ? (
        <EmptyState title="Columns run from left to right" actions={add}>
          Begin with a prompt that makes pictures, or read pictures of the dataset. Then measure, judge or
          rate them: every column can read those before it.
        </EmptyState>
      ) : (
        <>
          <ol className={classes.columns}>
            {columns.map((column, index) => (
              <li key={column.id ?? column.name} className={classes.column}>
                <button type="button" className={classes.open} onClick={() => setEdited(index)}>
                  <strong>{column.name}</strong>
                  <span>{kindOf(column.type).title}</span>
                </button>
                <ToolButton
                  label={`Move ${column.name} left`}
                  isOff={index === 0}
                  onClick={() => move(index, -1)}
                >
                  <IconArrowUp size={16} aria-hidden />
                </ToolButton>
                <ToolButton
                  label={`Move ${column.name} right`}
                  isOff={index === columns.length - 1}
                  onClick={() => move(index, 1)}
                >
                  <IconArrowDown size={16} aria-hidden />
                </ToolButton>
                <ToolButton
                  label={`Remove ${column.name}`}
                  onClick={() => update.mutate({ columns: columns.filter((_, each) => each !== index) })}
                >
                  <IconTrash size={16} aria-hidden />
                </ToolButton>
              </li>
            ))}
          </ol>
          {add}
        </>
      )}
      {update.error !== null && edited === undefined && (
        <ErrorNotice title="That was not saved" error={update.error} />
      )}
      {columns.length > 0 && <ScorecardForm key={evaluation.updated_at} evaluation={evaluation} />}
      <Button variant="subtle" color="red" onClick={() => setDeleting(true)}>
        Delete evaluation
      </Button>
      {edited !== undefined && (
        <ColumnDialog
          column={edited === 'new' ? undefined : columns[edited]}
          names={names}
          onSave={put}
          onClose={() => setEdited(undefined)}
        />
      )}
      {isDeleting && <DeleteEvaluation evaluation={evaluation} onClose={() => setDeleting(false)} />}
    </div>
  );
}

function DeleteEvaluation({
  evaluation,
  onClose,
}: {
  readonly evaluation: Evaluation;
  readonly onClose: () => void;
}) {
  const navigate = useNavigate();
  const remove = useEvaluationChange((pictor, id: string) => pictor.evaluations.remove(id));
  return (
    <ConfirmDialog
      title={`Delete “${evaluation.name}”?`}
      act="Delete evaluation"
      onClose={onClose}
      onConfirm={async () => {
        await remove.mutateAsync(evaluation.id);
        await navigate({ to: '/evaluations' });
      }}
    >
      Its runs, ratings and gates go. The dataset, pictures and requests stay. This cannot be undone.
    </ConfirmDialog>
  );
}
