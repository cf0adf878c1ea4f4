import { z } from 'zod';

/** One fact that a check of an upstream found. */
export const providerFinding = z.looseObject({
  /** The part of the settings that it is about. */
  part: z.string(),
  status: z.enum(['works', 'fails', 'unknown']),
  /** What was tried, what came, and what to do. */
  message: z.string(),
});

/** What the check of one upstream found. */
export const providerCheck = z.looseObject({
  object: z.literal('provider.check'),
  name: z.string(),
  provider: z.string(),
  status: z.enum(['works', 'fails']),
  findings: z.array(providerFinding),
});

export const providerCheckList = z.looseObject({
  object: z.literal('list'),
  data: z.array(providerCheck),
});

const health = z.enum(['ready', 'failing', 'resting']);

/** One upstream and how it is. */
export const providerView = z.looseObject({
  object: z.literal('provider'),
  name: z.string(),
  provider: z.string(),
  title: z.string(),
  /** False: it draws in this process. */
  external: z.boolean(),
  /** `failing`: a model of it failed last; `resting`: all of them failed so often that they are left alone. */
  status: health,
  models: z.array(
    z.looseObject({
      id: z.string(),
      status: health,
      /** Unix seconds; null: it does not rest. */
      rest_until: z.int().nullable(),
      failures_in_a_row: z.int(),
      /** Null: none since it last answered. */
      last_error: z.looseObject({ kind: z.string(), message: z.string(), at: z.int().nullable() }).nullable(),
    }),
  ),
});

/** A kind of provider that nothing configures yet. */
const missingProvider = z.looseObject({
  provider: z.string(),
  title: z.string(),
  /** Variables of the environment that configure it. */
  variables: z.array(z.looseObject({ name: z.string(), purpose: z.string() })),
});

export const providerList = z.looseObject({
  object: z.literal('list'),
  data: z.array(providerView),
  not_configured: z.array(missingProvider),
});

export type ProviderCheck = z.infer<typeof providerCheck>;
export type ProviderView = z.infer<typeof providerView>;
export type ProviderCheckList = z.infer<typeof providerCheckList>;
export type ProviderList = z.infer<typeof providerList>;
