import {
  type ImagesResponse,
  imagesResponse,
  type ReplayBody,
  type RequestAnalytics,
  type RequestAnalyticsBody,
  type RequestChange,
  type RequestExportBody,
  type RequestGroup,
  type RequestList,
  type RequestSearchBody,
  type RequestSearchPage,
  type RequestSummary,
  requestAnalytics,
  requestGroup,
  requestList,
  requestSearchPage,
  requestSummary,
} from '@pictor/api';
import { type SavedSearches, savedSearchesOver } from './saved-searches.ts';
import { type CallOptions, type RunOptions, sendCall, sendOpenCall, type Transport } from './send-call.ts';

export type RequestPage = {
  /** How many at most, 1 to 200. Default: 50. */
  readonly limit?: number | undefined;
  /** `last_id` of the page before. Default: the newest request comes first. */
  readonly after?: string | undefined;
};

/** The requests of the project, by every wire and every client. */
export type Requests = {
  /** One page, newest first. */
  readonly list: (page?: RequestPage, options?: CallOptions) => Promise<RequestList>;
  /** One request; `not_found` where the project has none with this id. */
  readonly get: (id: string, options?: CallOptions) => Promise<RequestSummary>;
  /** The request that an idempotency key belongs to, whatever has become of it; null: none came with it. */
  readonly findByKey: (idempotencyKey: string, options?: CallOptions) => Promise<RequestSummary | null>;
  /** One page of what fits words and filters; `next_cursor` leads to the next one. */
  readonly search: (body?: RequestSearchBody, options?: CallOptions) => Promise<RequestSearchPage>;
  /** Everything that fits, page by page while it is read. */
  readonly searchAll: (body?: RequestSearchBody, options?: CallOptions) => AsyncIterable<RequestSummary>;
  /** Counts, cost, tokens and latency of a period, in all and by groups. Default: 30 days. */
  readonly analyse: (body?: RequestAnalyticsBody, options?: CallOptions) => Promise<RequestAnalytics>;
  /** Everything that fits as CSV or JSON lines, as a stream. */
  readonly export: (body?: RequestExportBody, options?: CallOptions) => Promise<ReadableStream<Uint8Array>>;
  /** Sends a request again, as it was or changed. Resolves when the pictures are made; the new one knows the old. */
  readonly replay: (id: string, body?: ReplayBody, options?: RunOptions) => Promise<ImagesResponse>;
  /** Notes tags, metadata, scores or a group of a request; what is absent stays. Needs a key that may manage. */
  readonly update: (id: string, change: RequestChange, options?: CallOptions) => Promise<RequestSummary>;
  /** Makes a group that requests can be put in. */
  readonly newGroup: (options?: CallOptions) => Promise<RequestGroup>;
  readonly saved: SavedSearches;
};

async function* searchAll(
  search: Requests['search'],
  body: RequestSearchBody,
  options: CallOptions | undefined,
): AsyncGenerator<RequestSummary> {
  let cursor = body.cursor;
  for (;;) {
    const page = await search({ ...body, ...(cursor === undefined ? {} : { cursor }) }, options);
    yield* page.data;
    if (page.next_cursor === null) return;
    cursor = page.next_cursor;
  }
}

/** The requests noun over one transport. */
export function requestsOver(transport: Transport): Requests {
  const search: Requests['search'] = (body = {}, options) =>
    sendCall(
      transport,
      { ...options, method: 'POST', path: '/api/requests/search', body },
      requestSearchPage,
    );
  return {
    search,
    searchAll: (body = {}, options) => searchAll(search, body, options),
    analyse: (body = {}, options) =>
      sendCall(
        transport,
        { ...options, method: 'POST', path: '/api/requests/analytics', body },
        requestAnalytics,
      ),
    export: async (body = {}, options) => {
      const call = { ...options, method: 'POST', path: '/api/requests/export', body } as const;
      const { body: stream } = await sendOpenCall(transport, { ...call, headers: { accept: '*/*' } });
      return stream ?? new ReadableStream<Uint8Array>();
    },
    replay: (id, body = {}, options) =>
      sendCall(
        transport,
        {
          ...options,
          method: 'POST',
          path: `/api/requests/${encodeURIComponent(id)}/replay`,
          body,
          isKeyed: true,
        },
        imagesResponse,
      ),
    update: (id, body, options) =>
      sendCall(
        transport,
        { ...options, method: 'PATCH', path: `/api/requests/${encodeURIComponent(id)}`, body },
        requestSummary,
      ),
    newGroup: (options) =>
      sendCall(transport, { ...options, method: 'POST', path: '/api/request-groups' }, requestGroup),
    saved: savedSearchesOver(transport),
    list: (page = {}, options) => {
      const query = new URLSearchParams();
      if (page.limit !== undefined) query.set('limit', String(page.limit));
      if (page.after !== undefined) query.set('after', page.after);
      const path = query.size === 0 ? '/api/requests' : `/api/requests?${query}`;
      return sendCall(transport, { ...options, method: 'GET', path }, requestList);
    },
    findByKey: async (key, options) => {
      const path = `/api/requests?${new URLSearchParams({ idempotency_key: key })}`;
      return (await sendCall(transport, { ...options, method: 'GET', path }, requestList)).data.at(0) ?? null;
    },
    get: (id, options) =>
      sendCall(
        transport,
        { ...options, method: 'GET', path: `/api/requests/${encodeURIComponent(id)}` },
        requestSummary,
      ),
  };
}
