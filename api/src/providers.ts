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

/** One upstream and how it is. */
export const providerView = z.looseObject({
  object: z.literal('provider'),
  name: z.string(),
  provider: z.string(),
  title: z.string(),
  status: z.enum(['ready', 'failing', 'resting']),
});

export const providerList = z.looseObject({ object: z.literal('list'), data: z.array(providerView) });

export type ProviderCheckList = z.infer<typeof providerCheckList>;
export type ProviderList = z.infer<typeof providerList>;
