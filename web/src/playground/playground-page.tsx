import { useSearch } from '@tanstack/react-router';
import { useRef } from 'react';
import { usePageTitle } from '../common/use-page-title.ts';
import { useModels } from '../models/use-models.ts';
import { RequestList } from '../requests/request-list.tsx';
import { useRequests } from '../requests/use-requests.ts';
import { Composer } from './composer.tsx';
import { useDraft } from './draft.ts';
import { useOpening } from './open/use-opening.ts';
import classes from './playground-page.module.css';
import { ResultStage } from './result/result-stage.tsx';
import { isGoing, type Run, runStore } from './run/runs.ts';
import { useRunWhere } from './run/use-runs.ts';
import { useShown } from './run/use-shown.ts';
import { useChangeSearch, useSetup } from './setup/use-setup.ts';

/** The first page: write a prompt, choose who draws and how, run it, and see what came. */
export function PlaygroundPage() {
  usePageTitle('Playground');
  const models = useModels();
  const all = models.data ?? [];
  const setup = useSetup(all);
  const [draft, changeDraft] = useDraft();
  const changeSearch = useChangeSearch();
  const search = useSearch({ from: '/' });
  const promptRef = useRef<HTMLTextAreaElement>(null);
  const openingError = useOpening({
    models: models.data,
    changeDraft,
    choose: setup.choose,
    changeSearch,
    opened: draft.opened,
  });
  const isRunning = useRunWhere(findGoing) !== undefined;
  const requests = useRequests(isRunning);
  const shown = useShown(changeSearch, requests.data?.pages[0]?.data[0]?.id);

  const write = (prompt: string): void => {
    changeDraft({ prompt });
    promptRef.current?.focus();
  };
  return (
    <div className={classes.page}>
      <div className={classes.composer}>
        <Composer
          models={models}
          setup={setup}
          draft={draft}
          changeDraft={changeDraft}
          promptRef={promptRef}
          isRunning={isRunning}
          openingError={openingError}
          isPainting={search.mask === 1}
          onPaint={(isOpen) => changeSearch(() => ({ mask: isOpen ? 1 : undefined }))}
          onStarted={(run) => changeSearch(() => ({ run, request: undefined, response: undefined }))}
        />
      </div>
      <ResultStage
        shown={shown}
        isReady={requests.data !== undefined}
        onReuse={(id) => changeSearch(() => ({ from: id }))}
        onExample={write}
      />
      <div className={classes.requests}>
        <RequestList requests={requests} shownId={shown.type === 'request' ? shown.id : undefined} />
      </div>
    </div>
  );
}

/** A run of this page that goes on; undefined: none does. */
function findGoing(): Run | undefined {
  return runStore.find(isGoing);
}
