import { Button, Progress } from '@mantine/core';
import type { Evaluation, EvaluationRun, RerunBody } from '@pictor/sdk';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ConfirmDialog } from '../../common/confirm-dialog.tsx';
import { ErrorNotice } from '../../common/error-notice.tsx';
import { formatDuration, formatUsd } from '../../common/format-values.ts';
import { isBusy, useEvaluationChange } from '../use-evaluations.ts';
import { VerdictMark } from '../verdict-mark.tsx';
import classes from './run-state.module.css';

type RunStateProps = { readonly evaluation: Evaluation; readonly run: EvaluationRun };

const words: Readonly<Record<EvaluationRun['status'], string>> = {
  queued: 'Waiting to begin',
  running: 'Running',
  waiting: 'Waiting for people',
  completed: 'Completed',
  cancelled: 'Cancelled',
  failed: 'Failed',
};

/** How far a run is, what it cost so far, and what can be done with it. */
export function RunState({ evaluation, run }: RunStateProps) {
  const { progress } = run;
  const ended = progress.done + progress.failed + progress.skipped;
  const share = progress.cells === 0 ? 0 : (ended / progress.cells) * 100;
  return (
    <section className={classes.state} aria-label="Run">
      <div className={classes.line}>
        <strong>{words[run.status]}</strong>
        <VerdictMark verdict={run.verdict} score={run.score} />
        <span role="status">
          {ended} of {progress.cells} cells
          {progress.failed > 0 && `, ${progress.failed} failed`}
          {progress.skipped > 0 && `, ${progress.skipped} skipped`}
          {progress.waiting > 0 && `, ${progress.waiting} for people`}
        </span>
        <span>{describeCost(run)}</span>
        {progress.seconds_left !== null && isBusy(run) && (
          <span>about {formatDuration(progress.seconds_left * 1000)} left</span>
        )}
        <Actions evaluation={evaluation} run={run} />
      </div>
      {isBusy(run) && <Progress value={share} size="sm" aria-label="Cells that are done" />}
      {run.reason !== null && <p className={classes.reason}>{run.reason}</p>}
    </section>
  );
}

function describeCost(run: EvaluationRun): string {
  const cap = run.cost_cap === null ? '' : ` of at most ${formatUsd(run.cost_cap)}`;
  const unknown = run.unknown_cost_cells === 0 ? '' : `, ${run.unknown_cost_cells} cells of unknown cost`;
  return `${formatUsd(run.cost)}${cap}${unknown}`;
}

function Actions({ evaluation, run }: RunStateProps) {
  const [isDeleting, setDeleting] = useState(false);
  const cancel = useEvaluationChange((pictor, id: string) => pictor.evaluations.runs.cancel(id));
  const rerun = useEvaluationChange((pictor, body: RerunBody) => pictor.evaluations.runs.rerun(run.id, body));
  const remove = useEvaluationChange((pictor, id: string) => pictor.evaluations.runs.remove(id));
  const failure = cancel.error ?? rerun.error;
  const isStale = run.stale.columns.length > 0 || run.stale.dataset;
  if (isBusy(run))
    return (
      <Button
        size="compact-sm"
        variant="default"
        loading={cancel.isPending}
        onClick={() => cancel.mutate(run.id)}
      >
        Stop
      </Button>
    );
  return (
    <>
      {run.progress.waiting > 0 && (
        <Button
          size="compact-sm"
          renderRoot={(props) => (
            <Link
              {...props}
              to="/evaluations/$evaluationId/rate"
              params={{ evaluationId: evaluation.id }}
              search={{ run: run.id }}
            />
          )}
        >
          Rate {run.progress.waiting}
        </Button>
      )}
      {run.progress.failed + run.progress.skipped > 0 && (
        <Button
          size="compact-sm"
          variant="default"
          loading={rerun.isPending}
          onClick={() => rerun.mutate({ only: 'failed' })}
        >
          Run failed cells again
        </Button>
      )}
      {isStale && (
        <Button
          size="compact-sm"
          variant="default"
          title={describeStale(run)}
          loading={rerun.isPending}
          onClick={() => rerun.mutate({ only: 'stale' })}
        >
          Run stale cells again
        </Button>
      )}
      <Button size="compact-sm" variant="subtle" color="red" onClick={() => setDeleting(true)}>
        Delete run
      </Button>
      {failure !== null && <ErrorNotice title="That did not work" error={failure} />}
      {isDeleting && (
        <ConfirmDialog
          title={`Delete run ${run.number}?`}
          act="Delete run"
          onClose={() => setDeleting(false)}
          onConfirm={() => remove.mutateAsync(run.id)}
        >
          Its cells, ratings and results go. Pictures and requests stay. This cannot be undone.
        </ConfirmDialog>
      )}
    </>
  );
}

function describeStale({ stale }: EvaluationRun): string {
  const columns = stale.columns.length === 0 ? [] : [`changed since: ${stale.columns.join(', ')}`];
  return [...columns, ...(stale.dataset ? ['the dataset has a newer version'] : [])].join('; ');
}
