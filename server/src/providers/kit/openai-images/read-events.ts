import type { ImageEvent, LateFacts, ProviderError, Usage } from '../../../models/index.ts';
import { addUsage } from '../add-usage.ts';
import { isRecord } from '../read-error-body.ts';
import { openPieces } from '../read-pieces.ts';
import type { EventPiece } from '../scan-events.ts';
import { scanEventReply } from '../scan-reply.ts';
import { asFailure, finishRun } from './finish-run.ts';
import { readApplied } from './read-applied.ts';
import { readFailure } from './read-failure.ts';
import { readUsage } from './read-usage.ts';
import type { ReplyFacts } from './reply-facts.ts';

type Progress = {
  readonly delivered: number[];
  readonly late: LateFacts[];
  /** Previews of images that are not delivered yet. */
  partialCount: number;
  /** A picture of an event that tells only behind it what it is. */
  held: readonly Uint8Array[] | null;
  usage: Usage | null;
  failure: ProviderError | null;
};

/** The events of a streamed reply. Previews and images are handed on while they arrive. */
export async function* readEvents(facts: ReplyFacts): AsyncGenerator<ImageEvent> {
  const progress: Progress = {
    delivered: [],
    late: [],
    partialCount: 0,
    held: null,
    usage: null,
    failure: null,
  };
  const pieces = openPieces(
    facts.source.upstream.provider,
    scanEventReply(facts.source.upstream.provider, facts.reply.body, { isBase64: isPicture }),
  );
  try {
    for (let piece = await pieces.next(); piece !== null; piece = await pieces.next()) {
      if (piece.type === 'event') {
        yield* toHeldPicture(facts, progress, piece);
        progress.failure = readEnd(facts, piece, progress);
        if (progress.failure !== null) break;
        continue;
      }
      const chunks = await pieces.openBytes();
      if (chunks === null) continue;
      const type = readType(piece.eventName, piece.members.get('type'));
      if (type === '') progress.held = await gather(chunks);
      else yield* toPicture(facts, progress, type, chunks);
    }
  } catch (error) {
    progress.failure = asFailure(error);
  }
  yield* finishRun(facts, progress);
}

function isPicture(path: readonly string[]): boolean {
  return path.length === 1 && path[0] === 'b64_json';
}

/** The line before the data counts; some servers leave it out and have it in the data only. */
function readType(eventName: string | undefined, type: string | undefined): string {
  return eventName ?? type ?? '';
}

function* toHeldPicture(
  facts: ReplyFacts,
  progress: Progress,
  event: Extract<EventPiece, { type: 'event' }>,
): Generator<ImageEvent> {
  const { held } = progress;
  if (held === null) return;
  progress.held = null;
  const type = isRecord(event.data) && typeof event.data.type === 'string' ? event.data.type : '';
  yield* toPicture(facts, progress, type, again(held));
}

async function gather(chunks: AsyncIterable<Uint8Array>): Promise<readonly Uint8Array[]> {
  const gathered: Uint8Array[] = [];
  for await (const chunk of chunks) gathered.push(chunk);
  return gathered;
}

async function* again(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

/** A preview or an image. It counts once its bytes were read, which is when the consumer comes back. */
function* toPicture(
  facts: ReplyFacts,
  progress: Progress,
  type: string,
  chunks: AsyncIterable<Uint8Array>,
): Generator<ImageEvent> {
  if (type.endsWith('partial_image')) {
    yield { type: 'partial', ...toPlace(facts, progress), bytes: { chunks }, applied: {} };
    progress.partialCount += 1;
  } else if (progress.delivered.length < facts.job.n) {
    const imageIndex = progress.delivered.length;
    yield { type: 'image', imageIndex, bytes: { chunks }, applied: {} };
    progress.delivered.push(imageIndex);
  }
}

/**
 * Previews do not say which of several images they show, so they are dealt out in order. Their own number stands
 * behind their bytes and is not waited for: they come in order.
 */
function toPlace({ job }: ReplyFacts, progress: Progress): { imageIndex: number; partialIndex: number } {
  const each = Math.max(1, job.partialImages);
  const imageIndex = progress.delivered.length + Math.floor(progress.partialCount / each);
  return { imageIndex: Math.min(imageIndex, job.n - 1), partialIndex: progress.partialCount % each };
}

/** What an event says behind its bytes. Returns the failure that it tells, if it does. */
function readEnd(
  facts: ReplyFacts,
  event: Extract<EventPiece, { type: 'event' }>,
  progress: Progress,
): ProviderError | null {
  const { job, reply, source } = facts;
  const data = isRecord(event.data) ? event.data : {};
  const type = readType(event.eventName, typeof data.type === 'string' ? data.type : undefined);
  if (type === 'error' || isRecord(data.error)) {
    const picturesCame = progress.delivered.length > 0 || progress.partialCount > 0;
    const body = isRecord(data.error) ? data : { error: data };
    return readFailure({ status: reply.status, headers: reply.headers, body, picturesCame, source });
  }
  if (!type.endsWith('completed')) return null;
  progress.partialCount = Math.max(0, progress.partialCount - Math.max(1, job.partialImages));
  progress.usage = addUsage(progress.usage, readUsage(data.usage, job.kind));
  const imageIndex = progress.delivered.length - 1;
  if (imageIndex >= 0) progress.late.push({ imageIndex, applied: readApplied(data) });
  return null;
}
