import type { RequestSummary } from '@pictor/sdk';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { ErrorNotice } from '../common/error-notice.tsx';
import { RunningNotice } from '../common/running-notice.tsx';
import { useDraft } from '../common/use-draft.ts';
import { useGenerationModels } from '../models/use-models.ts';
import { RequestList } from '../requests/request-list.tsx';
import { RequestView } from '../requests/request-view.tsx';
import { useRequests } from '../requests/use-requests.ts';
import { Composer } from './composer.tsx';
import classes from './create-page.module.css';
import { type CreateSearch, readCreateSearch } from './create-search.ts';
import { FirstSteps } from './first-steps.tsx';
import { readChoices, toGenerateRequest } from './read-choices.ts';
import { useGenerate } from './use-generate.ts';

/** The first page: write a prompt, run it, look at what came, find what was made before. */
export function CreatePage() {
  const search = useSearch({ from: '/' });
  const changeSearch = useChangeSearch();
  const [prompt, setPrompt] = useDraft();
  const promptRef = useRef<HTMLTextAreaElement>(null);
  const models = useGenerationModels();
  const choices = readChoices(models.data ?? [], search);
  // A person who has opened another request while the picture was made keeps looking at that one.
  const generate = useGenerate((request) =>
    changeSearch((now) => ({ request: now.request ?? request ?? undefined })),
  );
  const requests = useRequests(generate.isPending);
  const newestId = useFirst(requests.data?.pages[0]?.data[0]?.id);
  const shownId = search.request ?? (generate.isIdle ? newestId : undefined);

  const run = (): void => {
    if (choices.model === undefined) return;
    changeSearch(() => ({ request: undefined }));
    generate.mutate(toGenerateRequest(prompt.trim(), choices.model, choices));
  };
  const write = (text: string): void => {
    setPrompt(text);
    promptRef.current?.focus();
  };
  const reuse = (request: RequestSummary): void => {
    changeSearch(() => toChoicesOf(request));
    write(request.prompt);
  };
  const running = generate.isPending ? generate.variables : undefined;
  return (
    <div className={classes.page}>
      <div className={classes.composer}>
        <Composer
          prompt={prompt}
          onPrompt={setPrompt}
          promptRef={promptRef}
          models={models}
          choices={choices}
          onChoose={(change) => changeSearch(() => change)}
          isRunning={generate.isPending}
          onRun={run}
        />
      </div>
      <Stage shownId={shownId} isRunning={generate.isPending}>
        {shownId !== undefined ? (
          <RequestView id={shownId} onReuse={reuse} />
        ) : running !== undefined ? (
          <RunningNotice model={running.model ?? ''} sinceMs={generate.submittedAt} />
        ) : generate.error !== null ? (
          <ErrorNotice title="No picture was made" error={generate.error} />
        ) : requests.data === undefined ? null : (
          <FirstSteps onExample={write} />
        )}
      </Stage>
      <div className={classes.requests}>
        <RequestList requests={requests} shownId={shownId} />
      </div>
    </div>
  );
}

type StageProps = {
  readonly shownId: string | undefined;
  readonly isRunning: boolean;
  readonly children: ReactNode;
};

/** The middle of the page. Where everything stands in one column, it comes into view when it has something new. */
function Stage({ shownId, isRunning, children }: StageProps) {
  const ref = useRef<HTMLElement>(null);
  const wasShown = useRef(shownId);
  useEffect(() => {
    const isNew = isRunning || (wasShown.current !== undefined && wasShown.current !== shownId);
    wasShown.current = shownId;
    if (!isNew) return;
    const oneColumn = matchMedia('(max-width: 74.99em)').matches;
    const behavior = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth';
    if (oneColumn) ref.current?.scrollIntoView({ behavior, block: 'start' });
    else ref.current?.scrollTo({ top: 0 });
  }, [shownId, isRunning]);
  return (
    <section ref={ref} className={classes.stage} aria-label="Result">
      {children}
    </section>
  );
}

/** Changes members of the address and leaves the others. Only another request makes a step to go back to. */
function useChangeSearch() {
  const navigate = useNavigate({ from: '/' });
  return (change: (now: CreateSearch) => Partial<CreateSearch>): void => {
    void navigate({
      search: (now) => ({ ...now, ...change(readCreateSearch(now)) }),
      replace: true,
      resetScroll: false,
    });
  };
}

/** The first value that was there, so that what is shown stays while newer requests arrive. */
function useFirst(value: string | undefined): string | undefined {
  const [first, setFirst] = useState(value);
  if (first === undefined && value !== undefined) setFirst(value);
  return first ?? value;
}

/** The choices of the form with which a request was made. */
function toChoicesOf(request: RequestSummary): Partial<CreateSearch> {
  const { size, quality, n } = request.parameters;
  return {
    model: request.model_id,
    size: typeof size === 'string' ? size : undefined,
    quality: typeof quality === 'string' ? quality : undefined,
    n: typeof n === 'number' && n > 1 ? n : undefined,
  };
}
