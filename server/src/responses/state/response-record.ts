import type { PromptSource } from '../../prompts/index.ts';
import type { Item, PictureFacts, Wire } from '../items/item.ts';

export type ResponseStatus = 'queued' | 'in_progress' | 'completed' | 'failed' | 'incomplete' | 'cancelled';

/** A response without its items. */
export type ResponseRecord = {
  readonly id: string;
  readonly projectId: string;
  readonly keyId: string;
  /** As asked. */
  readonly model: string;
  /** Who decides the turn. */
  readonly director: string;
  readonly status: ResponseStatus;
  readonly background: boolean;
  /** Members of the request that the response object repeats. */
  readonly asked: Wire;
  /** The response whose conversation this one goes on. */
  readonly parentId: string | null;
  readonly conversationId: string | null;
  readonly error: Wire | null;
  readonly incompleteReason: string | null;
  /** Tokens of whoever decided; null: not known. */
  readonly usage: Wire | null;
  /** Tokens of the pictures; null: not known, or none were made. */
  readonly toolUsage: Wire | null;
  /** What Pictor tells beside OpenAI's fields. */
  readonly report: Wire | null;
  readonly idempotencyKey: string | null;
  readonly fingerprint: string | null;
  /** The saved prompt that it came from; absent: none. */
  readonly savedPrompt?: PromptSource | undefined;
  readonly createdAt: Date;
  readonly completedAt: Date | null;
};

/** What changes when a response ends. */
export type ResponseEnding = Pick<
  ResponseRecord,
  'status' | 'error' | 'incompleteReason' | 'usage' | 'toolUsage' | 'report' | 'completedAt'
>;

/** A picture that came with a request and needs a row, so that its bytes stay. */
export type BroughtPicture = PictureFacts & { readonly role: 'input' | 'mask' };

export type ItemRole = 'input' | 'output';

export type OwnedItem = { readonly role: ItemRole; readonly position: number; readonly item: Item };

export type Conversation = {
  readonly id: string;
  readonly projectId: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly createdAt: Date;
};
