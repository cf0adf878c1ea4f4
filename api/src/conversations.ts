import { z } from 'zod';
import { adjustment } from './images.ts';
import { metadata } from './responses.ts';

/** A conversation as OpenAI's wire has it. */
export const conversation = z.looseObject({
  id: z.string(),
  object: z.literal('conversation'),
  /** Unix seconds. */
  created_at: z.int(),
  metadata,
});

export const conversationDeletion = z.looseObject({ id: z.string(), deleted: z.boolean() });

/** The address of GET /api/conversations. */
export const conversationQuery = z.strictObject({
  /** A part of what was said, drawn or noted, in any case. */
  q: z.string().max(1_000).optional(),
  /** 1 to 100. Default: 30. */
  limit: z.coerce.number().int().min(1).max(100).optional(),
  /** `next_cursor` of the page before. */
  cursor: z.string().max(1_000).optional(),
});

const picture = z.looseObject({
  id: z.string(),
  /** Paths on the same server; opened with a session or a key. */
  url: z.string(),
  thumbnail_url: z.string(),
  /** Pixels. */
  width: z.int(),
  height: z.int(),
  media_type: z.string(),
  bytes: z.int(),
});

/** A conversation as lists show it. */
export const conversationSummary = conversation.extend({
  /** `metadata.title`, else the first words of the user; null: nothing was said. */
  title: z.string().nullable(),
  /** Of the newest turn, as asked; null: there is none. */
  model: z.string().nullable(),
  /** What was asked, how often, with turns that failed. */
  turn_count: z.int(),
  /** True: a turn is being answered. */
  running: z.boolean(),
  /** The newest ones, 4 at most, the newest first. */
  images: z.array(picture),
  /** When it last grew or was changed, in Unix seconds. */
  updated_at: z.int(),
});

/** A page of conversations, the one that changed last first. */
export const conversationPage = z.looseObject({
  object: z.literal('list'),
  data: z.array(conversationSummary),
  has_more: z.boolean(),
  /** Null: this is the last page. */
  next_cursor: z.string().nullable(),
});

/** One item of a turn without bytes. */
export const turnItem = z.looseObject({
  id: z.string(),
  /** `message`, `image_generation_call`, `function_call`, … */
  type: z.string(),
  /** Of messages: `user`, `assistant`, `system` or `developer`; null: it is none. */
  role: z.string().nullable(),
  text: z.string(),
  /** Those of a message, or the one that a call made. */
  images: z.array(picture),
  /** What the model made of the prompt; null: it does not say, or the item is no call. */
  revised_prompt: z.string().nullable(),
  /** Of calls: `generate` or `edit`. */
  action: z.string().nullable(),
  status: z.string().nullable(),
  /** Why a call made no picture. */
  error: z.looseObject({ message: z.string(), code: z.string().nullish() }).nullable(),
  /** The request that made the picture, with its parameters and its cost. */
  request: z.string().nullable(),
});

/** What was asked, and what was answered. */
export const conversationTurn = z.looseObject({
  /** Of its response; of its first item where nobody answered. */
  id: z.string(),
  object: z.literal('conversation.turn'),
  /** The response, of whatever conversation it was made in; null: nobody answered, or it is deleted. */
  response: z.string().nullable(),
  status: z.enum(['queued', 'in_progress', 'completed', 'failed', 'incomplete', 'cancelled']),
  /** As asked; null: not known. */
  model: z.string().nullable(),
  director: z.string().nullable(),
  tools: z.array(z.looseObject({ type: z.string() })),
  /** Unix seconds. */
  created_at: z.int(),
  completed_at: z.int().nullable(),
  input: z.array(turnItem),
  output: z.array(turnItem),
  /** `code` is of Pictor's catalogue of errors where it is known. */
  error: z.looseObject({ message: z.string(), code: z.string() }).nullable(),
  /** USD with its pictures; null: unknown, or it still runs. */
  cost: z.number().nullable(),
  adjustments: z.array(adjustment),
  warnings: z.array(z.string()),
});

/** The address of GET /api/conversations/:id/turns. */
export const turnQuery = z.strictObject({
  /** 1 to 200. Default: 50. */
  limit: z.coerce.number().int().min(1).max(200).optional(),
  /** `first_id` of a page: those before it are wanted. */
  before: z.string().max(200).optional(),
});

/** The newest turns of a conversation, oldest first. */
export const turnPage = z.looseObject({
  object: z.literal('list'),
  data: z.array(conversationTurn),
  /** True: there are some before them. */
  has_more: z.boolean(),
  first_id: z.string().nullable(),
});

export type Conversation = z.infer<typeof conversation>;
export type ConversationSummary = z.infer<typeof conversationSummary>;
export type ConversationPage = z.infer<typeof conversationPage>;
export type ConversationTurn = z.infer<typeof conversationTurn>;
export type ConversationPicture = z.infer<typeof picture>;
export type TurnItem = z.infer<typeof turnItem>;
export type TurnPage = z.infer<typeof turnPage>;
