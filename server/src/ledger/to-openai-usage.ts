import type { Usage } from '../models/index.ts';

/** The `usage` member of OpenAI's images wire. */
export type OpenAiUsage = {
  readonly input_tokens: number;
  readonly input_tokens_details: { readonly text_tokens: number; readonly image_tokens: number };
  readonly output_tokens: number;
  readonly output_tokens_details: { readonly image_tokens: number; readonly text_tokens: number };
  readonly total_tokens: number;
};

/**
 * Usage as the wire writes it. Text output that was not told apart counts as image output, which is where it then
 * is. Null: another bucket is unknown, so that no total can be told; the wire allows to leave `usage` out.
 */
export function toOpenAiUsage(usage: Usage): OpenAiUsage | null {
  const { textIn, imageIn, imageOut } = usage;
  if (textIn === null || imageIn === null || imageOut === null) return null;
  const textOut = usage.textOut ?? 0;
  return {
    input_tokens: textIn + imageIn,
    input_tokens_details: { text_tokens: textIn, image_tokens: imageIn },
    output_tokens: imageOut + textOut,
    output_tokens_details: { image_tokens: imageOut, text_tokens: textOut },
    total_tokens: textIn + imageIn + imageOut + textOut,
  };
}
