import { type ImageEvent, type LateFacts, ProviderError, type Usage } from '../../../models/index.ts';
import { unreadable } from '../scan-reply.ts';
import type { ReplyFacts } from './reply-facts.ts';

export type Ending = {
  /** Indexes of the images that came whole. */
  readonly delivered: readonly number[];
  /** Why the rest did not come; null: the service gives no reason. */
  readonly failure: ProviderError | null;
  readonly usage: Usage | null;
  readonly late: readonly LateFacts[];
};

/**
 * The last events of a run. Images that came are paid and count, even when the reply broke behind them; without any,
 * the failure is thrown.
 */
export function finishRun({ job, signal, source }: ReplyFacts, ending: Ending): ImageEvent[] {
  const { delivered, usage, late } = ending;
  if (delivered.length === 0 || (signal.aborted && ending.failure !== null)) {
    throw ending.failure ?? noPicture(source);
  }
  const missing = Array.from({ length: job.n }, (_, imageIndex) => imageIndex)
    .filter((imageIndex) => !delivered.includes(imageIndex))
    .map((imageIndex) => ({ imageIndex, error: ending.failure ?? noPicture(source) }));
  return [
    ...(usage === null ? [] : [{ type: 'usage' as const, usage }]),
    {
      type: 'finished',
      ...(missing.length === 0 ? {} : { missing }),
      ...(late.length === 0 ? {} : { late }),
    },
  ];
}

function noPicture({ upstream }: ReplyFacts['source']): ProviderError {
  return unreadable(upstream.provider, 'The service answered without an image that can be read.');
}

/** Anything that broke a reply, as what it means. Rethrows what is no ProviderError: that would be a fault of ours. */
export function asFailure(error: unknown): ProviderError {
  if (error instanceof ProviderError) return error;
  throw error;
}
