import { Loader, NativeSelect } from '@mantine/core';
import type { EvaluationRun, RunComparison } from '@pictor/sdk';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { EmptyState } from '../../common/empty-state.tsx';
import { ErrorNotice } from '../../common/error-notice.tsx';
import { PlainTable } from '../../common/plain-table.tsx';
import { nameOfRun } from '../run-select.tsx';
import { useComparison } from '../use-evaluations.ts';
import { formatScore, VerdictMark } from '../verdict-mark.tsx';
import classes from './scorecard-panel.module.css';

type ComparePanelProps = { readonly runs: readonly EvaluationRun[]; readonly run: EvaluationRun };

/** The run against an earlier one: what changed, and how sure that is. */
export function ComparePanel({ runs, run }: ComparePanelProps) {
  const search = useSearch({ from: '/evaluations/$evaluationId' });
  const navigate = useNavigate({ from: '/evaluations/$evaluationId' });
  const others = runs.filter((other) => other.id !== run.id && other.dataset === run.dataset);
  const before = others.find((other) => other.id === search.with) ?? others[0];
  if (before === undefined)
    return (
      <EmptyState title="One run so far">
        Change a prompt, a model or a column, run again, and see here what became better and worse, row by
        row.
      </EmptyState>
    );
  return (
    <div className={classes.panel}>
      <NativeSelect
        className={classes.note ?? ''}
        label="Compared with"
        data={others.map((other) => ({ value: other.id, label: nameOfRun(other) }))}
        value={before.id}
        onChange={(event) => {
          const { value } = event.currentTarget;
          void navigate({ search: (now) => ({ ...now, with: value }) });
        }}
      />
      <Comparison run={run} before={before} />
    </div>
  );
}

function Comparison({ run, before }: { readonly run: EvaluationRun; readonly before: EvaluationRun }) {
  const { data, error } = useComparison(run.id, before.id);
  if (error !== null) return <ErrorNotice title="They could not be compared" error={error} />;
  if (data === undefined) return <Loader m="lg" size="sm" color="gray" aria-label="Comparing" />;
  return (
    <>
      <p className={classes.overall}>
        <span>{data.better} rows better</span>
        <span>{data.worse} worse</span>
        <span>{data.unchanged} unchanged</span>
      </p>
      <PlainTable label="Differences" heads={['', 'Before', 'After', 'Difference', '95 % interval', 'Rows']}>
        <DifferenceRow difference={data.overall} />
        {data.steps.map((step) => (
          <DifferenceRow key={step.title} difference={step} />
        ))}
      </PlainTable>
      <h2 className={classes.title}>Rows that changed most</h2>
      <Changed comparison={data} run={run} />
    </>
  );
}

function DifferenceRow({ difference }: { readonly difference: RunComparison['overall'] }) {
  const { title, before, after, interval, rows } = difference;
  return (
    <tr>
      <th scope="row">{title}</th>
      <td>{before === null ? '–' : formatScore(before)}</td>
      <td>{after === null ? '–' : formatScore(after)}</td>
      <td>{difference.difference === null ? '–' : formatChange(difference.difference)}</td>
      <td>{interval === null ? '–' : `${formatChange(interval[0])} to ${formatChange(interval[1])}`}</td>
      <td>{rows}</td>
    </tr>
  );
}

function Changed({ comparison, run }: { readonly comparison: RunComparison; readonly run: EvaluationRun }) {
  const { evaluationId } = useParams({ from: '/evaluations/$evaluationId' });
  return (
    <PlainTable label="Changed rows" heads={['Row', 'Before', 'After', 'Difference']}>
      {comparison.rows.map((row) => (
        <tr key={row.id}>
          <td>
            <Link
              to="/evaluations/$evaluationId"
              params={{ evaluationId }}
              search={{ run: run.id, tab: 'grid', row: row.id }}
            >
              Row {row.position + 1}
            </Link>
          </td>
          <td>
            <VerdictMark verdict={row.before.verdict} score={row.before.score} />
          </td>
          <td>
            <VerdictMark verdict={row.after.verdict} score={row.after.score} />
          </td>
          <td>{row.difference === null ? '–' : formatChange(row.difference)}</td>
        </tr>
      ))}
    </PlainTable>
  );
}

/** Percentage points with their sign: `+4.2`. */
function formatChange(change: number): string {
  const points = change * 100;
  return `${points > 0 ? '+' : ''}${points.toFixed(1)}`;
}
