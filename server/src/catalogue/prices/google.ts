import type { PriceRow } from '../../models/index.ts';

const registry = {
  source: 'ai.google.dev pricing, read through @pydantic/genai-prices 0.1.8',
  sourceDate: '2026-09-23',
};

const pricingPage = { source: 'ai.google.dev pricing page as quoted publicly', sourceDate: '2026-09-05' };

/**
 * Google bills pictures and words that come in alike, and hidden thinking as text that goes out. No source
 * publishes a rate for cached input of these models. Numbers are nano-USD for one token.
 */
function geminiPrices(facts: {
  model: string;
  from: string;
  source: string;
  sourceDate: string;
  in: number;
  textOut: number;
  imageOut: number;
}): PriceRow[] {
  return ['google', 'gemini', 'vertex'].map((provider) => ({
    id: `${provider}/${facts.model}/${facts.from}`,
    model: facts.model,
    provider,
    from: facts.from,
    source: facts.source,
    sourceDate: facts.sourceDate,
    price: {
      mode: 'token',
      perToken: {
        textIn: facts.in,
        textInCached: null,
        imageIn: facts.in,
        imageInCached: null,
        textOut: facts.textOut,
        imageOut: facts.imageOut,
      },
    },
  }));
}

/** What Google bills, alike on the Gemini API and at list price on Vertex AI. Standard tier, not batch. `google` is for stand-ins. */
export const googlePrices: readonly PriceRow[] = [
  ...geminiPrices({
    model: 'gemini-2.5-flash-image',
    from: '2025-10-02',
    ...registry,
    in: 300,
    textOut: 2500,
    imageOut: 30_000,
  }),
  ...geminiPrices({
    model: 'gemini-3-pro-image',
    from: '2026-05-28',
    ...registry,
    in: 2000,
    textOut: 12_000,
    imageOut: 120_000,
  }),
  ...geminiPrices({
    model: 'gemini-3.1-flash-image',
    from: '2026-05-28',
    ...pricingPage,
    in: 500,
    textOut: 3000,
    imageOut: 60_000,
  }),
  ...geminiPrices({
    model: 'gemini-3.1-flash-lite-image',
    from: '2026-06-30',
    ...registry,
    in: 250,
    textOut: 1500,
    imageOut: 30_000,
  }),
  ...geminiPrices({
    model: 'gemini-nano-banana-2.1',
    from: '2026-10-07',
    source: 'github.com/BerriAI/litellm discussion 44983',
    sourceDate: '2026-11-21',
    in: 1500,
    textOut: 7500,
    imageOut: 30_000,
  }),
];
