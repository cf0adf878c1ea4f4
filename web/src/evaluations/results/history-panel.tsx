import type { EvaluationRun } from '@pictor/sdk';
import { Link, useParams } from '@tanstack/react-router';
import { formatUsd } from '../../common/format-values.ts';
import { PlainTable } from '../../common/plain-table.tsx';
import { RelativeTime } from '../../common/relative-time.tsx';
import { formatScore, VerdictMark } from '../verdict-mark.tsx';
import classes from './history-panel.module.css';

type HistoryPanelProps = {
  /** Newest first. */
  readonly runs: readonly EvaluationRun[];
};

/** How the score went from run to run. */
export function HistoryPanel({ runs }: HistoryPanelProps) {
  const { evaluationId } = useParams({ from: '/evaluations/$evaluationId' });
  return (
    <div className={classes.panel}>
      <Chart runs={runs} />
      <PlainTable label="Runs" heads={['Run', 'Result', 'Dataset', 'Begun by', 'Cost', 'When']}>
        {runs.map((run) => (
          <tr key={run.id}>
            <td>
              <Link to="/evaluations/$evaluationId" params={{ evaluationId }} search={{ run: run.id }}>
                {run.name === null ? `Run ${run.number}` : `Run ${run.number}: ${run.name}`}
              </Link>
            </td>
            <td>
              {run.status === 'completed' ? (
                <VerdictMark verdict={run.verdict} score={run.score} />
              ) : (
                run.status
              )}
            </td>
            <td>Version {run.dataset_version}</td>
            <td>{run.trigger === 'gate' ? 'a new prompt version' : 'hand'}</td>
            <td>{formatUsd(run.cost)}</td>
            <td>
              <RelativeTime at={run.created_at} />
            </td>
          </tr>
        ))}
      </PlainTable>
    </div>
  );
}

const wide = 640;
const high = 160;
const inset = 12;

/** Scores from 0 to 100 %, the oldest run at the left. The table beneath says the same in words. */
function Chart({ runs }: HistoryPanelProps) {
  const scored = runs.flatMap((run) => (run.score === null ? [] : [{ run, score: run.score }])).toReversed();
  if (scored.length < 2) return null;
  const points = scored.map(({ run, score }, index) => ({
    run,
    score,
    x: inset + (index / (scored.length - 1)) * (wide - 2 * inset),
    y: inset + (1 - score) * (high - 2 * inset),
  }));
  return (
    <svg
      className={classes.chart}
      viewBox={`0 0 ${wide} ${high}`}
      role="img"
      aria-label="Score from run to run"
    >
      {[0, 0.5, 1].map((score) => {
        const y = inset + (1 - score) * (high - 2 * inset);
        return <line key={score} className={classes.grid} x1={inset} x2={wide - inset} y1={y} y2={y} />;
      })}
      <polyline className={classes.line} points={points.map(({ x, y }) => `${x},${y}`).join(' ')} />
      {points.map(({ run, score, x, y }) => (
        <circle key={run.id} className={classes.point} data-verdict={run.verdict} cx={x} cy={y} r={4}>
          <title>{`Run ${run.number}: ${formatScore(score)}`}</title>
        </circle>
      ))}
    </svg>
  );
}
