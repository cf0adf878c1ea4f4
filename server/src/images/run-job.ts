import type { Catalogue } from '../catalogue/index.ts';
import { type Log, PictorError } from '../foundation/index.ts';
import { sumCosts } from '../ledger/index.ts';
import type { Limits } from '../limits/index.ts';
import type { FirstRequest, ImageRecord, Requests } from '../requests/index.ts';
import type { ImageStore } from '../storage/index.ts';
import { genAiAttributes, type Telemetry } from '../telemetry/index.ts';
import { type Attempt, upstreamOf } from './attempt.ts';
import { chooseAttempt } from './choose-attempt.ts';
import { type HeldJob, holdJob } from './hold-job.ts';
import { type JobRun, type Outcome, startRun, type Tell } from './job-run.ts';
import type { PlannedJob } from './planned-job.ts';
import { receive } from './receive.ts';
import { toClosing, toOpening } from './records.ts';
import { runAttempts } from './run-attempts.ts';
import { toAnswer } from './to-answer.ts';
import { toError } from './to-error.ts';
import { traceAttempt, traceJob } from './trace-job.ts';
import { tellUpstream } from './upstream.ts';
import { withReport } from './with-report.ts';

export type JobParts = {
  readonly catalogue: Catalogue;
  readonly requests: Requests;
  readonly limits: Limits;
  readonly store: ImageStore;
  readonly log: Log;
  /** May prompts stand in the log? */
  readonly logPrompts: boolean;
  readonly telemetry: Telemetry;
  /** Aborted when Pictor gives up its jobs. */
  readonly signal: AbortSignal;
};

/**
 * The story of every job: its cost is held against the limits, the opening row is committed, engines are called until
 * one answers, bytes are stored as they arrive, the closing row is committed, and only then is it done. A caller that
 * leaves changes nothing. When the idempotency key was used before, no engine is called and the first request is given. `isUnderWay`: an engine works on it already.
 */
export async function startJob(
  parts: JobParts,
  wanted: PlannedJob,
  isUnderWay = false,
): Promise<JobRun | FirstRequest> {
  const startedAt = new Date();
  const held = await holdJob(parts, wanted, startedAt, isUnderWay);
  if ('requestId' in held) return held;
  const { planned, hold } = held;
  let opened = false;
  try {
    const first = await parts.requests.open(toOpening(planned, startedAt, hold.holdNanoUsd));
    if (first !== null) return first;
    opened = true;
  } finally {
    if (!opened) hold.release();
  }
  return startRun(planned.asked.requestId, (tell, cancelled) =>
    traceJob(parts, planned, () => runToEnd({ ...parts, cancelled }, held, startedAt, tell)),
  );
}

type RunParts = JobParts & { readonly cancelled: AbortSignal };

async function runToEnd(
  parts: RunParts,
  { planned: wanted, hold }: HeldJob,
  startedAt: Date,
  tell: Tell,
): Promise<Outcome> {
  const stopped = AbortSignal.any([parts.signal, parts.cancelled]);
  const release = wanted.route.hold();
  const rows: Promise<void>[] = [];
  const addImage = (image: ImageRecord): void => {
    const added = parts.requests.addImage(image);
    // Bytes do not wait for rows; the closing row does.
    added.catch(() => undefined);
    rows.push(added);
  };
  const attempts = await runAttempts(wanted, {
    stopped,
    receive: (planned, delivery) =>
      traceAttempt(parts.telemetry, planned, delivery, () =>
        receive({ ...parts, addImage, stopped }, planned, delivery, tell),
      ),
    log: parts.log,
  });
  release();
  measureCost(parts.telemetry, attempts);
  const told = chooseAttempt(attempts);
  const outcome = toOutcome(parts, attempts, told, startedAt);
  const closing = toClosing(attempts, told, outcome, startedAt);
  try {
    await Promise.all([...rows, parts.requests.close(closing)]);
  } catch (error) {
    parts.log.error({ err: error, request: wanted.asked.requestId }, 'closing row could not be written');
    return {
      status: 'failed',
      upstream: outcome.upstream,
      error: withReport(toError(error), told.planned, null),
    };
  } finally {
    hold.settle(closing.attempts);
  }
  return outcome;
}

function measureCost(telemetry: Telemetry, attempts: readonly Attempt[]): void {
  for (const { planned, reckoning } of attempts) {
    const { provider, row } = planned.route;
    const shared = genAiAttributes({ provider, model: row.id });
    if (reckoning.costNanoUsd !== null) {
      telemetry.measure('pictor.cost', reckoning.costNanoUsd / 1e9, shared);
    }
  }
}

function toOutcome(parts: RunParts, attempts: readonly Attempt[], told: Attempt, startedAt: Date): Outcome {
  const { planned, error } = told;
  const costNanoUsd = sumCosts(attempts.map(({ reckoning }) => reckoning));
  const upstream = upstreamOf(told);
  if (error === null) {
    const reckoning = { ...told.reckoning, costNanoUsd };
    return { status: 'succeeded', upstream, answer: toAnswer(planned, told.delivery, reckoning, startedAt) };
  }
  const answered = withReport(
    stopError(parts) ?? toError(error),
    planned,
    costNanoUsd,
    tellUpstream(upstream),
  );
  if (answered.status >= 500) {
    parts.log.error({ err: error, request: planned.asked.requestId }, 'job failed');
  }
  return { status: 'failed', upstream, error: answered };
}

/** Why the job was stopped from our side; null: it was not. */
function stopError(parts: RunParts): PictorError | null {
  if (parts.cancelled.aborted) {
    return new PictorError({
      code: 'request_cancelled',
      retrySafe: false,
      message: 'This request was cancelled. What its engine had begun may be charged all the same.',
    });
  }
  if (!parts.signal.aborted) return null;
  return new PictorError({
    code: 'interrupted',
    retrySafe: false,
    message:
      'Pictor was stopped while this request ran. Whether its engine finished and charged is not known.',
  });
}
