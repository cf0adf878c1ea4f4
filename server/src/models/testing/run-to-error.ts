import { type ImageJob, type ImageModel, ProviderError } from '../index.ts';
import { collectEvents } from './collect-events.ts';

/** Runs a job that has to fail, and gives its ProviderError. Throws an Error when it succeeds or throws anything else. */
export async function runToError(
  model: ImageModel,
  job: ImageJob,
  signal?: AbortSignal,
): Promise<ProviderError> {
  const [outcome] = await Promise.allSettled([collectEvents(model, job, signal)]);
  if (outcome.status === 'fulfilled') throw new Error(`The job succeeded: ${outcome.value.types.join(' ')}`);
  if (outcome.reason instanceof ProviderError) return outcome.reason;
  throw new Error('The job threw something else than a ProviderError.', { cause: outcome.reason });
}
