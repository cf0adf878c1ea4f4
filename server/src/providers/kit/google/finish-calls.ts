import { type Charged, type ImageEvent, ProviderError, type Usage } from '../../../models/index.ts';
import type { Made } from './make-image.ts';
import { addUsage } from './read-usage.ts';

/** How far a job is. */
export type Progress = {
  started: boolean;
  /** Place of the next image; a call without one takes a place as well, which stays empty. */
  nextIndex: number;
  imageCount: number;
  finishReason: string | undefined;
  readonly responseIds: string[];
  /** Of every answer, whether it had a picture or not: all of them are billed. */
  readonly usages: (Usage | null)[];
  readonly failures: { readonly imageIndex: number; readonly error: ProviderError }[];
};

export function openProgress(): Progress {
  return {
    started: false,
    nextIndex: 0,
    imageCount: 0,
    finishReason: undefined,
    responseIds: [],
    usages: [],
    failures: [],
  };
}

export function noteCall(progress: Progress, { replies, failure }: Made): void {
  for (const { responseId, usage, ending } of replies) {
    if (responseId !== undefined) progress.responseIds.push(responseId);
    progress.usages.push(usage);
    progress.finishReason = ending.finishReason ?? progress.finishReason;
  }
  if (failure === null) return;
  progress.failures.push({ imageIndex: progress.nextIndex, error: failure });
  progress.nextIndex += 1;
}

/** The last events of a job. Throws when there is no picture at all, or when Pictor gave the job up. */
export function finishCalls(progress: Progress, signal: AbortSignal): ImageEvent[] {
  const { failures, imageCount, usages, finishReason, responseIds } = progress;
  if (failures.length > 0 && (imageCount === 0 || signal.aborted)) throw joinFailures(progress);
  const [first = null, ...rest] = usages;
  const usage = rest.reduce(addUsage, first);
  return [
    ...(usage === null ? [] : [{ type: 'usage' as const, usage }]),
    {
      type: 'finished',
      ...(finishReason === undefined ? {} : { finishReason }),
      ...(failures.length === 0 ? {} : { missing: failures }),
      ...(responseIds.length < 2 ? {} : { upstreamRequestId: responseIds.join(', ') }),
    },
  ];
}

const severity: readonly Charged[] = ['no', 'maybe', 'yes'];

/** The first failure speaks for all; whether money was spent is what is worst of all of them. */
function joinFailures({ failures, responseIds }: Progress): ProviderError {
  const [first] = failures;
  if (first === undefined) throw new RangeError('There is no failure.');
  const { facts } = first.error;
  const worst = Math.max(...failures.map(({ error }) => severity.indexOf(error.facts.charged)));
  return new ProviderError({
    ...facts,
    charged: severity[worst] ?? facts.charged,
    ...(responseIds.length === 0 ? {} : { upstreamRequestId: responseIds.join(', ') }),
    cause: first.error,
  });
}
