import { type ImageEvent, ProviderError, type Usage } from '../../models/index.ts';
import { addUsage } from '../kit/add-usage.ts';

/** One of several calls that make one job: events of a run with a single image. */
export type SingleRun = (signal: AbortSignal) => AsyncGenerator<ImageEvent>;

type Missing = { readonly imageIndex: number; readonly error: ProviderError };
type Finished = Extract<ImageEvent, { type: 'finished' }>;
type LateFacts = NonNullable<Finished['late']>[number];

/**
 * Runs one call for each image at the same time, as the events of one job. An image that does not come is told as
 * missing; when none comes, the first failure is thrown. `signal` ends all of them, and so does leaving early.
 */
export async function* runSideBySide(
  runs: readonly SingleRun[],
  signal: AbortSignal,
): AsyncGenerator<ImageEvent> {
  const leaving = new AbortController();
  const each = runs.map((run) => run(AbortSignal.any([signal, leaving.signal])));
  const pending = new Map(each.map((events, index) => [index, step(events, index)]));
  const outcome = openOutcome();
  let hasStarted = false;
  try {
    while (pending.size > 0) {
      const { index, event } = await Promise.race(pending.values());
      pending.delete(index);
      const events = each[index];
      if (event === null || events === undefined) continue;
      if (event instanceof ProviderError) {
        outcome.missing.push({ imageIndex: index, error: event });
        continue;
      }
      if (event.type === 'started' ? !hasStarted : isPassedOn(event)) {
        hasStarted ||= event.type === 'started';
        yield 'imageIndex' in event ? { ...event, imageIndex: index } : event;
      }
      note(outcome, event, index);
      // Asked only now: whoever reads an image has it whole before the same call goes on.
      pending.set(index, step(events, index));
    }
  } finally {
    leaving.abort();
    await Promise.allSettled(each.map((events) => events.return(undefined)));
  }
  yield* endingOf(outcome, runs.length, signal);
}

type Step = { readonly index: number; readonly event: ImageEvent | ProviderError | null };

/** The next event of one call; null: there are no more. Rethrows what is no ProviderError: a fault of ours. */
async function step(events: AsyncGenerator<ImageEvent>, index: number): Promise<Step> {
  try {
    const { done, value } = await events.next();
    return { index, event: done === true ? null : value };
  } catch (error) {
    if (error instanceof ProviderError) return { index, event: error };
    throw error;
  }
}

function isPassedOn({ type }: ImageEvent): boolean {
  return type !== 'started' && type !== 'usage' && type !== 'finished';
}

type Outcome = {
  readonly delivered: number[];
  readonly missing: Missing[];
  readonly late: LateFacts[];
  readonly usages: Usage[];
  readonly reasons: string[];
};

function openOutcome(): Outcome {
  return { delivered: [], missing: [], late: [], usages: [], reasons: [] };
}

function note(outcome: Outcome, event: ImageEvent, index: number): void {
  switch (event.type) {
    case 'image':
      outcome.delivered.push(index);
      break;
    case 'usage':
      outcome.usages.push(event.usage);
      break;
    case 'finished':
      if (event.finishReason !== undefined) outcome.reasons.push(event.finishReason);
      for (const late of event.late ?? []) outcome.late.push({ ...late, imageIndex: index });
      for (const { error } of event.missing ?? []) outcome.missing.push({ imageIndex: index, error });
      break;
    default:
      break;
  }
}

function* endingOf(outcome: Outcome, wanted: number, signal: AbortSignal): Generator<ImageEvent> {
  const { delivered, usages, late, reasons } = outcome;
  const missing = outcome.missing.toSorted((a, b) => a.imageIndex - b.imageIndex);
  const [first] = missing;
  if (first !== undefined && (delivered.length === 0 || signal.aborted)) throw first.error;
  // What some calls do not tell makes the sum unknown, which is never less than it.
  const usage = usages.length === wanted ? usages.reduce<Usage | null>(addUsage, null) : null;
  if (usage !== null) yield { type: 'usage', usage };
  const [finishReason] = reasons;
  yield {
    type: 'finished',
    ...(finishReason === undefined ? {} : { finishReason }),
    ...(missing.length === 0 ? {} : { missing }),
    ...(late.length === 0 ? {} : { late }),
  };
}
