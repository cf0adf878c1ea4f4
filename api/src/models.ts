import { z } from 'zod';

/** The values a parameter may take. `default` is what the model does when nothing is asked. */
export const parameterRule = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('choice'), values: z.array(z.string()), default: z.string() }),
  z.looseObject({
    kind: z.literal('integer'),
    min: z.number(),
    max: z.number(),
    default: z.number().optional(),
  }),
  z.looseObject({
    kind: z.literal('number'),
    min: z.number(),
    max: z.number(),
    default: z.number().optional(),
  }),
  z.looseObject({ kind: z.literal('text'), maxLength: z.number() }),
  z.looseObject({ kind: z.literal('flag'), default: z.boolean() }),
  z.looseObject({ kind: z.literal('choices'), values: z.array(z.string()), default: z.array(z.string()) }),
]);

/** Which pixel sizes a model makes. Sizes are written `WIDTHxHEIGHT`. */
export const sizeRule = z.discriminatedUnion('kind', [
  /** Only these; `auto` is accepted beside them. */
  z.looseObject({ kind: z.literal('fixed'), sizes: z.array(z.string()), default: z.string() }),
  /** Any size within bounds, in pixels; `common` is offered first. */
  z.looseObject({
    kind: z.literal('free'),
    multipleOf: z.number(),
    minEdge: z.number(),
    maxEdge: z.number(),
    maxRatio: z.number(),
    minPixels: z.number(),
    maxPixels: z.number(),
    common: z.array(z.string()),
    default: z.string(),
  }),
  /** tier (`1K`) → ratio (`16:9`) → size. */
  z.looseObject({
    kind: z.literal('ratio-table'),
    tiers: z.record(z.string(), z.record(z.string(), z.string())),
    defaultTier: z.string(),
    defaultRatio: z.string(),
  }),
]);

const usd = z.number();

/** What a model costs today by the list of who serves it. */
const modelPrice = z.looseObject({
  /** First day on which it holds, ISO date. */
  from: z.string(),
  /** Where the numbers were read, and when. */
  source: z.string(),
  source_date: z.string(),
  /** `token`, `image`, or `free`. */
  mode: z.enum(['free', 'token', 'image']),
  /** USD for a million tokens by their kind; null: no rate is published. Empty unless tokens are billed. */
  per_million_tokens: z.record(z.string(), usd.nullable()),
  /** USD for one image; the first row that fits counts. Empty unless images are billed. */
  per_image: z.array(
    z.looseObject({ size: z.string().nullable(), quality: z.string().nullable(), cost: usd }),
  ),
});

/** When a model came and goes; ISO dates. */
const lifecycle = z.looseObject({
  released: z.string().nullable(),
  /** No longer served by its vendor since. */
  retired: z.string().nullable(),
  /** Announced end. */
  shutdown: z.string().nullable(),
  /** Id of the model that takes its place. */
  replacement: z.string().nullable(),
  source: z.string(),
  source_date: z.string(),
});

/** What pictures an edit may bring. */
export const inputRule = z.looseObject({
  maxImages: z.int(),
  /** Bytes of one picture, exclusive upper bound. */
  maxImageBytes: z.number(),
  mediaTypes: z.array(z.string()),
  /** `emulated`: Pictor puts the original back around what was masked; false: a mask is refused. */
  mask: z.union([z.literal(false), z.enum(['native', 'emulated'])]),
});

/** One model: OpenAI's fields, and under `pictor` what a form needs to offer it. */
export const model = z.looseObject({
  id: z.string(),
  object: z.literal('model'),
  /** Unix seconds. */
  created: z.int(),
  owned_by: z.string(),
  /** ISO date of an announced end; null: none is known. */
  shutdown_date: z.string().nullable(),
  pictor: z.looseObject({
    title: z.string(),
    family: z.string(),
    vendor: z.string(),
    aliases: z.array(z.string()),
    /** Routes the model stands behind: `images.generations`, `images.edits`, … */
    endpoints: z.array(z.string()),
    /** The engine that serves it now; null: none does. */
    engine: z.string().nullable(),
    /** True where the built-in engine stands in for it. */
    stand_in: z.boolean(),
    warnings: z.array(z.string()),
    lifecycle: lifecycle.optional(),
    /** Null: none is known. */
    price: modelPrice.nullable().optional(),
    /** `png`, `jpeg`, `webp`. */
    output_formats: z.array(z.string()).optional(),
    /** A parameter without a rule is one that the model does not have. */
    parameters: z.record(z.string(), parameterRule),
    size: sizeRule.nullable(),
    /** Code points. */
    prompt_max_chars: z.int(),
    /** Null: it takes no pictures. */
    edits: inputRule.nullable(),
  }),
});

/** The answer of GET /v1/models. */
export const modelList = z.looseObject({ object: z.literal('list'), data: z.array(model) });

export type ParameterRule = z.infer<typeof parameterRule>;
export type SizeRule = z.infer<typeof sizeRule>;
export type InputRule = z.infer<typeof inputRule>;
export type Model = z.infer<typeof model>;
export type ModelList = z.infer<typeof modelList>;
