import type { Caller } from '../kit/open-caller.ts';

/** A service that speaks OpenAI's Images API, with what it takes to call it. */
export type Upstream = {
  readonly caller: Caller;
  /** Without a slash at its end: `https://api.openai.com/v1`. */
  readonly baseUrl: string;
  readonly key: string;
  /** Headers of every call beside the key, lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
};
