import {
  type ResponseItem,
  type ResponseObject,
  type ResponseStreamEvent,
  responseStreamEvent,
} from '@pictor/api';
import { imageBytes } from './image-input.ts';
import { BrokenStream, eventsOf } from './read-events.ts';
import {
  type Call,
  type CallOptions,
  noAnswer,
  parseJson,
  sendOpenCall,
  type Transport,
  toApiError,
  unreadable,
} from './send-call.ts';

/** Where in the output something happens, and which item it is. */
type Place = {
  /** Which item of the output, from 0. */
  readonly index: number;
  readonly itemId: string;
};

/** What happens while a turn is answered, in order; the last event is `ended`. */
export type ResponseProgress =
  | {
      /** The server has begun. The response has its id and nothing else yet. */
      readonly type: 'started';
      readonly response: ResponseObject;
      readonly sequence: number;
    }
  | {
      /** Nothing new, and the work goes on. It comes about every two seconds. */
      readonly type: 'waiting';
      /** Since the call, in milliseconds. */
      readonly elapsedMs: number;
    }
  | {
      /** An item is begun, or done: a message, a picture, a call of one's own function. */
      readonly type: 'item';
      readonly isDone: boolean;
      readonly index: number;
      readonly item: ResponseItem;
      readonly sequence: number;
    }
  | ({
      /** More of a message, or of the words that refuse. */
      readonly type: 'text';
      readonly delta: string;
      readonly isRefusal: boolean;
      readonly sequence: number;
    } & Place)
  | ({
      /** How far a picture is. */
      readonly type: 'painting';
      readonly stage: 'in_progress' | 'generating' | 'completed';
      readonly sequence: number;
    } & Place)
  | ({
      readonly type: 'partial';
      /** Which preview of the picture, from 0. */
      readonly partialIndex: number;
      readonly bytes: Uint8Array<ArrayBuffer>;
      readonly sequence: number;
    } & Place)
  | {
      /** The turn is over: completed, failed, incomplete or cancelled, as its `status` says. */
      readonly type: 'ended';
      readonly response: ResponseObject;
      readonly sequence: number;
    };

/** A turn as it goes. Throws like every call; a turn that failed is no error here, it ends with its response. */
export async function* streamResponse(transport: Transport, call: Call): AsyncGenerator<ResponseProgress> {
  const headers = { ...call.headers, accept: 'text/event-stream' };
  const response = await sendOpenCall(transport, { ...call, headers });
  yield* take(transport, call, { response, id: null, last: -1 });
}

/** A turn that was begun before, from behind an event to its end. */
export async function* followResponse(
  transport: Transport,
  id: string,
  after: number,
  options: CallOptions | undefined,
): AsyncGenerator<ResponseProgress> {
  const call: Call = { ...options, method: 'GET', path: `/v1/responses/${encodeURIComponent(id)}` };
  const response = await takeUp(transport, id, after, options?.signal);
  yield* take(transport, call, { response, id, last: after });
}

type Taken = { readonly response: Response; readonly id: string | null; readonly last: number };

/** A stream that breaks is taken up behind its last event, as often as the client tries again. */
async function* take(transport: Transport, call: Call, from: Taken): AsyncGenerator<ResponseProgress> {
  const startedAt = Date.now();
  let { response, id, last } = from;
  for (let retries = 0; ; retries += 1) {
    try {
      for await (const event of eventsOf(response)) {
        const progress = event === null ? null : toProgress(event.data, response, call);
        if (event === null) yield { type: 'waiting', elapsedMs: Date.now() - startedAt };
        if (progress === null || progress.type === 'waiting') continue;
        last = progress.sequence;
        if (progress.type === 'started') id = progress.response.id;
        yield progress;
        if (progress.type === 'ended') return;
      }
      throw new BrokenStream('The stream ended before its turn was over.');
    } catch (error) {
      call.signal?.throwIfAborted();
      if (!(error instanceof BrokenStream)) throw error;
      if (retries >= (transport.maxRetries ?? 0) || id === null) throw noAnswer(error.cause ?? error);
    }
    response = await takeUp(transport, id, last, call.signal);
  }
}

function takeUp(
  transport: Transport,
  id: string,
  after: number,
  signal: AbortSignal | undefined,
): Promise<Response> {
  const behind = after < 0 ? '' : `&starting_after=${after}`;
  return sendOpenCall(transport, {
    method: 'GET',
    path: `/v1/responses/${encodeURIComponent(id)}?stream=true${behind}`,
    headers: { accept: 'text/event-stream' },
    signal,
  });
}

/** Null: an event that says nothing beside those that are known. */
function toProgress(data: string, response: Response, call: Call): ResponseProgress | null {
  const body = parseJson(data);
  if (typeof body !== 'object' || body === null) throw unreadable(call, response, data);
  if ('error' in body && body.error !== null) throw toApiError(response, body);
  const read = responseStreamEvent.safeParse(body);
  if (read.success) return dress(read.data);
  if ('type' in body && isWanted(body.type)) throw unreadable(call, response, read.error);
  return null;
}

function isWanted(type: unknown): boolean {
  return responseStreamEvent.options.some(({ shape }) => shape.type.safeParse(type).success);
}

function dress(event: ResponseStreamEvent): ResponseProgress {
  const { sequence_number: sequence } = event;
  switch (event.type) {
    case 'response.created':
      return { type: 'started', response: event.response, sequence };
    case 'response.completed':
    case 'response.failed':
    case 'response.incomplete':
      return { type: 'ended', response: event.response, sequence };
    case 'response.output_item.added':
    case 'response.output_item.done': {
      const isDone = event.type === 'response.output_item.done';
      return { type: 'item', isDone, index: event.output_index, item: event.item, sequence };
    }
    case 'response.output_text.delta':
    case 'response.refusal.delta': {
      const isRefusal = event.type === 'response.refusal.delta';
      return { type: 'text', ...placeOf(event), delta: event.delta, isRefusal, sequence };
    }
    case 'response.image_generation_call.partial_image':
      return {
        type: 'partial',
        ...placeOf(event),
        partialIndex: event.partial_image_index,
        bytes: imageBytes({ b64_json: event.partial_image_b64 }),
        sequence,
      };
    case 'response.image_generation_call.in_progress':
      return { type: 'painting', ...placeOf(event), stage: 'in_progress', sequence };
    case 'response.image_generation_call.generating':
      return { type: 'painting', ...placeOf(event), stage: 'generating', sequence };
    case 'response.image_generation_call.completed':
      return { type: 'painting', ...placeOf(event), stage: 'completed', sequence };
  }
}

function placeOf(event: { readonly output_index: number; readonly item_id: string }): Place {
  return { index: event.output_index, itemId: event.item_id };
}
