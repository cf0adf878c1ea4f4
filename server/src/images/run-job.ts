import type { Catalogue } from '../catalogue/index.ts';
import { type Log, newId, PictorError } from '../foundation/index.ts';
import type { Limits } from '../limits/index.ts';
import { type ImageEvent, type MaskDrift, ProviderError } from '../models/index.ts';
import type { FirstRequest, Requests } from '../requests/index.ts';
import type { ImageStore } from '../storage/index.ts';
import { addLateFacts } from './add-late-facts.ts';
import { type Delivery, emptyDelivery, type Upstream } from './delivery.ts';
import { type HeldJob, holdJob } from './hold-job.ts';
import { type JobRun, type Outcome, startRun, type Tell } from './job-run.ts';
import type { PlannedJob } from './planned-job.ts';
import { type Reckoning, reckon, reckonFailure } from './reckon.ts';
import { providerFacts, toClosing, toImageRecord, toOpening } from './records.ts';
import type { StoredImage } from './stored-image.ts';
import { toAnswer } from './to-answer.ts';
import { toError } from './to-error.ts';
import { toImageJob } from './to-image-job.ts';
import { withReport } from './with-report.ts';

export type JobParts = {
  readonly catalogue: Catalogue;
  readonly requests: Requests;
  readonly limits: Limits;
  readonly store: ImageStore;
  readonly log: Log;
  /** Aborted when Pictor gives up its jobs. */
  readonly signal: AbortSignal;
};

/**
 * The story of every job: its cost is held against the limits, the opening row is committed, the engine is called, its bytes are stored as they arrive,
 * the closing row is committed, and only then is it done. A caller that leaves changes nothing. When the idempotency
 * key was used before, no engine is called and the first request is given.
 */
export async function startJob(parts: JobParts, wanted: PlannedJob): Promise<JobRun | FirstRequest> {
  const startedAt = new Date();
  const held = await holdJob(parts, wanted, startedAt);
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
    runToEnd({ ...parts, cancelled }, held, startedAt, tell),
  );
}

type RunParts = JobParts & { readonly cancelled: AbortSignal };

async function runToEnd(
  parts: RunParts,
  { planned, hold }: HeldJob,
  startedAt: Date,
  tell: Tell,
): Promise<Outcome> {
  const delivery = emptyDelivery();
  let outcome: Outcome;
  let reckoning: Reckoning;
  try {
    await receiveAll(parts, planned, delivery, tell);
    reckoning = reckon(parts.catalogue, planned, delivery, startedAt);
    outcome = {
      status: 'succeeded',
      upstream: delivery.upstream,
      answer: toAnswer(planned, delivery, reckoning, startedAt),
    };
  } catch (error) {
    const charged = providerFacts(error)?.charged ?? 'maybe';
    reckoning = reckonFailure(parts.catalogue, planned, { delivery, charged }, startedAt);
    outcome = {
      status: 'failed',
      upstream: upstreamOf(delivery, error),
      error: withReport(stopError(parts) ?? toError(error), planned, reckoning.costNanoUsd),
    };
    if (outcome.error.status >= 500)
      parts.log.error({ err: error, request: planned.asked.requestId }, 'job failed');
  }
  const closing = toClosing(planned, delivery, reckoning, outcome, startedAt);
  try {
    await parts.requests.close(closing);
  } catch (error) {
    parts.log.error({ err: error, request: planned.asked.requestId }, 'closing row could not be written');
    return {
      status: 'failed',
      upstream: delivery.upstream,
      error: withReport(toError(error), planned, null),
    };
  } finally {
    hold.settle(closing.attempts);
  }
  return outcome;
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

/** A refusal often comes before `started`, and has the provider's id of the call itself. */
function upstreamOf(delivery: Delivery, error: unknown): Upstream {
  const requestId = error instanceof ProviderError ? error.facts.upstreamRequestId : undefined;
  return requestId === undefined ? delivery.upstream : { ...delivery.upstream, requestId };
}

/** Pictures that came before the engine failed are paid: they are the answer, and the failure is told beside them. */
async function receiveAll(
  parts: RunParts,
  planned: PlannedJob,
  delivery: Delivery,
  tell: Tell,
): Promise<void> {
  try {
    await receive(parts, planned, delivery, tell);
  } catch (error) {
    if (delivery.images.length === 0 || stopError(parts) !== null) throw error;
    parts.log.warn({ err: error, request: planned.asked.requestId }, 'some images of a job did not come');
    delivery.warnings.push(
      `${delivery.images.length} of ${planned.fitted.n} images were made; then the engine failed: ${toError(error).message}`,
    );
  }
}

/** Reads the engine's stream to its end and keeps everything that comes. */
async function receive(parts: RunParts, planned: PlannedJob, delivery: Delivery, tell: Tell): Promise<void> {
  const context = {
    requestId: planned.asked.requestId,
    callerId: planned.asked.caller.projectId,
    signal: AbortSignal.any([parts.signal, parts.cancelled]),
  };
  for await (const event of planned.route.model.run(toImageJob(planned), context)) {
    switch (event.type) {
      case 'started':
        delivery.upstream = {
          requestId: event.upstreamRequestId ?? null,
          headers: event.upstreamHeaders ?? {},
        };
        break;
      case 'progress':
        tell({
          type: 'stage',
          stage: event.stage,
          ...(event.fraction === undefined ? {} : { fraction: event.fraction }),
        });
        break;
      case 'partial': {
        const image = await keepImage(parts, planned, event, 'partial');
        delivery.partialCount += 1;
        tell({ type: 'partial', partialIndex: event.partialIndex, image });
        break;
      }
      case 'image': {
        const image = await keepImage(parts, planned, event, 'output');
        await keepOriginal(parts, planned, event);
        if (event.maskDrift !== undefined) delivery.warnings.push(tellDrift(event.maskDrift));
        delivery.parts.push({ type: 'image', index: delivery.images.length });
        delivery.images.push(image);
        tell({ type: 'image', image });
        break;
      }
      case 'text':
        delivery.parts.push({ type: 'text', text: event.text });
        tell({ type: 'text', text: event.text });
        break;
      case 'usage':
        delivery.usage = event.usage;
        break;
      case 'finished':
        addLateFacts(delivery, event.late ?? []);
        for (const missing of event.missing ?? []) {
          delivery.warnings.push(
            `Image ${missing.imageIndex + 1} of ${planned.fitted.n} was not made: ${missing.error.message}`,
          );
        }
        break;
    }
  }
  const mayStopHere = planned.asked.mayOnlyWrite === true && delivery.parts.length > 0;
  if (delivery.images.length === 0 && !mayStopHere) throw noImage(planned.route.engine);
}

function noImage(provider: string): ProviderError {
  return new ProviderError({
    kind: 'unreadable',
    charged: 'maybe',
    provider,
    message: 'The engine answered without an image that can be decoded.',
  });
}

async function keepImage(
  parts: JobParts,
  planned: PlannedJob,
  event: Extract<ImageEvent, { type: 'image' | 'partial' }>,
  role: 'output' | 'partial',
): Promise<StoredImage> {
  const stored = await parts.store.putImage(event.bytes.chunks);
  if (stored === null) throw noImage(planned.route.engine);
  const position =
    role === 'output'
      ? event.imageIndex
      : event.imageIndex * 10 + (event.type === 'partial' ? event.partialIndex : 0);
  const revisedPrompt = event.type === 'image' ? event.revisedPrompt : undefined;
  const image: StoredImage = {
    id: newId('img'),
    position: event.imageIndex,
    hash: stored.hash,
    mediaType: stored.mediaType,
    byteCount: stored.byteCount,
    width: stored.width,
    height: stored.height,
    applied: event.applied,
    ...(revisedPrompt === undefined ? {} : { revisedPrompt }),
  };
  await parts.requests.addImage({
    ...toImageRecord(planned, image, role),
    position,
    applied: event.applied,
    revisedPrompt: revisedPrompt ?? null,
    replay: event.type === 'image' ? (event.replay ?? null) : null,
  });
  if (role === 'output') parts.store.makeThumbnailLater(stored.hash);
  return image;
}

/** The model's own bytes, where the output was changed: it wants them back in a later turn. */
async function keepOriginal(
  parts: JobParts,
  planned: PlannedJob,
  event: Extract<ImageEvent, { type: 'image' }>,
): Promise<void> {
  if (event.original === undefined) return;
  const stored = await parts.store.putImage(event.original.chunks);
  if (stored === null) throw noImage(planned.route.engine);
  await parts.requests.addImage({
    ...toImageRecord(planned, { ...stored, id: newId('img') }, 'original'),
    position: event.imageIndex,
    replay: event.replay ?? null,
  });
}

function tellDrift({ meanDifference, changedShare }: MaskDrift): string {
  const percent = (changedShare * 100).toFixed(1);
  return `The mask was emulated: outside of it the engine had changed ${percent}% of the pixels (mean difference ${meanDifference.toFixed(2)} of 255), and the original was put back there.`;
}
