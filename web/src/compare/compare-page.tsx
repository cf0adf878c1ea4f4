import { Button, Loader } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ErrorNotice } from '../common/error-notice.tsx';
import { PageHeader } from '../common/page-header.tsx';
import { usePictor } from '../common/pictor-context.ts';
import { useGenerationModels } from '../models/use-models.ts';
import classes from './compare-page.module.css';
import { type CompareSearch, longestPromptOfAddress, readIds } from './compare-search.ts';
import { ComparisonGrid } from './comparison-grid.tsx';
import type { DiffChoice } from './difference-view.tsx';
import { ImageComparison } from './image-comparison.tsx';
import { type KeptRun, useKeptRun } from './kept-runs.ts';
import { startRun } from './run-cells.ts';
import { firstColumns, type Setup, toSetup } from './setup.ts';
import { SetupForm } from './setup-form.tsx';
import { useComparedPrompt } from './use-compared-prompt.ts';
import { useFromRequest } from './use-from-request.ts';

/** The same prompt on several models or with other parameters, side by side; or stored images side by side. */
export function ComparePage() {
  const search = useSearch({ from: '/compare' });
  const change = useChangeSearch();
  const diff = toDiffChoice(search, change);
  if (search.images !== undefined) {
    return (
      <>
        <PageHeader
          title="Compare images"
          description="Side by side, zoomed together, and one against the other."
          actions={
            <Button
              variant="default"
              size="xs"
              onClick={() => change({ images: undefined, diff: undefined })}
            >
              Compare models instead
            </Button>
          }
        />
        <div className={classes.page}>
          <ImageComparison ids={readIds(search.images)} diff={diff} />
        </div>
      </>
    );
  }
  return (
    <>
      <PageHeader
        title="Compare"
        description="The same prompt on up to four models, or on one with other parameters. Pick the winner of each row; the picks are kept with the requests."
      />
      <div className={classes.page}>
        <ModelComparison search={search} change={change} diff={diff} />
      </div>
    </>
  );
}

type ModelComparisonProps = {
  readonly search: CompareSearch;
  readonly change: (search: Partial<CompareSearch>) => void;
  readonly diff: DiffChoice;
};

function ModelComparison({ search, change, diff }: ModelComparisonProps) {
  const pictor = usePictor();
  const models = useGenerationModels();
  const [prompt, writePrompt] = useComparedPrompt(search.prompt, change);
  const opening = useFromRequest(search.from, (opened) => {
    writePrompt(opened.prompt);
    change({ ...opened.search, from: undefined });
  });
  const kept = useKeptRun(search.run);
  if (models.error !== null) {
    return (
      <ErrorNotice
        title="Models could not be loaded"
        error={models.error}
        onRetry={() => void models.refetch()}
      />
    );
  }
  if (models.data === undefined || opening.isPending) {
    return <Loader size="sm" color="gray" aria-label="Opening the comparison" />;
  }
  const known = models.data;
  const setup = toSetup(search, prompt, firstColumns(known));
  const run = (): void => {
    const id = startRun(pictor, { ...setup, prompt: prompt.trim() }, known);
    change({
      run: id,
      diff: undefined,
      columns: setup.columns,
      prompt: prompt.length <= longestPromptOfAddress ? prompt : undefined,
    });
  };
  return (
    <>
      {opening.error !== null && (
        <ErrorNotice title="The request could not be opened here" error={opening.error} />
      )}
      <SetupForm setup={setup} models={known} onPrompt={writePrompt} onChange={change} onRun={run} />
      {search.run !== undefined && (
        <ComparisonGrid
          key={search.run}
          runId={search.run}
          run={kept ?? toUnknownRun(setup)}
          models={known}
          diff={diff}
        />
      )}
    </>
  );
}

/** A run that this browser does not know. */
function toUnknownRun(setup: Setup): KeptRun {
  return { setup, cells: {} };
}

/** Changes members of the address and leaves the others. */
function useChangeSearch() {
  const navigate = useNavigate({ from: '/compare' });
  return (change: Partial<CompareSearch>): void => {
    // Only another run makes a step to go back to.
    void navigate({
      search: (now) => ({ ...now, ...change }),
      replace: change.run === undefined,
      resetScroll: false,
    });
  };
}

function toDiffChoice(search: CompareSearch, change: ModelComparisonProps['change']): DiffChoice {
  const chosen = search.diff?.split(',').slice(0, 2) ?? [];
  return {
    chosen,
    choose: (key, isChosen) => {
      const others = chosen.filter((each) => each !== key);
      // A third one takes the place of the older of the two.
      const next = isChosen ? [...others.slice(-1), key] : others;
      change({ diff: next.length === 0 ? undefined : next.join(',') });
    },
    clear: () => change({ diff: undefined }),
  };
}
