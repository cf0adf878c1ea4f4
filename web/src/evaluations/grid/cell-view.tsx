import type { EvaluationCell } from '@pictor/sdk';
import classes from './cell-view.module.css';
import { writeCellValue } from './write-cell-value.ts';

const stateNames: Readonly<Record<EvaluationCell['status'], string>> = {
  queued: 'Waiting',
  running: 'Running …',
  done: 'Done',
  failed: 'Failed',
  skipped: 'Skipped',
  waiting: 'For people',
};

type CellViewProps = {
  /** Absent: it has not begun. */
  readonly cell: EvaluationCell | undefined;
};

/** One cell of the grid: its picture, or its value in words, in the colour of what it says. */
export function CellView({ cell }: CellViewProps) {
  if (cell === undefined) return <span className={classes.cell}>–</span>;
  return (
    <span className={classes.cell} data-tone={toneOf(cell)}>
      {cell.stale && <span className={classes.stale}>stale</span>}
      <Content cell={cell} />
    </span>
  );
}

function Content({ cell }: { readonly cell: EvaluationCell }) {
  const [picture, ...others] = cell.images;
  if (cell.status !== 'done')
    return (
      <span className={classes.text} title={cell.error?.message}>
        {cell.error === null ? stateNames[cell.status] : `${stateNames[cell.status]}: ${cell.error.message}`}
      </span>
    );
  // What measures or judges pictures names them as evidence; what it says of them matters here.
  if (picture !== undefined && cell.passed === null && cell.score === null)
    return (
      <span className={classes.pictures}>
        <img src={picture.thumbnail_url} alt="" height={88} loading="lazy" />
        {others.length > 0 && <span>+{others.length}</span>}
      </span>
    );
  return (
    <span className={classes.text}>
      {cell.passed !== null && <strong>{cell.passed ? 'Yes' : 'No'}</strong>} {writeCellValue(cell)}
    </span>
  );
}

function toneOf(cell: EvaluationCell): string | undefined {
  if (cell.status === 'failed') return 'bad';
  if (cell.passed === null) return undefined;
  return cell.passed ? 'good' : 'bad';
}
