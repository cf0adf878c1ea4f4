import type { Log } from '../foundation/index.ts';
import { ProviderError } from '../models/index.ts';
import type { CallEnd, Target } from '../routing/index.ts';
import type { Attempt } from './attempt.ts';
import { type Delivery, emptyDelivery } from './delivery.ts';
import { judgeAttempt } from './judge-attempt.ts';
import { openPatience } from './open-patience.ts';
import type { PlannedJob } from './planned-job.ts';
import { reckonAttempt } from './reckon.ts';
import { toError } from './to-error.ts';

export type AttemptParts = {
  /** Calls the engine of a planned job, and keeps what comes in `delivery`. */
  readonly receive: (planned: PlannedJob, delivery: Delivery) => Promise<void>;
  /** Aborted when the job is cancelled or given up. */
  readonly stopped: AbortSignal;
  readonly log: Log;
};

/**
 * Calls one target after the other until one answers, and gives every call that was made; at least one. Targets of one
 * model take turns, as often as the settings say and with a pause between the turns, before another model is taken. A
 * call that may have been charged, and a refusal, end it at once. Never throws.
 */
export async function runAttempts(first: PlannedJob, parts: AttemptParts): Promise<readonly Attempt[]> {
  const { route } = first;
  const { settings } = route;
  const attempts: Attempt[] = [];
  const untried = new Set<Target>([route, ...route.alternatives]);
  const patience = openPatience(settings.max_wait_seconds * 1000, parts.stopped);

  /** A resting target is left out while there is a better one. */
  const isWorthwhile = (target: Target): boolean =>
    attempts.length === 0 ||
    !target.health.isResting() ||
    ![...untried].some((other) => other !== target && !other.health.isResting());

  for (const group of groupByModel([route, ...route.alternatives])) {
    let turn: readonly Target[] = group;
    for (let turns = 0; turn.length > 0; turns += 1) {
      const again: { readonly target: Target; readonly error: ProviderError }[] = [];
      for (const target of turn.filter(isWorthwhile)) {
        untried.delete(target);
        const planned = target === route ? first : planNext(first, target, attempts);
        if (planned === null) continue;
        const attempt = await callTarget(planned, parts);
        attempts.push(attempt);
        const { error } = attempt;
        const verdict = parts.stopped.aborted ? 'end' : judgeAttempt(attempt, settings);
        if (verdict === 'end') return attempts;
        if (verdict === 'again' && error instanceof ProviderError) again.push({ target, error });
      }
      turn = turns < settings.retries ? await patience.wait(turns, again) : [];
      if (parts.stopped.aborted) return attempts;
    }
  }
  return attempts;
}

/** Neighbours that serve the same model. */
function groupByModel(targets: readonly Target[]): readonly (readonly Target[])[] {
  const groups: Target[][] = [];
  for (const target of targets) {
    const group = groups.at(-1);
    if (group !== undefined && group[0]?.row.id === target.row.id) group.push(target);
    else groups.push([target]);
  }
  return groups;
}

/** The job for the next target, which tells why it goes there. */
function planNext(first: PlannedJob, target: Target, attempts: readonly Attempt[]): PlannedJob | null {
  const planned = first.planFor(target);
  const before = attempts.at(-1);
  if (planned === null || before === undefined) return planned;
  const { engine, row } = before.planned.route;
  const next = target.row.id === row.id ? target.engine : `${target.engine} with ${target.row.id}`;
  const told = `${engine} failed and charged nothing (${toError(before.error).code}), so ${next} was asked.`;
  return { ...planned, warnings: [...new Set([...first.warnings, ...planned.warnings, told])] };
}

async function callTarget(planned: PlannedJob, parts: AttemptParts): Promise<Attempt> {
  const startedAt = new Date();
  const delivery = emptyDelivery();
  const finish = planned.route.health.begin();
  let error: unknown = null;
  try {
    await parts.receive(planned, delivery);
    finish({ type: 'answered' });
  } catch (thrown) {
    finish(parts.stopped.aborted ? { type: 'given-up' } : toCallEnd(thrown));
    error = isPartial(delivery, parts, thrown) ? notePartial(planned, delivery, thrown, parts) : thrown;
  }
  return {
    planned,
    delivery,
    error,
    reckoning: reckonAttempt({ planned, delivery, error, startedAt }),
    startedAt,
    durationMs: Date.now() - startedAt.getTime(),
  };
}

function toCallEnd(error: unknown): CallEnd {
  if (!(error instanceof ProviderError)) return { type: 'given-up' };
  const { kind, message, retryAfterMs } = error.facts;
  return { type: 'failed', kind, message, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

/** Pictures that came before the engine failed are paid: they are the answer, and the failure is told beside them. */
function isPartial(delivery: Delivery, { stopped }: AttemptParts, error: unknown): boolean {
  return delivery.images.length > 0 && !stopped.aborted && error !== null;
}

function notePartial(planned: PlannedJob, delivery: Delivery, error: unknown, { log }: AttemptParts): null {
  log.warn({ err: error, request: planned.asked.requestId }, 'some images of a job did not come');
  delivery.warnings.push(
    `${delivery.images.length} of ${planned.fitted.n} images were made; then the engine failed: ${toError(error).message}`,
  );
  return null;
}
