import type { ProviderErrorKind } from '../../../models/index.ts';
import { type Made, type MakeFacts, makeImage } from './make-image.ts';

/** Calls of one job that are under way at once. */
const callsAtOnce = 4;

/** Failures after which another call of the same job would fail alike. */
const hopeless: readonly ProviderErrorKind[] = ['unauthorised', 'blocked-account', 'quota', 'rejected'];

/** A call for each of the n images, in order. None rejects; behind a hopeless failure no more are made. */
export function startCalls(facts: Omit<MakeFacts, 'index'>, signal: AbortSignal): Promise<Made>[] {
  let stopped: Made | null = null;
  const calls: Promise<Made>[] = [];
  for (let index = 0; index < facts.job.n; index += 1) {
    const before = calls[index - callsAtOnce] ?? Promise.resolve();
    calls.push(
      before.then(async () => {
        if (stopped !== null) return stopped;
        const made = await makeImage({ ...facts, index }, signal);
        if (made.failure !== null && hopeless.includes(made.failure.kind)) {
          stopped = { parts: [], replies: [], failure: made.failure };
        }
        return made;
      }),
    );
  }
  return calls;
}

/** Gives back the room of pictures that nobody read. Never rejects. */
export async function releaseAll({ parts }: Made): Promise<void> {
  const held = parts.flatMap((part) => (part.type === 'image' ? [part.held.release()] : []));
  await Promise.allSettled(held);
}
