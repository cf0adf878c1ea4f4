import { Button, Loader, Tabs } from '@mantine/core';
import type { Evaluation, EvaluationRun } from '@pictor/sdk';
import { IconPlayerPlay } from '@tabler/icons-react';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { EmptyState } from '../common/empty-state.tsx';
import { ErrorNotice } from '../common/error-notice.tsx';
import { PageHeader } from '../common/page-header.tsx';
import { useDataset } from '../datasets/use-datasets.ts';
import classes from './evaluation-page.module.css';
import { type EvaluationTab, evaluationTabs } from './evaluation-search.ts';
import { RunPanel } from './grid/run-panel.tsx';
import { RunSelect } from './run-select.tsx';
import { StartRunDialog } from './start-run-dialog.tsx';
import { useEvaluation, useRuns } from './use-evaluations.ts';

const SetupPanel = lazy(async () => ({ default: (await import('./setup/setup-panel.tsx')).SetupPanel }));
const ScorecardPanel = lazy(async () => ({
  default: (await import('./results/scorecard-panel.tsx')).ScorecardPanel,
}));
const HistoryPanel = lazy(async () => ({
  default: (await import('./results/history-panel.tsx')).HistoryPanel,
}));
const ComparePanel = lazy(async () => ({
  default: (await import('./results/compare-panel.tsx')).ComparePanel,
}));
const GatesPanel = lazy(async () => ({ default: (await import('./gates/gates-panel.tsx')).GatesPanel }));

const tabNames: Readonly<Record<EvaluationTab, string>> = {
  grid: 'Grid',
  setup: 'Columns',
  scorecard: 'Scorecard',
  history: 'History',
  compare: 'Compare runs',
  gates: 'Release gates',
};

/** One evaluation: its columns, its runs, and what they say. */
export function EvaluationPage() {
  const { evaluationId } = useParams({ from: '/evaluations/$evaluationId' });
  const { data, error, refetch } = useEvaluation(evaluationId);
  if (error !== null)
    return (
      <>
        <PageHeader title="Evaluation" />
        <ErrorNotice
          title="This evaluation could not be loaded"
          error={error}
          onRetry={() => void refetch()}
        />
      </>
    );
  if (data === undefined) return <Loader m="lg" size="sm" color="gray" aria-label="Loading the evaluation" />;
  return <Opened key={data.id} evaluation={data} />;
}

function Opened({ evaluation }: { readonly evaluation: Evaluation }) {
  const search = useSearch({ from: '/evaluations/$evaluationId' });
  const navigate = useNavigate({ from: '/evaluations/$evaluationId' });
  const runs = useRuns(evaluation.id);
  const dataset = useDataset(evaluation.dataset);
  const [isStarting, setStarting] = useState(false);
  const list = runs.data?.data ?? [];
  const run = list.find(({ id }) => id === search.run) ?? list[0];
  const tab = search.tab ?? (evaluation.columns.length === 0 ? 'setup' : 'grid');
  const show = (chosen: string | null): void => {
    const next = evaluationTabs.find((each) => each === chosen);
    void navigate({ search: (now) => ({ ...now, tab: next, row: undefined }) });
  };
  return (
    <>
      <PageHeader
        title={evaluation.name}
        description={
          <>
            <Link to="/evaluations">Evaluations</Link> · runs over{' '}
            <Link to="/datasets/$datasetId" params={{ datasetId: evaluation.dataset }}>
              {dataset.data?.name ?? 'its dataset'}
            </Link>
            {evaluation.description !== null && ` · ${evaluation.description}`}
          </>
        }
        actions={
          <>
            {run !== undefined && <RunSelect runs={list} shown={run} />}
            <Button
              leftSection={<IconPlayerPlay size={16} aria-hidden />}
              disabled={evaluation.columns.length === 0}
              onClick={() => setStarting(true)}
            >
              Run
            </Button>
          </>
        }
      />
      {runs.error !== null && <ErrorNotice title="The runs could not be loaded" error={runs.error} />}
      <Tabs value={tab} onChange={show} keepMounted={false} className={classes.tabs}>
        <Tabs.List className={classes.list}>
          {evaluationTabs.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {tabNames[each]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab}>
          <Suspense fallback={<Loader m="lg" size="sm" color="gray" aria-label="Loading" />}>
            <Panel
              tab={tab}
              evaluation={evaluation}
              runs={list}
              run={run}
              isLoading={runs.data === undefined}
              onStart={() => setStarting(true)}
            />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
      {isStarting && (
        <StartRunDialog
          evaluation={evaluation}
          onClose={() => setStarting(false)}
          onStarted={(started) => {
            setStarting(false);
            void navigate({ search: { run: started.id } });
          }}
        />
      )}
    </>
  );
}

type PanelProps = {
  readonly tab: EvaluationTab;
  readonly evaluation: Evaluation;
  readonly runs: readonly EvaluationRun[];
  readonly run: EvaluationRun | undefined;
  readonly isLoading: boolean;
  readonly onStart: () => void;
};

function Panel({ tab, evaluation, runs, run, isLoading, onStart }: PanelProps) {
  if (tab === 'setup') return <SetupPanel evaluation={evaluation} />;
  if (tab === 'gates') return <GatesPanel evaluation={evaluation} />;
  if (run === undefined) return isLoading ? null : <NoRun evaluation={evaluation} onStart={onStart} />;
  switch (tab) {
    case 'grid':
      return <RunPanel evaluation={evaluation} run={run} />;
    case 'scorecard':
      return <ScorecardPanel run={run} />;
    case 'history':
      return <HistoryPanel runs={runs} />;
    case 'compare':
      return <ComparePanel runs={runs} run={run} />;
  }
}

function NoRun({ evaluation, onStart }: { readonly evaluation: Evaluation; readonly onStart: () => void }) {
  if (evaluation.columns.length === 0)
    return (
      <EmptyState title="No columns yet">
        Add columns under “Columns”: what is done with every row, from left to right.
      </EmptyState>
    );
  return (
    <EmptyState title="Not run yet" actions={<Button onClick={onStart}>See what a run costs</Button>}>
      A run works through every row in the background. It can be stopped, and goes on after a restart.
    </EmptyState>
  );
}
