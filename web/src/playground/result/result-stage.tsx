import { Loader } from '@mantine/core';
import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react';
import { ErrorNotice } from '../../common/error-notice.tsx';
import { isGoing } from '../run/runs.ts';
import type { Shown } from '../run/use-shown.ts';
import { FirstSteps } from './first-steps.tsx';
import classes from './result-stage.module.css';

const LiveRun = lazy(async () => ({ default: (await import('./live-run.tsx')).LiveRun }));
const RequestResult = lazy(async () => ({ default: (await import('./request-result.tsx')).RequestResult }));
const LostRun = lazy(async () => ({ default: (await import('./lost-run.tsx')).LostRun }));
const ResponseResult = lazy(async () => ({
  default: (await import('./response-result.tsx')).ResponseResult,
}));

type ResultStageProps = {
  readonly shown: Shown;
  /** True: it is known that nothing was made yet, if nothing is shown. */
  readonly isReady: boolean;
  /** Puts a request back into the form. */
  readonly onReuse: (requestId: string) => void;
  readonly onExample: (prompt: string) => void;
};

/** The middle of the page. Where everything stands in one column, it comes into view when it has something new. */
export function ResultStage({ shown, isReady, onReuse, onExample }: ResultStageProps) {
  const ref = useRef<HTMLElement>(null);
  const name = nameOf(shown);
  const before = useRef(name);
  useEffect(() => {
    const isNew = before.current !== name && (before.current !== '' || shown.type === 'run');
    before.current = name;
    if (!isNew) return;
    const oneColumn = matchMedia('(max-width: 74.99em)').matches;
    const behavior = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth';
    if (oneColumn) ref.current?.scrollIntoView({ behavior, block: 'start' });
    else ref.current?.scrollTo({ top: 0 });
  }, [name, shown.type]);
  return (
    <section ref={ref} className={classes.stage} aria-label="Result">
      <Suspense fallback={<Loader size="sm" color="gray" aria-label="Loading" />}>
        {show(shown, { onReuse, first: isReady ? <FirstSteps onExample={onExample} /> : null })}
      </Suspense>
    </section>
  );
}

type Ways = { readonly onReuse: (requestId: string) => void; readonly first: ReactNode };

function show(shown: Shown, { onReuse, first }: Ways): ReactNode {
  switch (shown.type) {
    case 'nothing':
      return first;
    case 'lost':
      return <LostRun key={shown.key} runKey={shown.key} kept={shown.kept} />;
    case 'run':
      if (shown.run.error !== null)
        return <ErrorNotice title="No picture was made" error={shown.run.error} />;
      return isGoing(shown.run) ? <LiveRun run={shown.run} /> : null;
    case 'request':
      if (shown.run !== undefined) return <LiveRun run={shown.run} />;
      return <RequestResult key={shown.id} id={shown.id} onReuse={onReuse} />;
    case 'response':
      if (shown.run !== undefined) return <LiveRun run={shown.run} />;
      return <ResponseResult key={shown.id} id={shown.id} onReuse={onReuse} />;
  }
}

function nameOf(shown: Shown): string {
  switch (shown.type) {
    case 'nothing':
      return '';
    case 'lost':
      return shown.key;
    case 'run':
      return shown.run.key;
    case 'request':
    case 'response':
      return shown.run?.key ?? shown.id;
  }
}
