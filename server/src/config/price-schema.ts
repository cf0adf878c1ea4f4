import { z } from 'zod';
import type { PriceRow } from '../models/index.ts';
import { toNanoUsd } from './usd.ts';

const million = 1_000_000;

const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'write the day as 2026-11-21');

/** An amount in USD that is a whole number of nano-USD, after it is divided by `per`. */
function usd(per: number, description: string) {
  return z
    .union([z.number(), z.string()])
    .refine((amount) => toNanoUsd(amount, per) !== null, {
      message: 'write an amount in USD, not finer than a billionth of a dollar for one token or image',
    })
    .describe(description);
}

const rate = usd(million, 'USD for a million tokens.').nullable().optional();

const perMillionTokens = z
  .strictObject({
    text_in: rate,
    text_in_cached: rate,
    image_in: rate,
    image_in_cached: rate,
    text_out: rate,
    image_out: rate,
    unbilled: z
      .array(z.enum(['text_in', 'image_in', 'text_out', 'image_out']))
      .optional()
      .describe('Kinds of tokens that are counted and cost nothing.'),
  })
  .describe('USD for a million tokens of each kind. A kind that is left out has no known price.');

const imagePrice = usd(1, 'USD for one image.');

const perImage = z
  .union([
    imagePrice,
    z.array(z.strictObject({ size: z.string().optional(), quality: z.string().optional(), usd: imagePrice })),
  ])
  .describe('USD for one image, or a list by size and quality of which the first that matches counts.');

/** One row of `prices:`. */
export const ownPrice = z
  .strictObject({
    model: z.string().describe('Id of the model.'),
    provider: z
      .string()
      .default('*')
      .describe('Provider, or the name of one of its upstreams, that bills it; * for every provider.'),
    from: isoDate.describe('First day on which the price holds.'),
    source: z.string().default('pictor.yaml').describe('Where the number comes from.'),
    per_million_tokens: perMillionTokens.optional(),
    per_image: perImage.optional(),
    free: z.literal(true).optional(),
  })
  .refine(
    ({ per_million_tokens: tokens, per_image: image, free }) =>
      [tokens, image, free].filter((each) => each !== undefined).length === 1,
    { message: 'give exactly one of per_million_tokens, per_image and free' },
  )
  .describe('A dated price of your own. It counts before a built-in one.');

type OwnPrice = z.infer<typeof ownPrice>;

/** The row of the catalogue that a price of pictor.yaml means. */
export function toPriceRow(own: OwnPrice): PriceRow {
  return {
    id: `pictor.yaml/${own.provider}/${own.model}/${own.from}`,
    model: own.model,
    provider: own.provider,
    from: own.from,
    source: own.source,
    sourceDate: own.from,
    price: toPrice(own),
  };
}

type ImageRate = {
  readonly size?: string | undefined;
  readonly quality?: string | undefined;
  readonly usd: string | number;
};

const bucketNames = {
  text_in: 'textIn',
  image_in: 'imageIn',
  text_out: 'textOut',
  image_out: 'imageOut',
} as const;

function toPrice({ per_million_tokens: tokens, per_image: image }: OwnPrice): PriceRow['price'] {
  if (tokens !== undefined) {
    const nano = (amount: string | number | null | undefined): number | null =>
      amount == null ? null : toNanoUsd(amount, million);
    return {
      mode: 'token',
      perToken: {
        textIn: nano(tokens.text_in),
        textInCached: nano(tokens.text_in_cached),
        imageIn: nano(tokens.image_in),
        imageInCached: nano(tokens.image_in_cached),
        textOut: nano(tokens.text_out),
        imageOut: nano(tokens.image_out),
      },
      ...(tokens.unbilled === undefined
        ? {}
        : { unbilled: tokens.unbilled.map((name) => bucketNames[name]) }),
    };
  }
  if (image === undefined) return { mode: 'free' };
  const rows = Array.isArray(image) ? image : [{ usd: image }];
  return {
    mode: 'image',
    perImage: rows.flatMap(({ usd: amount, size, quality }: ImageRate) => {
      const nanoUsd = toNanoUsd(amount);
      if (nanoUsd === null) return [];
      return [
        {
          ...(size === undefined ? {} : { size }),
          ...(quality === undefined ? {} : { quality }),
          nanoUsd,
        },
      ];
    }),
  };
}
