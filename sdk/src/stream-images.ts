import { type ImagesUsage, imageStreamEvent, type PictorReport, pictorReport } from '@pictor/api';
import { imageBytes } from './image-input.ts';
import { BrokenStream, eventsOf } from './read-events.ts';
import type { Call } from './send-call.ts';
import { noAnswer, parseJson, sendOpenCall, type Transport, toApiError, unreadable } from './send-call.ts';

/** A picture that came with a stream. */
export type StreamedImage = {
  /** Which of the n pictures it is, from 0. */
  readonly index: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** `png`, `jpeg` or `webp`. */
  readonly format: string;
  /** `1024x1024`. */
  readonly size: string;
  readonly quality: string;
  readonly background: string;
};

/** What happens while pictures are made, in order; the last event is the last image. */
export type ImageProgress =
  | {
      /** The server has begun. */
      readonly type: 'started';
      readonly requestId: string;
    }
  | {
      /** Nothing new, and the work goes on. It comes about every two seconds. */
      readonly type: 'waiting';
      /** Since the call, in milliseconds. */
      readonly elapsedMs: number;
    }
  | ({
      readonly type: 'partial';
      /** Which preview of the picture, from 0. */
      readonly partialIndex: number;
    } & StreamedImage)
  | ({
      readonly type: 'image';
      /** Tokens; null: on the last picture only, and where the engine counts any. */
      readonly usage: ImagesUsage | null;
      /** What it cost, who drew, and what differs from what was asked. */
      readonly pictor: PictorReport | null;
    } & StreamedImage);

/**
 * Pictures as they come. A stream that breaks is taken up behind its last event, as often as the client tries again;
 * nothing is paid twice. Throws like every call.
 */
export async function* streamImages(transport: Transport, call: Call): AsyncGenerator<ImageProgress> {
  const startedAt = Date.now();
  const headers = { ...call.headers, accept: 'text/event-stream' };
  let response = await sendOpenCall(transport, { ...call, headers });
  const requestId = toRequestId(call, response);
  yield { type: 'started', requestId };
  let lastId: string | null = null;
  let images = 0;
  for (let retries = 0; ; retries += 1) {
    try {
      for await (const event of eventsOf(response)) {
        if (event === null) {
          yield { type: 'waiting', elapsedMs: Date.now() - startedAt };
          continue;
        }
        const progress = toProgress(event.data, images, response, call);
        lastId = event.id ?? lastId;
        if (progress.type === 'image') images += 1;
        yield progress;
      }
      if (images > 0) return;
      throw new BrokenStream('The stream ended before its picture came.');
    } catch (error) {
      call.signal?.throwIfAborted();
      if (!(error instanceof BrokenStream)) throw error;
      if (retries >= (transport.maxRetries ?? 0) || requestId === '') throw noAnswer(error.cause ?? error);
    }
    response = await sendOpenCall(transport, {
      method: 'GET',
      path: call.method === 'GET' ? call.path : `${call.path}/${encodeURIComponent(requestId)}`,
      headers: { ...headers, ...(lastId === null ? {} : { 'last-event-id': lastId }) },
      signal: call.signal,
    });
  }
}

/** Whose pictures come: an answer that is had again has an id of its own. */
function toRequestId(call: Call, response: Response): string {
  if (call.method === 'GET') return decodeURIComponent(call.path.split('/').at(-1) ?? '');
  return response.headers.get('x-request-id') ?? '';
}

function toProgress(data: string, images: number, response: Response, call: Call): ImageProgress {
  const body = parseJson(data);
  if (typeof body === 'object' && body !== null && 'error' in body) throw toApiError(response, body);
  const read = imageStreamEvent.safeParse(body);
  if (!read.success) throw unreadable(call, response, read.error);
  const event = read.data;
  const report = pictorReport.safeParse(event.pictor);
  const place = typeof event.pictor === 'object' && event.pictor !== null ? event.pictor : {};
  const shared = {
    index: 'index' in place && typeof place.index === 'number' ? place.index : images,
    bytes: imageBytes(event),
    format: event.output_format,
    size: event.size,
    quality: event.quality,
    background: event.background,
  };
  if (event.type === 'image_generation.partial_image' || event.type === 'image_edit.partial_image') {
    return { type: 'partial', partialIndex: event.partial_image_index, ...shared };
  }
  const pictor = report.success ? report.data : null;
  return { type: 'image', ...shared, usage: event.usage ?? null, pictor };
}
