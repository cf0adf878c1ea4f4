import type { Access } from '../access/index.ts';
import type { ErrorShape } from '../http/index.ts';
import type { Logs } from '../logs/index.ts';
import type { Prompts } from '../prompts/index.ts';
import type { LinkSigner } from '../storage/index.ts';

export type PromptLayerParts = {
  readonly access: Access;
  readonly prompts: Prompts;
  readonly logs: Logs;
  readonly links: LinkSigner;
  /** Address under which people reach this server; absent: from the request. */
  readonly publicUrl: string | undefined;
};

/** Below this address PromptLayer's clients find what they know. */
export const base = '/promptlayer';

/** Clients show `message`, and anything else as `[object Object]`. */
export const promptLayerErrors: ErrorShape = {
  path: base,
  write: (error) => ({ success: false, message: error.message }),
};
