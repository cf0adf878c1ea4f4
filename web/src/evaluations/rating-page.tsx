import { Loader, Progress } from '@mantine/core';
import type { RatingTask } from '@pictor/sdk';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { EmptyState } from '../common/empty-state.tsx';
import { ErrorNotice } from '../common/error-notice.tsx';
import { PageHeader } from '../common/page-header.tsx';
import { RatingForm } from './rating/rating-form.tsx';
import { useRating } from './rating/use-rating.ts';
import { useEvaluation, useRuns } from './use-evaluations.ts';

/** Pictures for people to rate, one after the other, without a word of what made them. Made for the keyboard. */
export function RatingPage() {
  const { evaluationId } = useParams({ from: '/evaluations/$evaluationId/rate' });
  const search = useSearch({ from: '/evaluations/$evaluationId/rate' });
  const evaluation = useEvaluation(evaluationId);
  const runs = useRuns(evaluationId);
  const runId = search.run ?? runs.data?.data[0]?.id;
  return (
    <>
      <PageHeader
        title={evaluation.data === undefined ? 'Rate' : `Rate “${evaluation.data.name}”`}
        description={
          <Link to="/evaluations/$evaluationId" params={{ evaluationId }} search={{ run: search.run }}>
            Back to the run
          </Link>
        }
      />
      {runId === undefined ? (
        runs.data !== undefined && (
          <EmptyState title="Not run yet">There is nothing to rate before a run.</EmptyState>
        )
      ) : (
        <Tasks key={runId} runId={runId} column={search.column} />
      )}
    </>
  );
}

function Tasks({ runId, column }: { readonly runId: string; readonly column: string | undefined }) {
  const { tasks, rate, failure } = useRating(runId, column);
  if (tasks.error !== null)
    return (
      <ErrorNotice
        title="There is nothing to rate"
        error={tasks.error}
        onRetry={() => void tasks.refetch()}
      />
    );
  if (tasks.data === undefined) return <Loader m="lg" size="sm" color="gray" aria-label="Loading pictures" />;
  const [task] = tasks.data.data;
  const { left, total } = tasks.data;
  if (task === undefined && left > 0)
    return <Loader m="lg" size="sm" color="gray" aria-label="Loading pictures" />;
  if (task === undefined)
    return (
      <EmptyState title={total === 0 ? 'Nothing to rate' : 'All rated'}>
        {total === 0
          ? 'No column of this run asks people.'
          : `You rated all ${total}. The run goes on by itself.`}
      </EmptyState>
    );
  return (
    <div style={{ padding: '0 1.25rem 1.25rem' }}>
      <p role="status">
        {total - left + 1} of {total}
      </p>
      <Progress value={((total - left) / total) * 100} size="xs" aria-label="Rated" />
      {failure !== null && <ErrorNotice title="A rating was not saved" error={failure} />}
      <RatingForm
        key={keyOf(task)}
        task={task}
        onRate={(value, note) =>
          rate({ row: task.row, column: task.column, value, ...(note === '' ? {} : { note }) })
        }
      />
      <Next tasks={tasks.data.data.slice(1, 3)} />
    </div>
  );
}

function keyOf(task: RatingTask): string {
  return `${task.row} ${task.column}`;
}

/** The pictures that come next are loaded while one looks at this one. */
function Next({ tasks }: { readonly tasks: readonly RatingTask[] }) {
  const pictures = tasks.flatMap((task) => task.options.flatMap((option) => option.images));
  return (
    <div hidden>
      {pictures.map((picture) => (
        <img key={picture.id} src={picture.url} alt="" />
      ))}
    </div>
  );
}
