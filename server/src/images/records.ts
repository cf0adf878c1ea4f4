import { sumCosts } from '../ledger/index.ts';
import type { AttemptRecord, ClosingRecord, ImageRecord, OpeningRecord } from '../requests/index.ts';
import { type Attempt, upstreamOf } from './attempt.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Outcome } from './job-run.ts';
import type { PlannedJob } from './planned-job.ts';
import { providerFacts } from './provider-facts.ts';
import type { StoredImage, StoredInput } from './stored-image.ts';
import { passedOn } from './upstream.ts';

type StoredPicture = Pick<StoredImage, 'id' | 'hash' | 'mediaType' | 'byteCount' | 'width' | 'height'>;

/** What every role of picture has in its row; the rest is for the caller to say. */
export function toImageRecord(
  planned: PlannedJob,
  image: StoredPicture,
  role: ImageRecord['role'],
): Omit<ImageRecord, 'position'> {
  return {
    id: image.id,
    projectId: planned.asked.caller.projectId,
    requestId: planned.asked.requestId,
    role,
    hash: image.hash,
    mediaType: image.mediaType,
    byteCount: image.byteCount,
    width: image.width,
    height: image.height,
    revisedPrompt: null,
    applied: null,
    replay: null,
    createdAt: new Date(),
  };
}

/** The row as it stands before the engine is called. */
export function toOpening(planned: PlannedJob, startedAt: Date, holdNanoUsd: number | null): OpeningRecord {
  const { asked, route, fitted } = planned;
  const { prompt: _prompt, model: _model, ...parameters } = asked.parameters;
  const inputRecord = (input: StoredInput, position: number, role: 'input' | 'mask') => ({
    ...toImageRecord(planned, input, role),
    position,
  });
  return {
    id: asked.requestId,
    projectId: asked.caller.projectId,
    keyId: asked.caller.keyId,
    kind: asked.kind,
    route: asked.path,
    model: planned.askedModel,
    modelId: route.row.id,
    provider: route.provider,
    engine: route.engine,
    prompt: fitted.prompt,
    parameters,
    adjustments: planned.adjustments,
    warnings: planned.warnings,
    endUser: fitted.user ?? null,
    fingerprint: fingerprintOf(asked),
    idempotencyKey: asked.idempotencyKey,
    parentId: asked.parentId ?? null,
    replayOf: asked.replayOf ?? null,
    holdNanoUsd,
    tags: asked.tags ?? [],
    savedPrompt: asked.savedPrompt ?? null,
    createdAt: startedAt,
    inputs: [
      ...asked.images.map((image, position) => inputRecord(image, position, 'input')),
      ...(asked.mask === undefined ? [] : [inputRecord(asked.mask, 0, 'mask')]),
    ],
  };
}

/** How the row ends. The answer is kept without bytes; a failure is kept as it was answered. */
export function toClosing(
  attempts: readonly Attempt[],
  told: Attempt,
  outcome: Outcome,
  startedAt: Date,
): ClosingRecord {
  const { planned, delivery, reckoning } = told;
  const finishedAt = new Date();
  const records = attempts.map((attempt, index) => toAttempt(attempt, index + 1));
  return {
    id: planned.asked.requestId,
    status: statusOf(outcome),
    modelId: planned.route.row.id,
    provider: planned.route.provider,
    engine: planned.route.engine,
    adjustments: planned.adjustments,
    answer: outcome.status === 'succeeded' ? outcome.answer : null,
    usage: reckoning.usage,
    costNanoUsd: sumCosts(records),
    listCostNanoUsd: reckoning.listCostNanoUsd,
    priceRow: reckoning.priceRow,
    error: outcome.status === 'failed' ? outcome.error.toEnvelope() : null,
    upstreamRequestId: outcome.upstream.requestId,
    upstreamHeaders: passedOn(outcome.upstream),
    warnings: [...planned.warnings, ...delivery.warnings],
    attempts: records,
    releaseKey: outcome.status === 'failed' && outcome.error.facts.retrySafe === true,
    finishedAt,
    durationMs: finishedAt.getTime() - startedAt.getTime(),
  };
}

function statusOf(outcome: Outcome): ClosingRecord['status'] {
  if (outcome.status === 'succeeded') return 'succeeded';
  if (outcome.error.code === 'interrupted') return 'interrupted';
  return outcome.error.code === 'request_cancelled' ? 'cancelled' : 'failed';
}

/** One call, as it went. */
function toAttempt(attempt: Attempt, number: number): AttemptRecord {
  const { planned, delivery, error, reckoning, startedAt, durationMs } = attempt;
  const { route } = planned;
  const facts = providerFacts(error);
  return {
    number,
    kind: 'image',
    provider: route.provider,
    engine: route.engine,
    modelId: route.row.id,
    startedAt,
    durationMs,
    error:
      facts === null
        ? null
        : {
            kind: facts.kind,
            message: facts.message,
            upstreamStatus: facts.upstreamStatus ?? null,
            upstreamCode: facts.upstreamCode ?? null,
            retryAfterMs: facts.retryAfterMs ?? null,
          },
    charged: error === null ? 'yes' : (facts?.charged ?? 'maybe'),
    upstreamRequestId: upstreamOf(attempt).requestId,
    ...reckoning,
    imageCount: delivery.images.length,
    partialImages: delivery.partialCount,
  };
}
