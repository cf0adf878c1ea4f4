import { z } from 'zod';
import { adjustment } from './images.ts';

/** One picture of a request. */
export const requestImage = z.looseObject({
  id: z.string(),
  /** Path of the bytes on the same server; opened with a session or a key. */
  url: z.string(),
  /** Path of a small version, for lists. */
  thumbnail_url: z.string(),
  /** Pixels. */
  width: z.int(),
  height: z.int(),
  /** Sniffed from the bytes: `image/png`, … */
  media_type: z.string(),
  /** Size of the stored file. */
  bytes: z.int(),
  /** What the model made of the prompt, where it says so. */
  revised_prompt: z.string().nullable(),
});

/** One picture that went in. */
export const requestInput = z.looseObject({
  id: z.string(),
  role: z.enum(['input', 'mask']),
  url: z.string(),
  thumbnail_url: z.string(),
  /** Pixels. */
  width: z.int(),
  height: z.int(),
});

/** What went wrong with a request, in the words of the error envelope. */
export const requestError = z.looseObject({
  message: z.string(),
  type: z.string(),
  param: z.string().nullable(),
  code: z.string().nullable(),
});

/** One call of an engine. */
const requestAttempt = z.looseObject({
  number: z.int(),
  engine: z.string(),
  model: z.string(),
  /** Unix seconds. */
  started_at: z.int(),
  duration_ms: z.number(),
  charged: z.enum(['no', 'maybe', 'yes']),
  /** Pictures that came. */
  images: z.int(),
  upstream_request_id: z.string().nullable(),
  /** USD; null: unknown. */
  cost: z.number().nullable(),
  error: z
    .looseObject({
      kind: z.string(),
      message: z.string(),
      upstream_status: z.int().nullable(),
      upstream_code: z.string().nullable(),
    })
    .nullable(),
});

/** One request as it is kept: what was asked, what became of it, what it cost. */
export const requestSummary = z.looseObject({
  id: z.string(),
  object: z.literal('request'),
  /** `respond`: a response, whose pictures are requests of their own; `log`: a call elsewhere that a client told of. */
  kind: z.enum(['generate', 'edit', 'vary', 'respond', 'log']),
  status: z.enum(['running', 'succeeded', 'failed', 'interrupted', 'cancelled']),
  /** As the caller named it. */
  model: z.string(),
  /** Catalogue id of the model. */
  model_id: z.string(),
  /** Whose service the engine belongs to; null: not called yet. */
  provider: z.string().nullable(),
  /** What made the pictures: `openai`, `sketch`, …; null: nothing yet. */
  engine: z.string().nullable(),
  prompt: z.string(),
  tags: z.array(z.string()),
  /** Counts within the project, for wires that know numbers only; null: nobody asked for one. */
  number: z.int().nullable(),
  /** `gateway`; `run`: a saved prompt's; `sdk`, `log`: told by a client. */
  source: z.string(),
  /** What callers noted; a key has one value. */
  metadata: z.record(z.string(), z.string()),
  /** By name, 0 to 100. */
  scores: z.record(z.string(), z.number()),
  group: z.int().nullable(),
  /** The span of a trace that it was called in. */
  span: z.string().nullable(),
  /** The saved prompt that it came from; null: from none. */
  saved_prompt: z
    .looseObject({
      id: z.string(),
      name: z.string().nullable(),
      version: z.int().nullable(),
      label: z.string().nullable(),
      variables: z.record(z.string(), z.unknown()),
    })
    .nullable(),
  /** What a client told of what went in and came out, in the form of templates; null: nothing. */
  blueprint: z.looseObject({ input: z.unknown(), output: z.unknown() }),
  /** The request that was sent again as this one; null: it was sent for the first time. */
  replay_of: z.string().nullable(),
  /** Requests that it was sent again as. */
  replays: z.array(z.string()),
  /** The response that it was made for; null: it was asked for by itself. */
  response: z.string().nullable(),
  /** Pixels, as in `1024x1024`: of the first picture, or as asked while there is none. */
  size: z.string().nullable(),
  quality: z.string().nullable(),
  format: z.string().nullable(),
  has_mask: z.boolean(),
  /** Null: unknown. */
  input_tokens: z.int().nullable(),
  output_tokens: z.int().nullable(),
  /** Unix seconds. */
  created_at: z.int(),
  /** Milliseconds; null while it runs. */
  duration_ms: z.number().nullable(),
  /** USD; null: unknown. */
  cost: z.number().nullable(),
  /** USD that the real model would have cost where another engine stood in for it; null: unknown. */
  list_cost: z.number().nullable(),
  /** Tokens by what they were; null: the engine counts none. */
  usage: z.record(z.string(), z.unknown()).nullable(),
  /** The caller's parameters besides prompt and model. */
  parameters: z.record(z.string(), z.unknown()),
  adjustments: z.array(adjustment),
  warnings: z.array(z.string()),
  error: requestError.nullable(),
  /** Revised prompts, and words of the answer; null: none. */
  output_text: z.string().nullable(),
  /** Every call of an engine, in order. */
  attempts: z.array(requestAttempt),
  /** Under which the provider knows it; null: it told none. */
  upstream_request_id: z.string().nullable(),
  images: z.array(requestImage),
  /** Pictures that went in, in order; a mask is the last. */
  inputs: z.array(requestInput),
});

/** A page of requests, newest first. `last_id` is the cursor for the next page. */
export const requestList = z.looseObject({
  object: z.literal('list'),
  data: z.array(requestSummary),
  has_more: z.boolean(),
  first_id: z.string().nullable(),
  last_id: z.string().nullable(),
});

export type RequestInput = z.infer<typeof requestInput>;
/** The body of PATCH /api/requests/:id: what people note of it. What is absent stays. */
export const requestChange = z.strictObject({
  /** All that it has from then on. */
  tags: z.array(z.string().trim().min(1).max(60)).max(50).optional(),
  /** By name; null takes one away. */
  metadata: z.record(z.string().min(1).max(200), z.string().max(10_000).nullable()).optional(),
  /** By name, 0 to 100; null takes one away. */
  scores: z.record(z.string().min(1).max(200), z.number().min(0).max(100).nullable()).optional(),
  /** Number of a group of the project; null: none. */
  group: z.int().min(1).max(2_147_483_647).nullable().optional(),
});

/** A group that requests can be put in. */
export const requestGroup = z.looseObject({ object: z.literal('request.group'), id: z.int() });

export type RequestChange = z.infer<typeof requestChange>;
export type RequestGroup = z.infer<typeof requestGroup>;
export type RequestImage = z.infer<typeof requestImage>;
export type RequestAttempt = z.infer<typeof requestAttempt>;
export type RequestSummary = z.infer<typeof requestSummary>;
export type RequestStatus = RequestSummary['status'];
export type RequestList = z.infer<typeof requestList>;
