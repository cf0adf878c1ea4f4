import type { Usage } from '../models/index.ts';

/** Tokens of a text model's turn, as its service told them. */
export type MainlineTokens = {
  readonly inputTokens: number;
  /** The part of the input that was billed as cached; null: not told. */
  readonly cachedTokens: number | null;
  /** With hidden reasoning. */
  readonly outputTokens: number;
};

/**
 * The usage of a text model's turn, for an attempt of kind `mainline`: all of its input is billed at the text rate,
 * pictures included. Image tokens of its image tool are not among them: they stand beside it (`tool_usage.image_gen`),
 * and are booked with the requests of the pictures, as attempts of kind `image`.
 */
export function toMainlineUsage(tokens: MainlineTokens): Usage {
  return {
    textIn: tokens.inputTokens,
    textInCached: tokens.cachedTokens,
    imageIn: 0,
    imageInCached: null,
    textOut: tokens.outputTokens,
    imageOut: 0,
    source: 'provider',
  };
}
