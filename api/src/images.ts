import { z } from 'zod';

/**
 * The JSON body of POST /v1/images/generations, by type only: which values a parameter may take is said by the
 * model's row in the catalogue. Members that are not named here are kept, so that they can be refused, dropped or
 * passed through by name. Null means absent and is removed before this is read.
 */
export const generateBody = z.looseObject({
  prompt: z.string().optional(),
  /** A saved prompt in place of `prompt`: see storedPromptReference. */
  prompt_template: z.looseObject({ id: z.string() }).optional(),
  model: z.string().optional(),
  n: z.int().optional(),
  size: z.string().optional(),
  quality: z.string().optional(),
  background: z.string().optional(),
  output_format: z.string().optional(),
  output_compression: z.int().optional(),
  moderation: z.string().optional(),
  style: z.string().optional(),
  response_format: z.string().optional(),
  stream: z.boolean().optional(),
  partial_images: z.int().optional(),
  input_fidelity: z.string().optional(),
  aspect_ratio: z.string().optional(),
  image_size: z.string().optional(),
  thinking_level: z.string().optional(),
  response_modalities: z.array(z.string()).optional(),
  media_resolution: z.string().optional(),
  seed: z.int().optional(),
  negative_prompt: z.string().optional(),
  num_inference_steps: z.int().optional(),
  guidance_scale: z.number().optional(),
  true_cfg_scale: z.number().optional(),
  user: z.string().optional(),
  safety_identifier: z.string().optional(),
});

/** One picture named in a JSON body: exactly one of the two. */
export const imageReference = z.strictObject({
  image_url: z.string().optional(),
  file_id: z.string().optional(),
});

/**
 * The JSON body of POST /v1/images/edits, and of generations that bring pictures. `images` and a mask object are
 * OpenAI's; `image` and a mask string (data URL or bare base64) are what gateways accept. Multipart has files instead.
 */
export const editBody = generateBody.extend({
  images: z.array(imageReference).optional(),
  image: z.union([z.string(), z.array(z.string())]).optional(),
  mask: z.union([imageReference, z.string()]).optional(),
});

/** Tokens by what they were, in OpenAI's words. */
export const imagesUsage = z.looseObject({
  input_tokens: z.int(),
  input_tokens_details: z.looseObject({ text_tokens: z.int(), image_tokens: z.int() }),
  output_tokens: z.int(),
  output_tokens_details: z.looseObject({ text_tokens: z.int(), image_tokens: z.int() }).optional(),
  total_tokens: z.int(),
});

/** One difference between what was asked and what was done. `applied` is null where the parameter was dropped. */
export const adjustment = z.looseObject({
  parameter: z.string(),
  action: z.enum(['approximated', 'dropped', 'passed-through']),
  requested: z.unknown(),
  applied: z.unknown(),
  reason: z.string(),
});

/** What Pictor tells beside OpenAI's fields. */
export const pictorReport = z.looseObject({
  /** The id of the request, the same string as in the `x-request-id` header. */
  request: z.string(),
  /** The provider that made the pictures: `openai`, `gemini`, `sketch`, … */
  engine: z.string().nullable(),
  /** Catalogue id of the model. */
  model: z.string(),
  /** USD; null: unknown. */
  cost: z.number().nullable(),
  /** USD that the real model would have cost where the sketch engine stood in for it; null: unknown. */
  list_cost: z.number().nullable().optional(),
  adjustments: z.array(adjustment),
  warnings: z.array(z.string()),
});

/** One image of an answer. */
export const imageDatum = z.looseObject({
  b64_json: z.string().optional(),
  url: z.string().optional(),
  revised_prompt: z.string().optional(),
});

/** The answer of generations, edits and variations without streaming. */
export const imagesResponse = z.looseObject({
  created: z.int(),
  data: z.array(imageDatum),
  background: z.enum(['transparent', 'opaque']).optional(),
  output_format: z.string().optional(),
  quality: z.string().optional(),
  size: z.string().optional(),
  usage: imagesUsage.optional(),
  pictor: pictorReport.optional(),
});

const eventFields = {
  b64_json: z.string(),
  created_at: z.int(),
  size: z.string(),
  quality: z.string(),
  background: z.string(),
  output_format: z.string(),
};

/** Server-sent events of generations and edits. */
export const imageStreamEvent = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('image_generation.partial_image'),
    partial_image_index: z.int(),
    ...eventFields,
  }),
  z.looseObject({
    type: z.literal('image_edit.partial_image'),
    partial_image_index: z.int(),
    ...eventFields,
  }),
  z.looseObject({
    type: z.literal('image_generation.completed'),
    usage: imagesUsage.optional(),
    ...eventFields,
  }),
  z.looseObject({ type: z.literal('image_edit.completed'), usage: imagesUsage.optional(), ...eventFields }),
]);

export type GenerateBody = z.infer<typeof generateBody>;
export type EditBody = z.infer<typeof editBody>;
export type ImageReference = z.infer<typeof imageReference>;
export type ImagesUsage = z.infer<typeof imagesUsage>;
export type ImagesResponse = z.infer<typeof imagesResponse>;
export type PictorReport = z.infer<typeof pictorReport>;
export type AdjustmentReport = z.infer<typeof adjustment>;
