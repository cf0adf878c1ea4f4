import { z } from 'zod';
import { moment, requestFilterGroup } from './request-filters.ts';
import { requestSummary } from './requests.ts';

const query = {
  filter_group: requestFilterGroup.optional(),
  /** Words in prompts, revised prompts and answers: `otter -river "red cap" OR fox`. */
  q: z.string().max(1_000).optional(),
};

export const requestSort = z.enum(['created_at', 'cost', 'latency_ms']);

const order = {
  /** Default: created_at. Requests of unknown cost or without an end come last. */
  sort_by: requestSort.optional(),
  /** Default: desc. */
  sort_order: z.enum(['asc', 'desc']).optional(),
};

/** Which requests are wanted, and in which order: what a saved search keeps. */
export const requestQuery = z.strictObject({ ...query, ...order });

/** The body of POST /api/requests/search. */
export const requestSearchBody = z.strictObject({
  ...query,
  ...order,
  /** 1 to 200. Default: 50. */
  limit: z.int().min(1).max(200).optional(),
  /** `next_cursor` of the page before. */
  cursor: z.string().max(1_000).optional(),
});

/** The body of POST /api/requests/export. */
export const requestExportBody = z.strictObject({
  ...query,
  ...order,
  /** Default: csv. */
  format: z.enum(['csv', 'jsonl']).optional(),
});

export const requestSearchPage = z.looseObject({
  object: z.literal('list'),
  data: z.array(requestSummary),
  has_more: z.boolean(),
  /** Null: this is the last page. */
  next_cursor: z.string().nullable(),
});

export const analyticsGroup = z.enum([
  'day',
  'model',
  'provider',
  'engine',
  'prompt',
  'prompt_version',
  'tag',
  'metadata',
  'status',
  'error',
  'size',
  'quality',
]);

/** The body of POST /api/requests/analytics. */
export const requestAnalyticsBody = z.strictObject({
  ...query,
  /** Default: 30 days back, today being one of them. */
  from: moment.optional(),
  /** Default: now. A day stands for the whole of it. */
  to: moment.optional(),
  /** Default: day, model, prompt, tag, error. */
  group_by: z.array(analyticsGroup).min(1).max(12).optional(),
  /** The key whose values are the groups of `metadata`. */
  metadata_key: z.string().min(1).max(1_000).optional(),
});

const sums = {
  requests: z.int(),
  succeeded: z.int(),
  /** Failed and interrupted ones. */
  errors: z.int(),
  images: z.int(),
  /** USD; those of unknown cost are in no sum. */
  cost: z.number(),
  cost_nano_usd: z.int(),
  /** Requests that ended, and of which nobody knows what they cost. */
  unknown_count: z.int(),
  input_tokens: z.int(),
  output_tokens: z.int(),
  /** Of those that ended; null: none did. */
  latency_ms: z.looseObject({
    average: z.number().nullable(),
    p50: z.number().nullable(),
    p90: z.number().nullable(),
    p95: z.number().nullable(),
  }),
};

const analyticsRows = z.array(
  z.looseObject({
    /** The day, the name or the value; null: requests without one. */
    group: z.string().nullable(),
    ...sums,
  }),
);

export const requestAnalytics = z.looseObject({
  object: z.literal('request.analytics'),
  from: z.string(),
  to: z.string(),
  total: z.looseObject(sums),
  /** A list for each group that was asked for. */
  groups: z.partialRecord(analyticsGroup, analyticsRows),
});

const searchName = z.string().trim().min(1).max(200);

export const savedSearchBody = z.strictObject({ name: searchName, query: requestQuery });
export const savedSearchChange = savedSearchBody.partial();

export const savedSearch = z.looseObject({
  id: z.string(),
  object: z.literal('saved_search'),
  name: z.string(),
  query: requestQuery,
  /** Unix seconds. */
  created_at: z.int(),
  updated_at: z.int(),
});

export const savedSearchList = z.looseObject({ object: z.literal('list'), data: z.array(savedSearch) });

/** The body of POST /api/requests/:id/replay. Without members: the request as it was. */
export const replayBody = z.strictObject({
  model: z.string().min(1).max(200).optional(),
  /** Takes the place of the prompt. */
  prompt: z.string().optional(),
  /** Members of the body of the Images API; they count before those of the request. */
  parameters: z.record(z.string(), z.unknown()).optional(),
  /** Parameters of the request that are left out. */
  without: z.array(z.string().max(100)).max(50).optional(),
});

export type RequestQuery = z.infer<typeof requestQuery>;
export type RequestSort = z.infer<typeof requestSort>;
export type RequestSearchBody = z.infer<typeof requestSearchBody>;
export type RequestSearchPage = z.infer<typeof requestSearchPage>;
export type RequestExportBody = z.infer<typeof requestExportBody>;
export type AnalyticsGroup = z.infer<typeof analyticsGroup>;
export type RequestAnalyticsBody = z.infer<typeof requestAnalyticsBody>;
export type RequestAnalytics = z.infer<typeof requestAnalytics>;
export type SavedSearchBody = z.infer<typeof savedSearchBody>;
export type SavedSearchChange = z.infer<typeof savedSearchChange>;
export type SavedSearch = z.infer<typeof savedSearch>;
export type SavedSearchList = z.infer<typeof savedSearchList>;
export type ReplayBody = z.infer<typeof replayBody>;
