import type { Delivery } from './delivery.ts';
import type { PlannedJob } from './planned-job.ts';
import { providerFacts } from './provider-facts.ts';
import type { Reckoning } from './reckon.ts';
import type { Upstream } from './upstream.ts';

/** One call of one engine that has ended. */
export type Attempt = {
  /** The job as it was fitted to the engine that was called. */
  readonly planned: PlannedJob;
  readonly delivery: Delivery;
  /** Null: it succeeded, wholly or in part. */
  readonly error: unknown;
  readonly reckoning: Reckoning;
  readonly startedAt: Date;
  readonly durationMs: number;
};

/** A refusal often comes before `started`, and has the provider's id of the call itself. */
export function upstreamOf({ delivery, error }: Attempt): Upstream {
  const requestId = providerFacts(error)?.upstreamRequestId;
  return requestId === undefined ? delivery.upstream : { ...delivery.upstream, requestId };
}
