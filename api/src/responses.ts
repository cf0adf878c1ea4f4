import { z } from 'zod';
import { adjustment } from './images.ts';

/** Up to 16 pairs that a caller hangs on a response or a conversation. */
export const metadata = z
  .record(z.string().max(64), z.string().max(512))
  .refine((pairs) => Object.keys(pairs).length <= 16, { message: 'there may be at most 16 pairs' });

/** One item of an input or a conversation; which members it has depends on its type. */
export const inputItem = z.looseObject({ type: z.string().nullish(), id: z.string().nullish() });

/**
 * The `image_generation` tool of the Responses API. Which values of size, quality and output_format there are, and what
 * of the rest is taken, is said by the row of the image model. `aspect_ratio`, `image_size`, `thinking_level` and `response_modalities` are for Gemini's models.
 */
export const imageTool = z.looseObject({
  type: z.literal('image_generation'),
  /** The image model; the server's default where it is absent. */
  model: z.string().nullish(),
  action: z.enum(['auto', 'generate', 'edit']).nullish(),
  input_image_mask: z
    .strictObject({ image_url: z.string().nullish(), file_id: z.string().nullish() })
    .nullish(),
  partial_images: z.int().min(0).max(3).nullish(),
  background: z.enum(['auto', 'transparent', 'opaque']).nullish(),
  moderation: z.enum(['auto', 'low']).nullish(),
  input_fidelity: z.enum(['high', 'low']).nullish(),
  output_compression: z.int().min(0).max(100).nullish(),
});

const functionName = z.string().regex(/^[A-Za-z0-9_-]{1,128}$/, {
  message: 'a name has 1 to 128 letters, digits, _ and -',
});

/** A function of the caller's own. Its calls are answered to the caller, which sends `function_call_output`. */
export const functionTool = z.looseObject({
  type: z.literal('function'),
  name: functionName,
  description: z.string().nullish(),
  parameters: z.record(z.string(), z.unknown()).nullish(),
  strict: z.boolean().nullish(),
});

/** A tool of the caller's own that is given free text. */
export const customTool = z.looseObject({ type: z.literal('custom'), name: functionName });

/**
 * The JSON body of POST /v1/responses. Null means absent and is removed before this is read. What only the mainline
 * model understands is checked by type alone and handed on.
 */
export const createResponseBody = z.strictObject({
  model: z.string().optional(),
  input: z
    .union([z.string(), z.array(inputItem)], {
      error: 'it must be a text, or a list of items, each an object',
    })
    .optional(),
  instructions: z.string().optional(),
  tools: z.array(z.looseObject({ type: z.string() })).optional(),
  tool_choice: z
    .union([z.string(), z.looseObject({ type: z.string() })], {
      error: 'it must be none, auto, required, or an object with a type',
    })
    .optional(),
  previous_response_id: z.string().optional(),
  conversation: z
    .union([z.string(), z.strictObject({ id: z.string() })], {
      error: 'it must be the id of a conversation, or an object with that id',
    })
    .optional(),
  store: z.boolean().optional(),
  background: z.boolean().optional(),
  stream: z.boolean().optional(),
  stream_options: z.looseObject({ include_obfuscation: z.boolean().nullish() }).optional(),
  include: z.array(z.string()).optional(),
  metadata: metadata.optional(),
  max_tool_calls: z.int().min(1).optional(),
  parallel_tool_calls: z.boolean().optional(),
  max_output_tokens: z.int().min(1).optional(),
  truncation: z.enum(['auto', 'disabled']).optional(),
  temperature: z.number().min(0).max(2).optional(),
  top_p: z.number().min(0).max(1).optional(),
  top_logprobs: z.int().min(0).max(20).optional(),
  reasoning: z.looseObject({}).optional(),
  text: z.looseObject({}).optional(),
  user: z.string().optional(),
  safety_identifier: z.string().max(128).optional(),
  service_tier: z.string().optional(),
  prompt: z.looseObject({}).optional(),
  prompt_cache_key: z.string().optional(),
  prompt_cache_retention: z.string().optional(),
  prompt_cache_options: z.looseObject({}).optional(),
  moderation: z.looseObject({}).optional(),
  context_management: z.array(z.looseObject({})).optional(),
  image: z.looseObject({}).optional(),
  access_programs: z.unknown().optional(),
});

export type CreateResponseBody = z.infer<typeof createResponseBody>;

/** The JSON body of POST /v1/conversations. */
export const createConversationBody = z.strictObject({
  items: z.array(inputItem).max(20).optional(),
  metadata: metadata.optional(),
});

/** The JSON body of POST /v1/conversations/{id}. */
export const updateConversationBody = z.strictObject({ metadata: metadata.optional() });

/** The JSON body of POST /v1/conversations/{id}/items. */
export const createItemsBody = z.strictObject({ items: z.array(inputItem).min(1).max(20) });

/** One picture or tool call that a turn made, as a request of its own. */
const responseCall = z.looseObject({
  /** Id of the item, `ig_…`. */
  id: z.string(),
  request: z.string(),
  /** Absent where nothing came of it. */
  engine: z.string().nullish(),
  model: z.string().nullish(),
  /** USD; null: unknown. */
  cost: z.number().nullish(),
  /** Ids of the stored images. */
  images: z.array(z.string()).optional(),
});

/** What Pictor tells of a response beside OpenAI's fields. */
export const responseReport = z.looseObject({
  /** Who decided. */
  director: z.string(),
  calls: z.array(responseCall),
  /** USD of the turn with its pictures; null: unknown. */
  cost: z.number().nullable(),
  adjustments: z.array(adjustment),
  warnings: z.array(z.string()),
  /** Of the catalogue of errors, which is finer than OpenAI's list. Absent: nothing failed. */
  error_code: z.string().optional(),
});

const responseStatus = z.enum(['queued', 'in_progress', 'completed', 'failed', 'incomplete', 'cancelled']);

/** An item as it is answered; which members it has depends on its type. */
export const responseItem = z.looseObject({ id: z.string(), type: z.string() });

/** The answer of POST and GET /v1/responses. */
export const responseObject = z.looseObject({
  id: z.string(),
  object: z.literal('response'),
  /** Unix seconds. */
  created_at: z.int(),
  status: responseStatus,
  /** As asked. */
  model: z.string(),
  output: z.array(responseItem),
  /** The texts of its messages. */
  output_text: z.string(),
  error: z.looseObject({ code: z.string(), message: z.string() }).nullable(),
  incomplete_details: z.looseObject({ reason: z.string() }).nullable(),
  metadata: z.record(z.string(), z.string()).nullish(),
  /** Absent while it runs. */
  pictor: responseReport.optional(),
});

export const responseDeletion = z.looseObject({ id: z.string(), deleted: z.boolean() });

/** A page of items. `last_id` is the cursor for the next one. */
export const itemList = z.looseObject({
  object: z.literal('list'),
  data: z.array(responseItem),
  first_id: z.string(),
  last_id: z.string(),
  has_more: z.boolean(),
});

const place = { sequence_number: z.int(), output_index: z.int() };

/** The server-sent events of a response that a client needs to show it; others may come between them. */
export const responseStreamEvent = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.enum(['response.created', 'response.completed', 'response.failed', 'response.incomplete']),
    sequence_number: z.int(),
    response: responseObject,
  }),
  z.looseObject({
    type: z.enum(['response.output_item.added', 'response.output_item.done']),
    ...place,
    item: responseItem,
  }),
  z.looseObject({
    type: z.enum(['response.output_text.delta', 'response.refusal.delta']),
    ...place,
    item_id: z.string(),
    delta: z.string(),
  }),
  z.looseObject({
    type: z.enum([
      'response.image_generation_call.in_progress',
      'response.image_generation_call.generating',
      'response.image_generation_call.completed',
    ]),
    ...place,
    item_id: z.string(),
  }),
  z.looseObject({
    type: z.literal('response.image_generation_call.partial_image'),
    ...place,
    item_id: z.string(),
    partial_image_index: z.int(),
    partial_image_b64: z.string(),
  }),
]);

export type ResponseItem = z.infer<typeof responseItem>;
export type ResponseObject = z.infer<typeof responseObject>;
export type ResponseReport = z.infer<typeof responseReport>;
export type ResponseStreamEvent = z.infer<typeof responseStreamEvent>;
export type ResponseStatus = z.infer<typeof responseStatus>;
export type ItemList = z.infer<typeof itemList>;
