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
 * the idempotency key was used before: the first request then answers, and costs nothing more. What an engine works on
 * already is held and never refused.
 */
export async function holdJob(
  parts: { readonly limits: Limits; readonly requests: Requests },
  planned: PlannedJob,
  startedAt: Date,
  isUnderWay: boolean,
): Promise<HeldJob | FirstRequest> {
  const { asked, fitted, route } = planned;
  const estimates = targetsOf(planned).map((each) => estimateJob(each, startedAt));
  try {
    const hold = parts.limits.hold({
      caller: asked.caller,
      requestId: asked.requestId,
      model: route.row.id,
      holdNanoUsd: route.standIn ? 0 : dearest(estimates.map(({ holdNanoUsd }) => holdNanoUsd)),
      images: fitted.n,
      // What it is made for was counted when that began.
      requests: asked.parentId === undefined ? 1 : 0,
      tokens: Math.max(...estimates.map(({ highTokens }) => highTokens)),
      now: startedAt,
      isUnderWay,
    });
    return { planned: { ...planned, warnings: [...planned.warnings, ...hold.warnings] }, hold };
  } catch (error) {
    const { idempotencyKey: key } = asked;
    const first = key === null ? null : await parts.requests.findFirst(asked.caller.projectId, key);
    if (first !== null) return first;
    throw error instanceof PictorError ? withReport(error, planned, 0) : error;
  }
}

/** The job at every target that it may go to: one after the other fails, and only the one that answers is paid. */
function targetsOf(planned: PlannedJob): readonly PlannedJob[] {
  const others = planned.route.alternatives.map(planned.planFor).filter((other) => other !== null);
  return [planned, ...others];
}

/** Null: nobody can tell what any of them costs. */
function dearest(holds: readonly (number | null)[]): number | null {
  const known = holds.filter((hold) => hold !== null);
  return known.length === 0 ? null : Math.max(...known);
}
