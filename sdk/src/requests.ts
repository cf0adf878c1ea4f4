import {
  type RequestList,
  type RequestSearchBody,
  type RequestSearchPage,
  type RequestSummary,
  requestList,
  requestSearchPage,
  requestSummary,
} from '@pictor/api';
import { type CallOptions, sendCall, type Transport } from './send-call.ts';

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
  /** One page of what fits words and filters; `next_cursor` leads to the next one. */
  readonly search: (body?: RequestSearchBody, options?: CallOptions) => Promise<RequestSearchPage>;
  /** Everything that fits, page by page while it is read. */
  readonly searchAll: (body?: RequestSearchBody, options?: CallOptions) => AsyncIterable<RequestSummary>;
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
    list: (page = {}, options) => {
      const query = new URLSearchParams();
      if (page.limit !== undefined) query.set('limit', String(page.limit));
      if (page.after !== undefined) query.set('after', page.after);
      const path = query.size === 0 ? '/api/requests' : `/api/requests?${query}`;
      return sendCall(transport, { ...options, method: 'GET', path }, requestList);
    },
    get: (id, options) =>
      sendCall(
        transport,
        { ...options, method: 'GET', path: `/api/requests/${encodeURIComponent(id)}` },
        requestSummary,
      ),
  };
}
