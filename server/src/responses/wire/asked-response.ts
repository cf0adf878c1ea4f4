import type { PromptSource } from '../../prompts/index.ts';
import type { Wire } from '../items/item.ts';

/** The image_generation tool as it was asked for. */
export type ImageTool = {
  /** How errors name it: `tools[0]`. */
  readonly param: string;
  /** The image model; undefined: the default of whoever decides. */
  readonly model: string | undefined;
  readonly action: 'auto' | 'generate' | 'edit';
  /** Everything else that the image model is to read. */
  readonly parameters: Wire;
  readonly mask: { readonly imageUrl: string | undefined; readonly fileId: string | undefined } | undefined;
  /** How many previews a picture has, 0 to 3; previews are made for streams only. */
  readonly partialImages: number;
};

/** A tool that the caller runs itself. */
export type ClientTool = {
  readonly type: 'function' | 'custom';
  readonly name: string;
  readonly description: string | undefined;
  /** JSON schema of a function's arguments. */
  readonly parameters: Wire | undefined;
  /** As it was sent. */
  readonly wire: Wire;
};

/** Which of the tools may, or must, be used. */
export type ToolChoice = {
  readonly mode: 'none' | 'auto' | 'required';
  readonly image: boolean;
  /** Names of client tools. */
  readonly clientTools: readonly string[];
  /** As it was sent. */
  readonly wire: unknown;
};

export type AskedTools = {
  readonly image: ImageTool | null;
  readonly clientTools: readonly ClientTool[];
  readonly choice: ToolChoice;
};

/** The body of POST /v1/responses, checked by itself; its items are not looked at yet. */
export type AskedResponse = {
  readonly model: string;
  readonly input: string | readonly Wire[];
  readonly instructions: string | null;
  readonly tools: AskedTools;
  readonly previousResponseId: string | null;
  readonly conversationId: string | null;
  readonly store: boolean;
  readonly background: boolean;
  readonly stream: boolean;
  readonly include: readonly string[];
  readonly maxToolCalls: number | null;
  readonly parallelToolCalls: boolean;
  /** The caller's opaque name for its end user. */
  readonly endUser: string | undefined;
  /** Members that only a mainline model understands, as they were sent. */
  readonly settings: Wire;
  /** Members that the response object repeats. */
  readonly echo: Wire;
  /** The saved prompt that it came from; absent: none. */
  readonly savedPrompt?: PromptSource;
  /** Sentences for the report that were known before the turn; absent: none. */
  readonly warnings?: readonly string[];
};
