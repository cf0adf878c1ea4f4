import type { Caller } from '../open-caller.ts';

/** How strict one of Google's filters is, by its own names. */
export type SafetySetting = { readonly category: string; readonly threshold: string };

/** A service that speaks Google's generateContent, with what it takes to call it. */
export type GoogleUpstream = {
  /** Name of the cell, for errors and rows. */
  readonly provider: string;
  /** Vertex AI has members that the Gemini API refuses. */
  readonly platform: 'gemini' | 'vertex';
  readonly caller: Caller;
  readonly toUrl: (model: string, method: 'generateContent' | 'countTokens') => string;
  /** Headers of every call, lower-case names, the one with the key included. May throw a ProviderError. */
  readonly headers: () => Promise<Readonly<Record<string, string>>>;
  /** What no message may show. */
  readonly secrets: readonly string[];
  /** How the operator's settings are called in sentences for the operator: `GEMINI_API_KEY`. */
  readonly settings: { readonly key: string; readonly address: string };
  readonly safetySettings: readonly SafetySetting[];
  /** Vertex AI only. */
  readonly personGeneration?: string;
  /** Where pictures wait that are too large for memory until it is known whether they are answers. */
  readonly holdFolder: string;
};
