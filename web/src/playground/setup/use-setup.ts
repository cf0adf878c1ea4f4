import type { Model } from '@pictor/sdk';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { Parameters } from '../parameters/parameters.ts';
import { type PlaygroundSearch, readPlaygroundSearch } from '../playground-search.ts';
import { readSetup, type Setup } from './apis.ts';
import { readRememberedSetup, rememberSetup } from './remembered-setup.ts';

/** Changes members of the address and leaves the others. */
export type ChangeSearch = (change: (now: PlaygroundSearch) => Partial<PlaygroundSearch>) => void;

/** Changes what the address keeps, in place: only links make a step to go back to. */
export function useChangeSearch(): ChangeSearch {
  const navigate = useNavigate({ from: '/' });
  return useCallback(
    (change) =>
      void navigate({
        search: (now) => ({ ...now, ...change(readPlaygroundSearch(now)) }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
}

export type UsedSetup = Setup & {
  readonly parameters: Parameters;
  /** What is chosen from now on; what is not named is left to the default. Other members may change along with it. */
  readonly choose: (chosen: Partial<PlaygroundSearch>) => void;
};

/**
 * Model and parameters: those of the address, so that a link and a reload keep them; without any, those that this tab
 * had last, so that coming back from another page does too.
 */
export function useSetup(models: readonly Model[]): UsedSetup {
  const search = useSearch({ from: '/' });
  const changeSearch = useChangeSearch();
  const isTold = search.api !== undefined || search.model !== undefined || search.parameters !== undefined;
  const { api, model, parameters } = isTold ? search : readRememberedSetup();
  const choose = useCallback(
    (chosen: Partial<PlaygroundSearch>) => {
      rememberSetup(chosen);
      changeSearch(() => ({ api: undefined, model: undefined, parameters: undefined, ...chosen }));
    },
    [changeSearch],
  );
  return { ...readSetup(models, { api, model }), parameters: parameters ?? {}, choose };
}
