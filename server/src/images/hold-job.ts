import type { Catalogue } from '../catalogue/index.ts';
import { PictorError } from '../foundation/index.ts';
import type { Hold, Limits } from '../limits/index.ts';
import type { FirstRequest, Requests } from '../requests/index.ts';
import { estimateJob } from './estimate-job.ts';
import type { PlannedJob } from './planned-job.ts';
import { withReport } from './with-report.ts';

/** A job whose cost is held against the limits of its caller, and warnings about those that are soft. */
export type HeldJob = { readonly planned: PlannedJob; readonly hold: Hold };

/**
 * Holds what a job may cost before anything is sent. Throws `insufficient_quota` and `rate_limit_exceeded`, except where
 * the idempotency key was used before: the first request then answers, and costs nothing more.
 */
export async function holdJob(
  parts: { readonly catalogue: Catalogue; readonly limits: Limits; readonly requests: Requests },
  planned: PlannedJob,
  startedAt: Date,
): Promise<HeldJob | FirstRequest> {
  const { asked, fitted, route } = planned;
  const estimate = estimateJob(parts.catalogue, planned, startedAt);
  try {
    const hold = parts.limits.hold({
      caller: asked.caller,
      requestId: asked.requestId,
      model: route.row.id,
      holdNanoUsd: route.standIn ? 0 : estimate.holdNanoUsd,
      images: fitted.n,
      tokens: estimate.highTokens,
      now: startedAt,
    });
    return { planned: { ...planned, warnings: [...planned.warnings, ...hold.warnings] }, hold };
  } catch (error) {
    const { idempotencyKey: key } = asked;
    const first = key === null ? null : await parts.requests.findFirst(asked.caller.projectId, key);
    if (first !== null) return first;
    throw error instanceof PictorError ? withReport(error, planned, 0) : error;
  }
}
