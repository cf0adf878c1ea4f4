import type { PlaygroundSearch } from '../playground-search.ts';
import { readPlaygroundSearch } from '../playground-search.ts';

const storageKey = 'pictor-playground-setup';

/** Who draws, and how. */
export type ChosenSetup = Pick<PlaygroundSearch, 'api' | 'model' | 'parameters'>;

/** What this tab chose last. */
export function readRememberedSetup(): ChosenSetup {
  try {
    return pickSetup(readPlaygroundSearch(Object(JSON.parse(sessionStorage.getItem(storageKey) ?? '{}'))));
  } catch {
    return {};
  }
}

export function rememberSetup(chosen: ChosenSetup): void {
  sessionStorage.setItem(storageKey, JSON.stringify(pickSetup(chosen)));
}

/** Forgets what was chosen. */
export function forgetSetup(): void {
  sessionStorage.removeItem(storageKey);
}

function pickSetup({ api, model, parameters }: ChosenSetup): ChosenSetup {
  return { api, model, parameters };
}
