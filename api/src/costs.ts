import { z } from 'zod';
import { adjustment } from './images.ts';

const usd = z.number();
/** Integer billionths of a USD; null: unknown, which is never 0. */
const nanoUsd = z.int().nullable();

/** One end of a line of an estimate: `count` times `rate_nano_usd` is `cost_nano_usd`. */
const estimateBound = z.looseObject({
  count: z.number().nullable(),
  rate_nano_usd: z.number().nullable(),
  cost_nano_usd: z.number().nullable(),
});

/** What a request will cost, before anything is called. */
export const estimate = z.looseObject({
  object: z.literal('estimate'),
  model: z.string(),
  /** Whose prices hold. */
  provider: z.string(),
  engine: z.string(),
  /** True where the built-in engine stands in, so that nothing is paid now: the bounds are the model's own. */
  stand_in: z.boolean(),
  /** USD; null: unknown. */
  low: usd.nullable(),
  high: usd.nullable(),
  low_nano_usd: nanoUsd,
  high_nano_usd: nanoUsd,
  /** Null: no price is known. */
  price: z
    .looseObject({ id: z.string(), from: z.string(), source: z.string(), source_date: z.string() })
    .nullable(),
  lines: z.array(
    z.looseObject({
      bucket: z.enum(['text_in', 'image_in', 'text_out', 'image_out', 'partial_images', 'images']),
      unit: z.enum(['token', 'image']),
      low: estimateBound,
      high: estimateBound,
      /** Where the counts come from. */
      basis: z.string(),
      price_row: z.string().nullable(),
    }),
  ),
  adjustments: z.array(adjustment),
  warnings: z.array(z.string()),
});

const keyId = z.string().nullable().optional();

/** The body of POST /api/budgets. */
export const budgetBody = z.strictObject({
  /** Null or absent: all keys of the project together. */
  key_id: keyId,
  period: z.enum(['day', 'month', 'total']),
  /** USD. */
  limit: z.number().min(0).max(1_000_000),
  /** `hard` refuses, `soft` warns. Default: hard. */
  mode: z.enum(['soft', 'hard']).optional(),
});

/** The body of PATCH /api/budgets/:id. */
export const budgetChange = budgetBody.omit({ key_id: true }).partial();

export const budget = z.looseObject({
  id: z.string(),
  object: z.literal('budget'),
  key_id: z.string().nullable(),
  period: z.enum(['day', 'month', 'total']),
  mode: z.enum(['soft', 'hard']),
  /** USD, like `spent`, `held` and `remaining`. */
  limit: usd,
  limit_nano_usd: z.int(),
  /** Of requests of this period that have ended; what was held counts where the cost is unknown. */
  spent: usd,
  /** For requests that run. */
  held: usd,
  remaining: usd,
  /** Unix seconds; null: never. */
  resets_at: z.int().nullable(),
  created_at: z.int(),
});

export const budgetList = z.looseObject({ object: z.literal('list'), data: z.array(budget) });

/** The body of POST /api/limits. */
export const rateLimitBody = z.strictObject({
  key_id: keyId,
  metric: z.enum(['requests', 'images', 'tokens']),
  per_minute: z.int().min(1).max(1_000_000_000),
});

/** The body of PATCH /api/limits/:id. */
export const rateLimitChange = rateLimitBody.pick({ per_minute: true });

export const rateLimit = z.looseObject({
  id: z.string(),
  object: z.literal('rate_limit'),
  key_id: z.string().nullable(),
  metric: z.enum(['requests', 'images', 'tokens']),
  per_minute: z.int(),
  remaining: z.number(),
  created_at: z.int(),
});

export const rateLimitList = z.looseObject({ object: z.literal('list'), data: z.array(rateLimit) });

/** What spend can be sorted by. */
export const spendGroup = z.enum(['day', 'project', 'key', 'model', 'provider', 'prompt', 'tag']);

/** What entries come to together. Entries of unknown cost are counted, and are in no sum. */
const spendSums = {
  entries: z.int(),
  unknown_count: z.int(),
  /** USD; null: there are entries, and the cost of every one is unknown. */
  cost: usd.nullable(),
  cost_nano_usd: z.int().nullable(),
  /** What models would have cost where the built-in engine stood in for them. */
  list_cost: usd,
  list_cost_nano_usd: z.int(),
  images: z.int(),
  text_in: z.int(),
  image_in: z.int(),
  text_out: z.int(),
  image_out: z.int(),
};

const spendRow = z.looseObject({
  /** The day, the id or the word; null: entries without one. */
  group: z.string().nullable(),
  ...spendSums,
});

/** The answer of GET /api/spend. */
export const spend = z.looseObject({
  object: z.literal('spend'),
  group_by: spendGroup,
  /** ISO times; the period holds `from` and not `to`. */
  from: z.string(),
  to: z.string(),
  data: z.array(spendRow),
  /** The same for each day of the period that has entries; absent unless asked for. */
  days: z.array(spendRow.extend({ day: z.string() })).optional(),
  /** Of all entries, each once: an entry with two tags is in two groups. */
  total: z.looseObject(spendSums),
});

/** One call of one engine, or the correction of one. */
export const ledgerEntry = z.looseObject({
  id: z.string(),
  object: z.literal('ledger.entry'),
  /** Null once the request itself is gone. */
  request: z.string().nullable(),
  key_id: z.string().nullable(),
  attempt: z.int(),
  kind: z.enum(['image', 'mainline']),
  provider: z.string(),
  engine: z.string(),
  model: z.string(),
  outcome: z.enum(['succeeded', 'failed', 'interrupted', 'correction']),
  error_kind: z.string().nullable(),
  charged: z.enum(['no', 'maybe', 'yes']),
  upstream_request_id: z.string().nullable(),
  usage: z
    .looseObject({
      text_in: z.int().nullable(),
      text_in_cached: z.int().nullable(),
      image_in: z.int().nullable(),
      image_in_cached: z.int().nullable(),
      text_out: z.int().nullable(),
      image_out: z.int().nullable(),
      /** `provider`: reported. `formula`: computed. */
      source: z.enum(['provider', 'formula']),
    })
    .nullable(),
  partial_images: z.int(),
  images: z.array(z.looseObject({ size: z.string().optional(), quality: z.string().optional() })),
  price_row: z.string().nullable(),
  /** USD; null: unknown. */
  cost: usd.nullable(),
  cost_nano_usd: nanoUsd,
  list_cost_nano_usd: nanoUsd,
  prompt: z.string().nullable(),
  tags: z.array(z.string()),
  /** The entry that this one corrects; null: it is none. */
  corrects: z.string().nullable(),
  /** True once another entry corrects this one. */
  corrected: z.boolean(),
  /** Unix seconds: when the call began. */
  created_at: z.int(),
  booked_at: z.int(),
});

/** A page of entries, newest first. `last_id` is the cursor for the next page. */
export const ledgerList = z.looseObject({
  object: z.literal('list'),
  data: z.array(ledgerEntry),
  has_more: z.boolean(),
  last_id: z.string().nullable(),
});

export type Estimate = z.infer<typeof estimate>;
export type BudgetBody = z.infer<typeof budgetBody>;
export type BudgetChange = z.infer<typeof budgetChange>;
export type Budget = z.infer<typeof budget>;
export type BudgetList = z.infer<typeof budgetList>;
export type RateLimitBody = z.infer<typeof rateLimitBody>;
export type RateLimitChange = z.infer<typeof rateLimitChange>;
export type RateLimit = z.infer<typeof rateLimit>;
export type RateLimitList = z.infer<typeof rateLimitList>;
export type SpendGroup = z.infer<typeof spendGroup>;
export type Spend = z.infer<typeof spend>;
export type LedgerEntry = z.infer<typeof ledgerEntry>;
export type LedgerList = z.infer<typeof ledgerList>;
