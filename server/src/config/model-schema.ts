import { z } from 'zod';

const rules = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('choice'),
    values: z.array(z.string()).min(1),
    default: z.string(),
    approximated: z.record(z.string(), z.string()).optional(),
    unchecked: z.array(z.string()).optional(),
  }),
  z.strictObject({ kind: z.literal('integer'), min: z.int(), max: z.int(), default: z.int().optional() }),
  z.strictObject({
    kind: z.literal('number'),
    min: z.number(),
    max: z.number(),
    default: z.number().optional(),
  }),
  z.strictObject({ kind: z.literal('text'), max_length: z.int().positive() }),
  z.strictObject({ kind: z.literal('flag'), default: z.boolean() }),
  z.strictObject({
    kind: z.literal('choices'),
    values: z.array(z.string()).min(1),
    default: z.array(z.string()),
  }),
]);

const parameterNames = z.enum([
  'n',
  'quality',
  'background',
  'output_format',
  'output_compression',
  'moderation',
  'style',
  'response_format',
  'input_fidelity',
  'stream',
  'partial_images',
  'aspect_ratio',
  'image_size',
  'thinking_level',
  'response_modalities',
  'media_resolution',
  'seed',
  'negative_prompt',
  'num_inference_steps',
  'guidance_scale',
  'true_cfg_scale',
  'user',
  'safety_identifier',
]);

const pixelSize = z.string().regex(/^\d+x\d+$/, 'write a size as 1024x1024');

const size = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fixed'), sizes: z.array(pixelSize).min(1), default: z.string() }),
  z.strictObject({
    kind: z.literal('free'),
    multiple_of: z.int().positive(),
    max_edge: z.int().positive(),
    min_edge: z.int().positive(),
    max_ratio: z.number().min(1),
    min_pixels: z.int().positive(),
    max_pixels: z.int().positive(),
    common: z.array(pixelSize).default([]),
    default: z.string(),
  }),
  z.strictObject({
    kind: z.literal('ratio-table'),
    tiers: z.record(z.string(), z.record(z.string(), pixelSize)),
    default_tier: z.string(),
    default_ratio: z.string(),
  }),
]);

const inputs = z.strictObject({
  max_images: z.int().positive(),
  max_image_bytes: z.int().positive(),
  media_types: z.array(z.string()).min(1),
  must_be_square: z.boolean().default(false),
  mask: z.union([z.literal(false), z.enum(['native', 'emulated'])]).default(false),
  max_mask_bytes: z.int().nonnegative().default(0),
});

const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'write the day as 2026-11-21');

/** One row of `models:`. What is left out is as in the row that `like` names. */
export const ownModel = z
  .strictObject({
    id: z.string().min(1).describe('Name of the model; the id of a built-in one replaces its row.'),
    like: z.string().optional().describe('Id of the model whose row this one begins with.'),
    title: z.string().optional(),
    vendor: z.string().optional().describe('Who makes it: openai, google, …'),
    family: z.enum(['dall-e', 'gpt-image', 'gemini', 'text', 'other']).optional(),
    aliases: z.array(z.string()).optional(),
    endpoints: z
      .array(z.enum(['images.generations', 'images.edits', 'images.variations', 'responses']))
      .min(1)
      .optional(),
    unknown_parameters: z.enum(['refuse', 'drop']).optional(),
    prompt_max_chars: z.int().positive().optional(),
    parameters: z
      .partialRecord(parameterNames, rules.nullable())
      .optional()
      .describe('Rules by parameter, laid over those of `like`; null takes one away.'),
    size: size.nullable().optional(),
    edits: inputs.nullable().optional(),
    variations: inputs.nullable().optional(),
    output_formats: z
      .array(z.enum(['png', 'jpeg', 'webp', 'gif', 'svg']))
      .min(1)
      .optional(),
    pass_through: z
      .array(z.string())
      .optional()
      .describe('Fields that are handed on unread, beside those of `like`.'),
    tokens: z
      .enum(['none', 'gpt-image-1', 'gpt-image-2', 'gpt-image-2.5', 'gpt-image-2.6', 'gemini'])
      .optional()
      .describe('How tokens are computed where the service reports none.'),
    released: isoDate.optional(),
    retired: isoDate.optional(),
    replacement: z.string().optional(),
  })
  .describe('A model of your own, or your own row for a known one.');

/** A row of `models:` as it was written. */
export type OwnModel = z.infer<typeof ownModel>;
