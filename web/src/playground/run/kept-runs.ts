import type { ResponseRequest } from '@pictor/sdk';
import type { Api } from '../playground-search.ts';

const storageKey = 'pictor-playground-runs';
const most = 10;

/** What a reload must know of a run that may have been under way. */
export type KeptRun = {
  readonly key: string;
  readonly api: Api;
  readonly model: string;
  readonly prompt: string;
  readonly wanted: number;
  /** Unix milliseconds. */
  readonly startedAt: number;
  readonly requestId: string | null;
  readonly responseId: string | null;
  /** The body of a turn of the Responses API, to ask for it again by its key while its id is not known; else null. */
  readonly responseBody: ResponseRequest | null;
  /** False: it has ended, and was seen to end. */
  readonly isOpen: boolean;
};

/** The runs of this tab, the newest last. They outlive a reload, and no other tab knows them. */
export function readKeptRuns(): readonly KeptRun[] {
  try {
    const runs: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? '[]');
    return Array.isArray(runs) ? runs : [];
  } catch {
    return [];
  }
}

/** Keeps a run, or what became of it. */
export function keepRun(run: KeptRun): void {
  const others = readKeptRuns().filter(({ key }) => key !== run.key);
  sessionStorage.setItem(storageKey, JSON.stringify([...others, run].slice(-most)));
}

export function forgetRuns(): void {
  sessionStorage.removeItem(storageKey);
}
