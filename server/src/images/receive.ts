import { newId } from '../foundation/index.ts';
import { type ImageEvent, type MaskDrift, ProviderError } from '../models/index.ts';
import type { ImageRecord } from '../requests/index.ts';
import type { ImageStore } from '../storage/index.ts';
import { addLateFacts } from './add-late-facts.ts';
import type { Delivery } from './delivery.ts';
import type { Tell } from './job-run.ts';
import { type LiveWriter, openLiveImage } from './live-image.ts';
import type { PlannedJob } from './planned-job.ts';
import { toImageRecord } from './records.ts';
import { base64Length, freshBase64, type StoredImage } from './stored-image.ts';
import { tellFormat } from './tell-format.ts';
import { toImageJob } from './to-image-job.ts';

export type ReceiveParts = {
  /** Sees to it that a picture gets its row, and is not waited for. */
  readonly addImage: (image: ImageRecord) => void;
  readonly store: ImageStore;
  /** Aborted when the job is cancelled or given up. */
  readonly stopped: AbortSignal;
};

/** Calls the engine, reads its stream to the end and keeps everything that comes. Throws what the engine throws. */
export async function receive(
  parts: ReceiveParts,
  planned: PlannedJob,
  delivery: Delivery,
  tell: Tell,
): Promise<void> {
  const context = {
    requestId: planned.asked.requestId,
    callerId: planned.asked.caller.projectId,
    signal: parts.stopped,
    pool: parts.store.pool,
  };
  let broken: ProviderError | null = null;
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
        // A preview that is none says nothing about the picture behind it.
        if (image instanceof ProviderError) break;
        delivery.partialCount += 1;
        tell({ type: 'partial', partialIndex: event.partialIndex, image });
        break;
      }
      case 'image': {
        const live = openLive(parts, planned, delivery, event, tell);
        const image = await keepImage(parts, planned, event, 'output', live);
        await keepOriginal(parts, planned, event);
        if (image instanceof ProviderError) {
          broken = image;
          delivery.warnings.push(tellMissing(planned, event.imageIndex, image));
          break;
        }
        if (event.maskDrift !== undefined) delivery.warnings.push(tellDrift(event.maskDrift));
        delivery.parts.push({ type: 'image', index: delivery.images.length });
        delivery.images.push(image);
        tell({ type: 'image', image });
        break;
      }
      case 'text':
        delivery.parts.push({ type: 'text', text: event.text });
        tell({
          type: 'text',
          text: event.text,
          ...(event.replay === undefined ? {} : { replay: event.replay }),
        });
        break;
      case 'usage':
        delivery.usage = event.usage;
        break;
      case 'finished':
        addLateFacts(delivery, event.late ?? []);
        if (event.upstreamRequestId !== undefined) {
          delivery.upstream = { ...delivery.upstream, requestId: event.upstreamRequestId };
        }
        for (const missing of event.missing ?? []) {
          delivery.warnings.push(tellMissing(planned, missing.imageIndex, missing.error));
        }
        break;
    }
  }
  const mayStopHere = planned.asked.mayOnlyWrite === true && delivery.parts.length > 0;
  if (delivery.images.length === 0 && !mayStopHere) throw broken ?? noImage(planned.route.engine);
}

function tellMissing({ fitted }: PlannedJob, imageIndex: number, error: ProviderError): string {
  return `Image ${imageIndex + 1} of ${fitted.n} was not made: ${error.message}`;
}

function noImage(provider: string): ProviderError {
  return new ProviderError({
    kind: 'unreadable',
    charged: 'maybe',
    provider,
    message: 'The engine answered without an image that can be decoded.',
  });
}

/**
 * Gives the error where it was no picture: others of the same answer may be, and what the engine used is told behind all
 * of them. Throws where there is nothing more to come.
 */
async function keepImage(
  parts: ReceiveParts,
  planned: PlannedJob,
  event: Extract<ImageEvent, { type: 'image' | 'partial' }>,
  role: 'output' | 'partial',
  live: LiveWriter | null = null,
): Promise<StoredImage | ProviderError> {
  const stored = await parts.store.putImage(event.bytes.chunks, live?.see).catch((error: unknown) => {
    live?.end(null);
    if (error instanceof ProviderError && error.kind === 'unreadable') return error;
    throw error;
  });
  if (stored instanceof ProviderError) return stored;
  const base64 = live?.copySmall() ?? null;
  live?.end(stored);
  if (stored === null) return noImage(planned.route.engine);
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
    applied: tellFormat(event.applied, stored.mediaType),
    ...(revisedPrompt === undefined ? {} : { revisedPrompt }),
    ...(base64?.length === base64Length(stored.byteCount) ? { [freshBase64]: base64 } : {}),
  };
  parts.addImage({
    ...toImageRecord(planned, image, role),
    position,
    applied: image.applied,
    revisedPrompt: revisedPrompt ?? null,
    replay: event.type === 'image' ? (event.replay ?? null) : null,
  });
  if (role === 'output') parts.store.makeThumbnailLater(stored.hash);
  return image;
}

/** The first picture of an answer in base64, where it comes as such, is for whoever waits for the answer. */
function openLive(
  parts: ReceiveParts,
  planned: PlannedJob,
  delivery: Delivery,
  event: Extract<ImageEvent, { type: 'image' }>,
  tell: Tell,
): LiveWriter | null {
  const isFirst = delivery.images.length === 0 && event.imageIndex === 0;
  if (!isFirst || planned.fitted.responseFormat === 'url' || event.bytes.chunks.base64 === undefined)
    return null;
  const live = openLiveImage(planned.fitted.n === 1, parts.store.pool);
  tell({ type: 'arriving', engine: planned.route.engine, upstream: delivery.upstream, image: live.image });
  return live;
}

/** The model's own bytes, where the output was changed: it wants them back in a later turn. */
async function keepOriginal(
  parts: ReceiveParts,
  planned: PlannedJob,
  event: Extract<ImageEvent, { type: 'image' }>,
): Promise<void> {
  if (event.original === undefined) return;
  const stored = await parts.store.putImage(event.original.chunks);
  if (stored === null) throw noImage(planned.route.engine);
  parts.addImage({
    ...toImageRecord(planned, { ...stored, id: newId('img') }, 'original'),
    position: event.imageIndex,
    replay: event.replay ?? null,
  });
}

function tellDrift({ meanDifference, changedShare }: MaskDrift): string {
  const percent = (changedShare * 100).toFixed(1);
  return `The mask was emulated: outside of it the engine had changed ${percent}% of the pixels (mean difference ${meanDifference.toFixed(2)} of 255), and the original was put back there.`;
}
