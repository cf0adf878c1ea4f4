import { Button, NativeSelect } from '@mantine/core';
import type { Evaluation, EvaluationRun } from '@pictor/sdk';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ErrorNotice } from '../../common/error-notice.tsx';
import type { GridSort } from '../evaluation-search.ts';
import { useRunRows } from '../use-evaluations.ts';
import { RowView } from './row-view.tsx';
import { RunGrid } from './run-grid.tsx';
import classes from './run-panel.module.css';
import { RunState } from './run-state.tsx';

type RunPanelProps = { readonly evaluation: Evaluation; readonly run: EvaluationRun };

const sorts = [
  { value: 'position', label: 'In order' },
  { value: 'worst', label: 'Worst first' },
  { value: 'best', label: 'Best first' },
] as const;

const verdictNames = {
  pass: 'Pass',
  warn: 'Warning',
  fail: 'Fail',
  error: 'Error',
  skipped: 'Skipped',
} as const;

/** A run: how far it is, and its rows by its columns. */
export function RunPanel({ evaluation, run }: RunPanelProps) {
  const search = useSearch({ from: '/evaluations/$evaluationId' });
  const navigate = useNavigate({ from: '/evaluations/$evaluationId' });
  const sort: GridSort = search.sort ?? 'position';
  const rows = useRunRows(run, { sort, verdict: search.verdict });
  const loaded = rows.data?.pages.flatMap((page) => page.data) ?? [];
  const open = (id: string | undefined): void =>
    void navigate({ search: (now) => ({ ...now, row: id }), resetScroll: false });
  return (
    <div className={classes.panel}>
      <RunState evaluation={evaluation} run={run} />
      <div className={classes.tools}>
        <NativeSelect
          aria-label="Order of rows"
          size="xs"
          data={[...sorts]}
          value={sort}
          onChange={(event) => {
            const chosen = sorts.find(({ value }) => value === event.currentTarget.value)?.value;
            void navigate({
              search: (now) => ({ ...now, sort: chosen === 'position' ? undefined : chosen }),
              replace: true,
            });
          }}
        />
        {Object.entries(verdictNames).map(([verdict, name]) => (
          <VerdictFilter
            key={verdict}
            verdict={verdict}
            name={name}
            run={run}
            isOn={search.verdict === verdict}
          />
        ))}
      </div>
      {rows.error !== null && (
        <ErrorNotice
          title="The rows could not be loaded"
          error={rows.error}
          onRetry={() => void rows.refetch()}
        />
      )}
      {rows.data !== undefined && (
        <RunGrid
          run={run}
          rows={loaded}
          total={rows.data.pages[0]?.total ?? 0}
          hasMore={rows.hasNextPage}
          onEnd={() => void (rows.isFetchingNextPage || rows.fetchNextPage())}
          onOpen={open}
        />
      )}
      {search.row !== undefined && (
        <RowView
          run={run}
          rowId={search.row}
          rowIds={loaded.map(({ id }) => id)}
          onRow={open}
          onClose={() => open(undefined)}
        />
      )}
    </div>
  );
}

type VerdictFilterProps = {
  readonly verdict: string;
  readonly name: string;
  readonly run: EvaluationRun;
  readonly isOn: boolean;
};

/** How many rows have a verdict; pressed, only those are shown. */
function VerdictFilter({ verdict, name, run, isOn }: VerdictFilterProps) {
  const navigate = useNavigate({ from: '/evaluations/$evaluationId' });
  const count = Object.entries(run.verdicts).find(([each]) => each === verdict)?.[1] ?? 0;
  if (count === 0 && !isOn) return null;
  return (
    <Button
      size="compact-xs"
      variant={isOn ? 'filled' : 'default'}
      aria-pressed={isOn}
      onClick={() =>
        void navigate({
          search: (now) => ({ ...now, verdict: isOn ? undefined : verdict, row: undefined }),
          replace: true,
        })
      }
    >
      {name} {count}
    </Button>
  );
}
