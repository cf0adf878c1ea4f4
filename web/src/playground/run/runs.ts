import type { ResponseRequest } from '@pictor/sdk';
import type { FailureFacts } from '../../common/error-notice.tsx';
import type { Api } from '../playground-search.ts';

/** A run of this page, while it goes and until another page load. */
export type Run = {
  /** Idempotency key: made before anything is sent, so that the run can be found whatever happens then. */
  readonly key: string;
  readonly api: Api;
  readonly model: string;
  readonly prompt: string;
  /** How many pictures were asked for. */
  readonly wanted: number;
  /** Unix milliseconds. */
  readonly startedAt: number;
  readonly stage: 'sending' | 'working' | 'ended' | 'failed';
  /** True: somebody asked for its end. */
  readonly isCancelling: boolean;
  /** Null: not known yet, or a chat. */
  readonly requestId: string | null;
  readonly responseId: string | null;
  /** Null: another wire. */
  readonly responseBody: ResponseRequest | null;
  /** The newest preview of each picture, as addresses of the page's memory. */
  readonly previews: readonly string[];
  readonly previewCount: number;
  /** How many pictures have come. */
  readonly arrived: number;
  /** Words that came so far. */
  readonly text: string;
  readonly error: FailureFacts | Error | null;
};

type Listener = () => void;

const runs = new Map<string, Run>();
const listeners = new Set<Listener>();
const kept = 20;

/** Runs live beside the pages: whoever leaves the playground and comes back finds them. */
export const runStore = {
  subscribe: (listener: Listener): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  get: (key: string | undefined): Run | undefined => (key === undefined ? undefined : runs.get(key)),
  find: (fits: (run: Run) => boolean): Run | undefined => [...runs.values()].findLast(fits),
  add: (run: Run): void => {
    runs.set(run.key, run);
    const ended = [...runs.values()].filter((each) => !isGoing(each));
    for (const old of ended.slice(0, Math.max(0, ended.length - kept))) runs.delete(old.key);
    tell();
  },
  change: (key: string, change: (run: Run) => Partial<Run>): void => {
    const run = runs.get(key);
    if (run === undefined) return;
    runs.set(key, { ...run, ...change(run) });
    tell();
  },
};

/** Does it still run, as far as this page knows? */
export function isGoing({ stage }: Run): boolean {
  return stage === 'sending' || stage === 'working';
}

function tell(): void {
  for (const listener of listeners) listener();
}
