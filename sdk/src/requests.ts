import { type RequestList, type RequestSummary, requestList, requestSummary } from '@pictor/api';
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
};

/** The requests noun over one transport. */
export function requestsOver(transport: Transport): Requests {
  return {
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
