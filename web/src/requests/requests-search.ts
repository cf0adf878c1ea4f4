import type { RequestFilterGroup, RequestQuery, RequestSort } from '@pictor/sdk';
import { readFilters, readWords } from '../filters/read-filters.ts';

/** What the address of the list keeps. Absent: every request, newest first. */
export type RequestsSearch = {
  readonly q?: string | undefined;
  readonly filter?: RequestFilterGroup | undefined;
  readonly sort?: Exclude<RequestSort, 'created_at'> | undefined;
  readonly order?: 'asc' | undefined;
  /** Days that the panel of numbers looks back. Absent: it is closed. */
  readonly numbers?: number | undefined;
};

/** Reads the address; what makes no sense is left out. */
export function readRequestsSearch(search: Record<string, unknown>): RequestsSearch {
  const { sort, order, numbers } = search;
  return {
    q: readWords(search.q),
    filter: readFilters(search.filter),
    sort: sort === 'cost' || sort === 'latency_ms' ? sort : undefined,
    order: order === 'asc' ? 'asc' : undefined,
    numbers: periods.find((days) => days === numbers),
  };
}

/** Days that the numbers can look back. */
export const periods: readonly number[] = [7, 30, 90, 365];

/** The search as the API takes it, as it is saved and exported. */
export function toRequestQuery({ q, filter, sort, order }: RequestsSearch): RequestQuery {
  return {
    ...(q === undefined ? {} : { q }),
    ...(filter === undefined ? {} : { filter_group: filter }),
    ...(sort === undefined ? {} : { sort_by: sort }),
    ...(order === undefined ? {} : { sort_order: order }),
  };
}

/** A saved search as an address. */
export function fromRequestQuery(query: RequestQuery): RequestsSearch {
  const { q, filter_group: filter, sort_by: sort, sort_order: order } = query;
  return { ...readRequestsSearch({ q, filter, sort, order }) };
}
