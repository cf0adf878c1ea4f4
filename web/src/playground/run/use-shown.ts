import { useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useState } from 'react';
import type { ChangeSearch } from '../setup/use-setup.ts';
import { type KeptRun, readKeptRuns } from './kept-runs.ts';
import { isGoing, type Run, runStore } from './runs.ts';
import { useRunWhere } from './use-runs.ts';

/** What the stage shows. `run`: what this page knows of it while it goes on. */
export type Shown =
  | { readonly type: 'nothing' }
  | { readonly type: 'run'; readonly run: Run }
  /** Asked for before a reload; which request it became is not known yet. */
  | { readonly type: 'lost'; readonly key: string; readonly kept: KeptRun | undefined }
  | { readonly type: 'request'; readonly id: string; readonly run: Run | undefined }
  | { readonly type: 'response'; readonly id: string; readonly run: Run | undefined };

/** What the address names; without a name what this tab has under way, else the newest request as it was at first. */
export function useShown(changeSearch: ChangeSearch, newestId: string | undefined): Shown {
  const { request, response, run: key } = useSearch({ from: '/' });
  const run = useRunWhere(
    useCallback(() => {
      if (request !== undefined) return runStore.find(({ requestId }) => requestId === request);
      if (response !== undefined) return runStore.find(({ responseId }) => responseId === response);
      return runStore.get(key);
    }, [request, response, key]),
  );
  const firstNewest = useFirst(newestId);
  const isNamed = (request ?? response ?? key) !== undefined;
  useEffect(() => {
    if (isNamed) return;
    const open = readKeptRuns().findLast(({ isOpen }) => isOpen);
    if (open !== undefined) changeSearch(() => toSearch(open));
  }, [isNamed, changeSearch]);

  const kept = key === undefined ? undefined : (run ?? readKeptRuns().find((each) => each.key === key));
  const known = kept?.requestId ?? kept?.responseId ?? null;
  useEffect(() => {
    // A person who has opened another request while the picture was made keeps looking at that one.
    if (kept !== undefined && known !== null)
      changeSearch((now) => (now.run === kept.key ? toSearch(kept) : {}));
  }, [kept, known, changeSearch]);

  const going = run !== undefined && isGoing(run) ? run : undefined;
  if (request !== undefined) return { type: 'request', id: request, run: going };
  if (response !== undefined) return { type: 'response', id: response, run: going };
  if (run !== undefined) return { type: 'run', run };
  if (key !== undefined) return { type: 'lost', key, kept: readKeptRuns().find((each) => each.key === key) };
  return firstNewest === undefined
    ? { type: 'nothing' }
    : { type: 'request', id: firstNewest, run: undefined };
}

function toSearch({ key, requestId, responseId }: Pick<KeptRun, 'key' | 'requestId' | 'responseId'>) {
  return {
    run: requestId === null && responseId === null ? key : undefined,
    request: requestId ?? undefined,
    response: responseId ?? undefined,
  };
}

/** The first value that was there, so that what is shown stays while newer requests arrive. */
function useFirst(value: string | undefined): string | undefined {
  const [first, setFirst] = useState(value);
  if (first === undefined && value !== undefined) setFirst(value);
  return first ?? value;
}
