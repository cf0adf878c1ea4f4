import type { PriceRow } from '../../models/index.ts';

/** Nano-USD for one token: text that goes in, the part of it that was cached, and text that goes out. */
type TextRates = readonly [textIn: number, textInCached: number, textOut: number];

/** Text models that lead a conversation with the image_generation tool. Pictures that go in count as text. */
const rates: Readonly<Record<string, TextRates>> = {
  'gpt-4o': [2500, 1250, 10_000],
  'gpt-4o-mini': [150, 75, 600],
  'gpt-4.1': [2000, 500, 8000],
  'gpt-4.1-mini': [400, 100, 1600],
  'gpt-4.1-nano': [100, 25, 400],
  o3: [2000, 500, 8000],
  'gpt-5': [1250, 125, 10_000],
  'gpt-5-nano': [50, 5, 400],
  'gpt-5.2': [1750, 175, 14_000],
  'gpt-5.4': [2500, 250, 15_000],
  'gpt-5.4-mini': [750, 75, 4500],
  'gpt-5.4-nano': [200, 20, 1250],
};

/** When the table was first used here; the rates are older. */
const from = '2026-01-01';

const registry = 'developers.openai.com model pages, read through @pydantic/genai-prices 0.1.8';

/** gpt-5.4 alone has a second, dearer rate, for requests with very long input; no image conversation comes near it. */
const sources: Readonly<Record<string, string>> = {
  'gpt-5.4': `${registry}; for up to 272,000 tokens of input, above which 5 and 22.5 USD a million hold`,
};

/** What OpenAI bills for text models. */
export const openAiTextPrices: readonly PriceRow[] = Object.entries(rates).map(
  ([model, [textIn, textInCached, textOut]]) => ({
    id: `openai/${model}/${from}`,
    model,
    provider: 'openai',
    from,
    source: sources[model] ?? registry,
    sourceDate: '2026-09-23',
    price: {
      mode: 'token',
      perToken: { textIn, textInCached, imageIn: null, imageInCached: null, textOut, imageOut: null },
    },
  }),
);
