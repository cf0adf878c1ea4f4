import { Button, Checkbox } from '@mantine/core';
import type { RequestSummary } from '@pictor/sdk';
import { IconReload, IconTrophy, IconTrophyFilled } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { ElapsedTime } from '../common/elapsed-time.tsx';
import { ErrorNotice, type FailureFacts } from '../common/error-notice.tsx';
import { formatDuration, formatSize } from '../common/format-values.ts';
import type { MovedView } from '../common/use-pan-zoom.ts';
import { AdjustmentNotes } from '../requests/adjustment-notes.tsx';
import { RequestCost } from '../requests/request-facts.tsx';
import classes from './compare-cell.module.css';
import type { Cell } from './kept-runs.ts';
import { isWinner } from './winner.ts';
import { ZoomPane } from './zoom-pane.tsx';

type CompareCellProps = {
  /** `A1`: its column and row. */
  readonly name: string;
  readonly cell: Cell | undefined;
  readonly request: RequestSummary | undefined;
  readonly error: Error | null;
  readonly seed: number | undefined;
  readonly ratio: number;
  readonly moved: MovedView;
  readonly isChosen: boolean;
  readonly onChoose: (isChosen: boolean) => void;
  readonly onWin: (isWinner: boolean) => void;
  readonly onRetry: () => void;
};

/** One cell: how far it is, its picture, what it cost, and whether it won its row. */
export function CompareCell(props: CompareCellProps) {
  const { name, request, seed, isChosen, onChoose, onWin } = props;
  const image = request?.images[0];
  const won = request !== undefined && isWinner(request);
  return (
    <article className={classes.cell} aria-label={`Cell ${name}`} data-won={won}>
      <Picture {...props} />
      {image !== undefined && (
        <div className={classes.tools}>
          <Button
            size="xs"
            variant={won ? 'filled' : 'default'}
            aria-pressed={won}
            leftSection={
              won ? (
                <IconTrophyFilled size={15} aria-hidden />
              ) : (
                <IconTrophy size={15} stroke={1.7} aria-hidden />
              )
            }
            onClick={() => onWin(!won)}
          >
            {won ? 'Winner' : 'Pick'}
          </Button>
          <Checkbox
            size="xs"
            label="Difference"
            aria-label={`Difference with ${name}`}
            checked={isChosen}
            onChange={(event) => onChoose(event.currentTarget.checked)}
          />
        </div>
      )}
      {request !== undefined && (
        <p className={classes.facts}>
          {seed !== undefined && <span>seed {seed}</span>}
          {image !== undefined && <span>{formatSize(`${image.width}x${image.height}`)}</span>}
          {request.duration_ms !== null && <span>{formatDuration(request.duration_ms)}</span>}
          {request.status !== 'running' && (
            <span>
              <RequestCost request={request} />
            </span>
          )}
          <Link to="/requests/$requestId" params={{ requestId: request.id }}>
            Request
          </Link>
        </p>
      )}
      {request !== undefined && (
        // Streams are the page's own way to ask: that one came in one piece is no news.
        <AdjustmentNotes
          adjustments={request.adjustments.filter(({ parameter }) => parameter !== 'stream')}
          warnings={request.warnings}
        />
      )}
    </article>
  );
}

function Picture({ name, cell, request, error, ratio, moved, onRetry }: CompareCellProps) {
  const image = request?.images[0];
  if (image !== undefined)
    return <ZoomPane image={image} name={`Cell ${name}`} ratio={ratio} moved={moved} />;
  const failure = failureOf(cell, request, error);
  if (failure === null) {
    return (
      <div className={classes.waiting} style={{ aspectRatio: ratio }}>
        <span role="status">{request === undefined ? 'Sending' : 'Drawing'}</span>
        {request !== undefined && <ElapsedTime sinceMs={request.created_at * 1000} />}
      </div>
    );
  }
  return (
    <div className={classes.failed}>
      <ErrorNotice title={titleOf(request)} error={failure} />
      <Button
        size="xs"
        variant="default"
        leftSection={<IconReload size={15} stroke={1.7} aria-hidden />}
        onClick={onRetry}
      >
        Run {name} again
      </Button>
    </div>
  );
}

function titleOf(request: RequestSummary | undefined): string {
  return request?.status === 'cancelled' ? 'Stopped' : 'No picture was made';
}

function failureOf(
  cell: Cell | undefined,
  request: RequestSummary | undefined,
  error: Error | null,
): FailureFacts | Error | null {
  if (cell?.failure != null) return cell.failure;
  if (request === undefined) return error;
  if (request.status === 'running') return null;
  const { error: told, id } = request;
  const message =
    told?.message ?? (request.status === 'cancelled' ? 'It was stopped.' : 'It has no picture.');
  return { message, code: told?.code ?? null, param: told?.param ?? null, requestId: id };
}
