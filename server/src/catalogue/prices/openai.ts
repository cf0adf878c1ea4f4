import type { PriceRow } from '../../models/index.ts';

type TokenRates = Extract<PriceRow['price'], { mode: 'token' }>;

/** The rates of several names that are billed alike, from one day on. Numbers are nano-USD for one token. */
function tokenPrices(facts: {
  models: readonly string[];
  from: string;
  source: string;
  sourceDate: string;
  perToken: TokenRates['perToken'];
}): PriceRow[] {
  const unbilled = facts.perToken.textOut === null ? { unbilled: ['textOut'] as const } : {};
  return facts.models.map((model) => ({
    id: `openai/${model}/${facts.from}`,
    model,
    provider: 'openai',
    from: facts.from,
    source: facts.source,
    sourceDate: facts.sourceDate,
    price: { mode: 'token', perToken: facts.perToken, ...unbilled },
  }));
}

const genaiPrices = {
  source: 'developers.openai.com model page, read through @pydantic/genai-prices 0.1.8',
  sourceDate: '2026-09-23',
};

const tokenRows: readonly PriceRow[] = [
  ...tokenPrices({
    models: ['gpt-image-1'],
    from: '2025-04-23',
    ...genaiPrices,
    perToken: {
      textIn: 5000,
      textInCached: 1250,
      imageIn: 10_000,
      imageInCached: 2500,
      textOut: null,
      imageOut: 40_000,
    },
  }),
  ...tokenPrices({
    models: ['gpt-image-1-mini'],
    from: '2025-10-06',
    ...genaiPrices,
    perToken: {
      textIn: 2000,
      textInCached: 200,
      imageIn: 2500,
      imageInCached: 250,
      textOut: null,
      imageOut: 8000,
    },
  }),
  ...tokenPrices({
    models: ['gpt-image-1.5', 'gpt-image-1.5-2025-12-16'],
    from: '2025-12-16',
    ...genaiPrices,
    perToken: {
      textIn: 5000,
      textInCached: 1250,
      imageIn: 8000,
      imageInCached: 2000,
      textOut: 10_000,
      imageOut: 32_000,
    },
  }),
  ...tokenPrices({
    models: ['chatgpt-image-latest'],
    from: '2025-12-16',
    source: 'assumed to be that of gpt-image-1.5: no price of its own was found',
    sourceDate: '2026-09-23',
    perToken: {
      textIn: 5000,
      textInCached: 1250,
      imageIn: 8000,
      imageInCached: 2000,
      textOut: 10_000,
      imageOut: 32_000,
    },
  }),
  ...tokenPrices({
    models: ['gpt-image-2', 'gpt-image-2-2026-04-21'],
    from: '2026-04-21',
    source: `${genaiPrices.source}; text output from BerriAI/litellm 00035b69, the former names none`,
    sourceDate: '2026-09-23',
    perToken: {
      textIn: 5000,
      textInCached: 1250,
      imageIn: 8000,
      imageInCached: 2000,
      textOut: 10_000,
      imageOut: 30_000,
    },
  }),
  ...tokenPrices({
    models: [
      'gpt-image-2.5-sunburst',
      'gpt-image-2.5-sunburst-2026-09-08',
      'gpt-image-2.5-flare',
      'gpt-image-2.5-flare-2026-09-08',
    ],
    from: '2026-09-08',
    source: 'github.com/gridaco/grida issue 1032 and theopenco/llmgateway 3985 (text output unbilled)',
    sourceDate: '2026-09-09',
    perToken: {
      textIn: 5000,
      textInCached: 1250,
      imageIn: 8000,
      imageInCached: 2000,
      textOut: null,
      imageOut: 30_000,
    },
  }),
  ...tokenPrices({
    models: ['gpt-image-2.6-sunburst', 'gpt-image-2.6-flare'],
    from: '2026-11-04',
    source: 'developers.openai.com model page of gpt-image-2.6-sunburst; text output as on 2.5',
    sourceDate: '2026-11-05',
    perToken: {
      textIn: 5000,
      textInCached: 1250,
      imageIn: 8000,
      imageInCached: 2000,
      textOut: null,
      imageOut: 30_000,
    },
  }),
];

const perImageRows: readonly PriceRow[] = [
  {
    id: 'openai/dall-e-2/2022-11-03',
    model: 'dall-e-2',
    provider: 'openai',
    from: '2022-11-03',
    source: 'OpenAI pricing page before the model retired, recalled and not re-read',
    sourceDate: '2026-11-21',
    price: {
      mode: 'image',
      perImage: [
        { size: '256x256', nanoUsd: 16_000_000 },
        { size: '512x512', nanoUsd: 18_000_000 },
        { size: '1024x1024', nanoUsd: 20_000_000 },
      ],
    },
  },
  {
    id: 'openai/dall-e-3/2023-11-06',
    model: 'dall-e-3',
    provider: 'openai',
    from: '2023-11-06',
    source: 'BerriAI/litellm 00035b69 for standard; hd recalled from the OpenAI pricing page and not re-read',
    sourceDate: '2026-11-21',
    price: {
      mode: 'image',
      perImage: [
        { size: '1024x1024', quality: 'standard', nanoUsd: 40_000_000 },
        { size: '1792x1024', quality: 'standard', nanoUsd: 80_000_000 },
        { size: '1024x1792', quality: 'standard', nanoUsd: 80_000_000 },
        { size: '1024x1024', quality: 'hd', nanoUsd: 80_000_000 },
        { size: '1792x1024', quality: 'hd', nanoUsd: 120_000_000 },
        { size: '1024x1792', quality: 'hd', nanoUsd: 120_000_000 },
      ],
    },
  },
];

/**
 * What OpenAI bills. The rows name OpenAI alone: no public source says that Azure or a compatible server
 * bills the same, and an unknown price is better than a wrong one.
 */
export const openAiPrices: readonly PriceRow[] = [...perImageRows, ...tokenRows];
