import { Button } from '@mantine/core';
import { type Model, PictorApiError, type RequestSummary } from '@pictor/sdk';
import { IconPlayerStop, IconZoomReset } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type CSSProperties, Fragment } from 'react';
import { ErrorNotice } from '../common/error-notice.tsx';
import { formatParameterName, formatParameterValue, formatUsd } from '../common/format-values.ts';
import { usePictor } from '../common/pictor-context.ts';
import { CompareCell } from './compare-cell.tsx';
import classes from './comparison-grid.module.css';
import { type DiffChoice, DifferenceView } from './difference-view.tsx';
import type { KeptRun } from './kept-runs.ts';
import { startCell } from './run-cells.ts';
import { columnName, type Place, placeName, placesOf, seedOf } from './setup.ts';
import {
  type CellRequests,
  useCellRequests,
  useFindLostCells,
  useRefreshRequests,
} from './use-cell-requests.ts';
import { useSharedView } from './use-shared-view.ts';
import { isWinner, setWinner } from './winner.ts';

type ComparisonGridProps = {
  readonly runId: string;
  readonly run: KeptRun;
  readonly models: readonly Model[];
  readonly diff: DiffChoice;
};

/** Columns side by side, each row one run; all pictures are panned and zoomed together. */
export function ComparisonGrid({ runId, run, models, diff }: ComparisonGridProps) {
  const { setup, cells } = run;
  const pictor = usePictor();
  const refresh = useRefreshRequests();
  const requests = useCellRequests(run);
  useFindLostCells(runId, run);
  const view = useSharedView();
  const requestAt = (place: Place) => requests.get(placeName(place))?.request;
  const pick = useMutation({
    mutationFn: async ({ place, wins }: { readonly place: Place; readonly wins: boolean }) => {
      const request = requestAt(place);
      if (request === undefined) return;
      const row = setup.columns.map((_column, column) => requestAt({ column, row: place.row }));
      const others = row.filter((each): each is RequestSummary => each !== undefined && each !== request);
      await setWinner(pictor, request, others, wins);
    },
    onSettled: refresh,
  });
  const ratio = ratioOf(requests);
  const style: CSSProperties = {
    gridTemplateColumns: `2.5rem repeat(${setup.columns.length}, minmax(13rem, 1fr))`,
  };
  return (
    <section aria-label="Results" className={classes.results}>
      <Bar run={run} requests={requests} view={view} onStopped={refresh} />
      {pick.error !== null && <ErrorNotice title="The winner was not kept" error={pick.error} />}
      <div className={classes.scroll} data-scrolls-sideways>
        <div className={classes.grid} style={style}>
          <span />
          {setup.columns.map((_column, index) => (
            <ColumnHead key={columnName(index)} run={run} index={index} requests={requests} />
          ))}
          {Array.from({ length: setup.rows }, (_, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
            <Fragment key={row}>
              <span className={classes.row}>{row + 1}</span>
              {setup.columns.map((_column, column) => {
                const place = { column, row };
                const name = placeName(place);
                const known = requests.get(name);
                return (
                  <CompareCell
                    key={name}
                    name={`${columnName(column)}${row + 1}`}
                    cell={cells[name]}
                    request={known?.request}
                    error={known?.error ?? null}
                    seed={seedOf(setup, place, models)}
                    ratio={ratio}
                    moved={view.moved}
                    isChosen={diff.chosen.includes(name)}
                    onChoose={(isChosen) => diff.choose(name, isChosen)}
                    onWin={(wins) => pick.mutate({ place, wins })}
                    onRetry={() => void startCell(pictor, runId, place, models)}
                  />
                );
              })}
            </Fragment>
          ))}
        </div>
      </div>
      <DifferenceView
        diff={diff}
        sides={placesOf(setup).flatMap((place) => {
          const image = requestAt(place)?.images[0];
          const name = `${columnName(place.column)}${place.row + 1}`;
          return image === undefined ? [] : [{ key: placeName(place), name, image }];
        })}
      />
    </section>
  );
}

type BarProps = {
  readonly run: KeptRun;
  readonly requests: CellRequests;
  readonly view: ReturnType<typeof useSharedView>;
  readonly onStopped: () => Promise<void>;
};

function Bar({ run, requests, view, onStopped }: BarProps) {
  const pictor = usePictor();
  const all = [...requests.values()].flatMap(({ request }) => (request === undefined ? [] : [request]));
  const running = all.filter(({ status }) => status === 'running');
  const total = placesOf(run.setup).length;
  const done = all.filter(({ status }) => status === 'succeeded').length;
  const failed = all.filter(({ status }) => status !== 'succeeded' && status !== 'running').length;
  const neverBegun = Object.values(run.cells).filter(({ failure }) => failure !== null).length;
  const cost = all.reduce((sum, request) => sum + (request.cost ?? 0), 0);
  const stop = useMutation({
    mutationFn: () => Promise.all(running.map(({ id }) => pictor.images.cancel(id).catch(unlessOver))),
    onSettled: onStopped,
  });
  return (
    <div className={classes.bar}>
      <p className={classes.state} role="status">
        {done} of {total} made
        {running.length > 0 && `, ${running.length} running`}
        {failed + neverBegun > 0 && `, ${failed + neverBegun} without a picture`}
        {done > 0 && ` · ${cost === 0 ? 'free' : formatUsd(cost)}`}
      </p>
      {stop.error !== null && <ErrorNotice title="Not everything was stopped" error={stop.error} />}
      {!view.isFitted && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconZoomReset size={15} stroke={1.7} aria-hidden />}
          onClick={view.showAll}
        >
          Show all of them
        </Button>
      )}
      {running.length > 0 && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlayerStop size={15} stroke={1.7} aria-hidden />}
          loading={stop.isPending}
          onClick={() => stop.mutate()}
        >
          Stop all
        </Button>
      )}
    </div>
  );
}

/** It ended while the wish to stop it was under way. */
function unlessOver(error: unknown): void {
  if (error instanceof PictorApiError && error.code === 'request_finished') return;
  throw error;
}

type ColumnHeadProps = {
  readonly run: KeptRun;
  readonly index: number;
  readonly requests: CellRequests;
};

function ColumnHead({ run, index, requests }: ColumnHeadProps) {
  const column = run.setup.columns[index];
  const wins = Array.from(
    { length: run.setup.rows },
    (_, row) => requests.get(`${index}.${row}`)?.request,
  ).filter((request) => request !== undefined && isWinner(request)).length;
  const parameters = Object.entries(column?.parameters ?? {});
  return (
    <div className={classes.head}>
      <h2>
        <span>{columnName(index)}</span> {column?.model}
      </h2>
      {parameters.length > 0 && (
        <p>
          {parameters
            .map(([name, value]) => `${formatParameterName(name)} ${formatParameterValue(value)}`)
            .join(', ')}
        </p>
      )}
      <p className={classes.wins} data-some={wins > 0}>
        {wins === 1 ? '1 win' : `${wins} wins`}
      </p>
    </div>
  );
}

/** The shape of the first picture that is there, for all panes. */
function ratioOf(requests: CellRequests): number {
  for (const { request } of requests.values()) {
    const [image] = request?.images ?? [];
    if (image !== undefined) return image.width / image.height;
  }
  return 1;
}
