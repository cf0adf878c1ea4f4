import { setTimeout as sleep } from 'node:timers/promises';
import type { ProviderError } from '../models/index.ts';

const firstPauseMs = 500;
const longestPauseMs = 8_000;

/** How long one job still waits between its calls. */
export type Patience = {
  /**
   * Waits before targets are called again, and gives those that are: not the ones whose service asks for more time than
   * is left. `turns` counts from 0. Empty at once when there is none, or when the job is stopped.
   */
  readonly wait: <T>(
    turns: number,
    again: readonly { readonly target: T; readonly error: ProviderError }[],
  ) => Promise<readonly T[]>;
};

/** Doubling pauses with full jitter, so that many jobs do not come back in step; a service's own hint counts before. */
export function openPatience(budgetMs: number, stopped: AbortSignal): Patience {
  let leftMs = budgetMs;
  return {
    wait: async (turns, again) => {
      const ready = again.filter(({ error }) => (error.facts.retryAfterMs ?? 0) <= leftMs);
      if (ready.length === 0) return [];
      const hintMs = Math.max(...ready.map(({ error }) => error.facts.retryAfterMs ?? 0));
      const pauseMs = Math.random() * Math.min(longestPauseMs, firstPauseMs * 2 ** turns);
      const waitMs = Math.min(leftMs, hintMs + pauseMs);
      leftMs -= waitMs;
      await sleep(waitMs, undefined, { signal: stopped }).catch(() => undefined);
      return stopped.aborted ? [] : ready.map(({ target }) => target);
    },
  };
}
