import { Button, Loader, Modal } from '@mantine/core';
import type { EvaluationCell, EvaluationRow, EvaluationRun, PictureReference } from '@pictor/sdk';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { KeyboardEvent } from 'react';
import { ErrorNotice } from '../../common/error-notice.tsx';
import { formatDuration, formatUsd } from '../../common/format-values.ts';
import { ToolButton } from '../../common/tool-button.tsx';
import { writeValue } from '../../datasets/read-value.ts';
import { isBusy, useEvaluationChange, useRunRow } from '../use-evaluations.ts';
import { VerdictMark } from '../verdict-mark.tsx';
import classes from './row-view.module.css';
import { writeCellValue } from './write-cell-value.ts';

type RowViewProps = {
  readonly run: EvaluationRun;
  readonly rowId: string;
  /** Those that the arrow keys go through, in their order. */
  readonly rowIds: readonly string[];
  readonly onRow: (rowId: string) => void;
  readonly onClose: () => void;
};

/** One row, large: its pictures side by side, every value with its evidence. Arrow keys go to the rows beside it. */
export function RowView({ run, rowId, rowIds, onRow, onClose }: RowViewProps) {
  const { data: row, error } = useRunRow(run.id, rowId);
  const at = rowIds.indexOf(rowId);
  const go = (step: number): void => {
    const next = rowIds[at + step];
    if (next !== undefined) onRow(next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowLeft' || event.key === 'k') go(-1);
    if (event.key === 'ArrowRight' || event.key === 'j') go(1);
  };
  return (
    <Modal.Root opened size="90rem" onClose={onClose} transitionProps={{ duration: 0 }}>
      <Modal.Overlay />
      <Modal.Content onKeyDown={onKeyDown}>
        <Modal.Header>
          <Modal.Title>{row === undefined ? 'Row' : `Row ${row.position + 1}`}</Modal.Title>
          <span className={classes.tools}>
            <ToolButton label="Row before" hint="←" onClick={() => go(-1)} isOff={at <= 0}>
              <IconChevronLeft size={18} aria-hidden />
            </ToolButton>
            <ToolButton
              label="Next row"
              hint="→"
              onClick={() => go(1)}
              isOff={at < 0 || at >= rowIds.length - 1}
              isFirst
            >
              <IconChevronRight size={18} aria-hidden />
            </ToolButton>
            <Modal.CloseButton aria-label="Close" />
          </span>
        </Modal.Header>
        <Modal.Body>
          {error !== null && <ErrorNotice title="This row could not be loaded" error={error} />}
          {row === undefined && error === null && (
            <Loader size="sm" color="gray" aria-label="Loading the row" />
          )}
          {row !== undefined && <Row run={run} row={row} />}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function Row({ run, row }: { readonly run: EvaluationRun; readonly row: EvaluationRow }) {
  return (
    <>
      <p className={classes.verdict}>
        <VerdictMark verdict={row.verdict} score={row.score} />
      </p>
      <dl className={classes.values}>
        {Object.entries(row.values).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{row.images[name] === undefined ? writeValue(value) : <Pictures of={row.images[name]} />}</dd>
          </div>
        ))}
      </dl>
      <div className={classes.cells}>
        {run.columns.map((column) => {
          const cell = row.cells.find((each) => each.column === column.id);
          return (
            <section key={column.id ?? column.name} className={classes.cell} aria-label={column.name}>
              <h3>{column.name}</h3>
              {cell === undefined ? <p>Not begun.</p> : <Cell run={run} rowId={row.id} cell={cell} />}
            </section>
          );
        })}
      </div>
    </>
  );
}

type CellProps = { readonly run: EvaluationRun; readonly rowId: string; readonly cell: EvaluationCell };

function Cell({ run, rowId, cell }: CellProps) {
  const rerun = useEvaluationChange((pictor, body: { row: string; column: string }) =>
    pictor.evaluations.runs.rerun(run.id, { only: 'cells', cells: [body] }),
  );
  const value = writeCellValue(cell);
  return (
    <>
      {cell.images.length > 0 && <Pictures of={cell.images} />}
      {cell.passed !== null && <VerdictMark verdict={cell.passed ? 'pass' : 'fail'} score={cell.score} />}
      {value !== '' && <p className={classes.value}>{value}</p>}
      {cell.error !== null && (
        <ErrorNotice
          title={cell.status === 'skipped' ? 'Skipped' : 'Failed'}
          error={{ ...cell.error, param: null, requestId: cell.request }}
        />
      )}
      <Evidence evidence={cell.evidence} />
      <p className={classes.facts}>
        {cell.status}
        {cell.cost_nano_usd !== 0 && ` · ${cell.cost === null ? 'cost unknown' : formatUsd(cell.cost)}`}
        {cell.duration_ms !== null && ` · ${formatDuration(cell.duration_ms)}`}
        {cell.attempt > 1 && ` · attempt ${cell.attempt}`}
        {cell.request !== null && (
          <>
            {' · '}
            <Link to="/requests/$requestId" params={{ requestId: cell.request }}>
              request
            </Link>
          </>
        )}
      </p>
      {!isBusy(run) && (
        <Button
          size="compact-xs"
          variant="default"
          loading={rerun.isPending}
          onClick={() => rerun.mutate({ row: rowId, column: cell.column })}
        >
          Run this cell again
        </Button>
      )}
      {rerun.error !== null && <ErrorNotice title="It does not run again" error={rerun.error} />}
    </>
  );
}

function Evidence({ evidence }: { readonly evidence: unknown }) {
  if (evidence === null || evidence === undefined) return null;
  const text = typeof evidence === 'string' ? evidence : JSON.stringify(evidence, null, 2);
  if (text === '{}' || text === '[]') return null;
  return (
    <details className={classes.evidence} open={text.length < 600}>
      <summary>Evidence</summary>
      <pre>{text}</pre>
    </details>
  );
}

function Pictures({ of }: { readonly of: readonly PictureReference[] }) {
  return (
    <span className={classes.pictures}>
      {of.map((picture) => (
        <a key={picture.id} href={picture.url} target="_blank" rel="noreferrer">
          <img src={picture.url} alt={picture.id} loading="lazy" />
        </a>
      ))}
    </span>
  );
}
