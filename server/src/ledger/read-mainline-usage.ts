import type { Usage } from '../models/index.ts';

/** The `usage` of a Responses API answer, as far as it is read here. */
export type MainlineWire = {
  readonly input_tokens: number;
  readonly input_tokens_details?: { readonly cached_tokens?: number | undefined } | undefined;
  readonly output_tokens: number;
};

/**
 * The tokens of a text model's turn, for an attempt of kind `mainline`. All of its input is billed at the text rate,
 * pictures included, and its output holds hidden reasoning. Image tokens of its image tool are not among them: they
 * stand beside it (`tool_usage.image_gen`), and are booked as an attempt of kind `image`.
 */
export function readMainlineUsage(wire: MainlineWire): Usage {
  return {
    textIn: wire.input_tokens,
    textInCached: wire.input_tokens_details?.cached_tokens ?? null,
    imageIn: 0,
    imageInCached: null,
    textOut: wire.output_tokens,
    imageOut: 0,
    source: 'provider',
  };
}
