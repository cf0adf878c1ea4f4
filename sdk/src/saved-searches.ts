import {
  type SavedSearch,
  type SavedSearchBody,
  type SavedSearchChange,
  type SavedSearchList,
  savedSearch,
  savedSearchList,
} from '@pictor/api';
import { type CallOptions, sendCall, sendEmptyCall, type Transport } from './send-call.ts';

/** Searches that the project keeps under a name. */
export type SavedSearches = {
  /** In the order of their names. */
  readonly list: (options?: CallOptions) => Promise<SavedSearchList>;
  readonly get: (id: string, options?: CallOptions) => Promise<SavedSearch>;
  readonly create: (body: SavedSearchBody, options?: CallOptions) => Promise<SavedSearch>;
  readonly update: (id: string, change: SavedSearchChange, options?: CallOptions) => Promise<SavedSearch>;
  readonly remove: (id: string, options?: CallOptions) => Promise<void>;
};

const path = '/api/saved-searches';

/** The noun over one transport. */
export function savedSearchesOver(transport: Transport): SavedSearches {
  const one = (id: string) => `${path}/${encodeURIComponent(id)}`;
  return {
    list: (options) => sendCall(transport, { ...options, method: 'GET', path }, savedSearchList),
    get: (id, options) => sendCall(transport, { ...options, method: 'GET', path: one(id) }, savedSearch),
    create: (body, options) => sendCall(transport, { ...options, method: 'POST', path, body }, savedSearch),
    update: (id, body, options) =>
      sendCall(transport, { ...options, method: 'PATCH', path: one(id), body }, savedSearch),
    remove: (id, options) => sendEmptyCall(transport, { ...options, method: 'DELETE', path: one(id) }),
  };
}
