import {
  type CreateResponseBody,
  type ItemList,
  itemList,
  type ResponseObject,
  responseDeletion,
  responseObject,
} from '@pictor/api';
import { type CallOptions, type RunOptions, sendCall, type Transport } from './send-call.ts';
import { followResponse, type ResponseProgress, streamResponse } from './stream-response.ts';
import { toQuery } from './to-query.ts';

/** The body of a response; how it is answered is the method's business. */
export type ResponseRequest = Omit<CreateResponseBody, 'stream' | 'stream_options'>;

/** A page of items, as OpenAI's lists have it. */
export type ItemPage = {
  /** How many at most, 1 to 100. Default: 20. */
  readonly limit?: number | undefined;
  /** Default: `desc`, the newest first. */
  readonly order?: 'asc' | 'desc' | undefined;
  /** `last_id` of the page before. */
  readonly after?: string | undefined;
};

/** Responses API: OpenAI's bodies and answers, with pictures made in conversation. */
export type Responses = {
  /** Resolves when the turn is done; with `background: true` at once, as `queued`. */
  readonly create: (body: ResponseRequest, options?: RunOptions) => Promise<ResponseObject>;
  /**
   * The same, told while it happens: texts as they are written, previews if the tool's `partial_images` asks for some,
   * and items. A stream that breaks is taken up behind its last event. A turn that failed ends with its response too.
   */
  readonly stream: (body: ResponseRequest, options?: RunOptions) => AsyncIterable<ResponseProgress>;
  /**
   * What happens, and has happened, in a response that was begun before, to its end. `after`: the sequence number of the
   * last event that is known. Default: from its beginning.
   */
  readonly follow: (
    id: string,
    after?: number | undefined,
    options?: CallOptions,
  ) => AsyncIterable<ResponseProgress>;
  /** A response as it stands; `not_found` where it was not stored. */
  readonly get: (id: string, options?: CallOptions) => Promise<ResponseObject>;
  /** Deletes it, and stops it first where it runs. Its pictures stay. */
  readonly delete: (id: string, options?: CallOptions) => Promise<void>;
  /** Stops one that was begun with `background: true`, and gives what came of it. */
  readonly cancel: (id: string, options?: CallOptions) => Promise<ResponseObject>;
  /** One page of what was put into it. */
  readonly inputItems: (id: string, page?: ItemPage, options?: CallOptions) => Promise<ItemList>;
};

const path = '/v1/responses';

/** The responses noun over one transport. */
export function responsesOver(transport: Transport): Responses {
  const one = (id: string) => `${path}/${encodeURIComponent(id)}`;
  const post = { method: 'POST', isKeyed: true } as const;
  return {
    create: (body, options) => sendCall(transport, { ...options, ...post, path, body }, responseObject),
    stream: (body, options) =>
      streamResponse(transport, { ...options, ...post, path, body: { ...body, stream: true } }),
    follow: (id, after = -1, options) => followResponse(transport, id, after, options),
    get: (id, options) => sendCall(transport, { ...options, method: 'GET', path: one(id) }, responseObject),
    delete: async (id, options) => {
      await sendCall(transport, { ...options, method: 'DELETE', path: one(id) }, responseDeletion);
    },
    cancel: (id, options) =>
      sendCall(transport, { ...options, method: 'POST', path: `${one(id)}/cancel` }, responseObject),
    inputItems: (id, page = {}, options) =>
      sendCall(
        transport,
        { ...options, method: 'GET', path: `${one(id)}/input_items${toQuery(page)}` },
        itemList,
      ),
  };
}
