import { describe, expect, it } from 'vitest';
import { openCatalogue } from '../catalogue/index.ts';
import type { ModelRow, PriceRow, Usage } from '../models/index.ts';
import { costNanoUsd, estimateUsage, toOpenAiUsage } from './index.ts';

const catalogue = openCatalogue([], []);
const today = new Date('2026-11-21T12:00:00Z');

function rowOf(name: string): ModelRow {
  const found = catalogue.find(name);
  if (!found) throw new Error(`${name} is not in the catalogue`);
  return found.row;
}

function priceOf(name: string): PriceRow {
  const row = rowOf(name);
  const price = catalogue.priceOf(row, row.vendor, today);
  if (!price) throw new Error(`${name} has no price`);
  return price;
}

function usage(tokens: Partial<Usage>): Usage {
  return {
    textIn: 0,
    textInCached: null,
    imageIn: 0,
    imageInCached: null,
    textOut: 0,
    imageOut: 0,
    source: 'provider',
    ...tokens,
  };
}

function cost(model: string, tokens: Partial<Usage>): number | null {
  return costNanoUsd({ usage: usage(tokens), images: [] }, priceOf(model));
}

/** Dollars of one image by the formula, without its prompt. */
function dollars(model: string, quality: string, width: number, height: number): number {
  const estimated = estimateUsage({
    row: rowOf(model),
    prompt: '',
    images: [],
    n: 1,
    size: { width, height },
    quality,
    partialImages: 0,
  });
  return (costNanoUsd({ usage: estimated, images: [] }, priceOf(model)) ?? Number.NaN) / 1_000_000_000;
}

describe('the price table that OpenAI prints', () => {
  it.each([
    ['gpt-image-2', 0.0006, [0.006, 0.053, 0.211], [0.005, 0.041, 0.165], [0.005, 0.041, 0.165]],
    ['gpt-image-1.5', 0.0014, [0.009, 0.034, 0.133], [0.013, 0.05, 0.2], [0.013, 0.05, 0.2]],
    ['gpt-image-1', 0.0017, [0.011, 0.042, 0.167], [0.016, 0.063, 0.25], [0.016, 0.063, 0.25]],
    // The printed row of the mini lies up to 0.003 above its tokens; the token rates are what is billed.
    ['gpt-image-1-mini', 0.0031, [0.005, 0.011, 0.036], [0.006, 0.015, 0.052], [0.006, 0.015, 0.052]],
  ] as const)('is met by %s, to %d dollars', (model, tolerance, square, tall, wide) => {
    const qualities = ['low', 'medium', 'high'];
    const printed = [...square, ...tall, ...wide];
    const computed = [
      ...qualities.map((quality) => dollars(model, quality, 1024, 1024)),
      ...qualities.map((quality) => dollars(model, quality, 1024, 1536)),
      ...qualities.map((quality) => dollars(model, quality, 1536, 1024)),
    ];
    computed.forEach((value, index) => {
      expect(Math.abs(value - (printed[index] ?? Number.NaN)), `${index}`).toBeLessThanOrEqual(tolerance);
    });
  });

  it.each([
    ['gemini-2.5-flash-image', '1K', 0.039],
    ['gemini-3-pro-image', '1K', 0.134],
    ['gemini-3-pro-image', '2K', 0.134],
    ['gemini-3-pro-image', '4K', 0.24],
    ['gemini-3.1-flash-image', '512', 0.045],
    ['gemini-3.1-flash-image', '1K', 0.067],
    ['gemini-3.1-flash-image', '2K', 0.101],
    ['gemini-3.1-flash-image', '4K', 0.151],
    ['gemini-3.1-flash-lite-image', '1K', 0.034],
    ['gemini-nano-banana-2.1', '1K', 0.0336],
  ])("is met by Google's %s at %s: %f dollars", (model, imageSize, printed) => {
    const estimated = estimateUsage({
      row: rowOf(model),
      prompt: '',
      images: [],
      n: 1,
      imageSize,
      partialImages: 0,
    });
    const nano = costNanoUsd({ usage: estimated, images: [] }, priceOf(model)) ?? Number.NaN;
    expect(Math.abs(nano / 1_000_000_000 - printed)).toBeLessThan(0.0006);
  });
});

describe('the table of sizes', () => {
  it.each([
    ['1024x1024', [0.0059, 0.0527, 0.2107]],
    ['1024x1536', [0.0047, 0.0412, 0.1646]],
    ['1536x1024', [0.0047, 0.0412, 0.1646]],
    ['1536x864', [0.0036, 0.0323, 0.1294]],
    ['1792x1024', [0.0042, 0.0373, 0.1519]],
    ['2048x1152', [0.0047, 0.0424, 0.1695]],
    ['2048x2048', [0.0119, 0.107, 0.4282]],
    ['2560x1440', [0.0062, 0.0553, 0.2211]],
    ['3840x2160', [0.0111, 0.1001, 0.4003]],
    ['2880x2880', [0.0198, 0.1779, 0.7116]],
    ['3840x1280', [0.0042, 0.0398, 0.1593]],
  ])('is met at %s by gpt-image-2 in low, medium and high: %j dollars', (size, printed) => {
    const [width = 0, height = 0] = size.split('x').map(Number);
    const computed = ['low', 'medium', 'high'].map((quality) =>
      dollars('gpt-image-2', quality, width, height),
    );
    expect(computed.map((value) => Math.round(value * 10_000) / 10_000)).toEqual(printed);
  });
});

describe('tokens', () => {
  it('cost whole nano-USD, each bucket at its rate', () => {
    expect(cost('gpt-image-2', { imageOut: 196 })).toBe(5_880_000);
    expect(cost('gpt-image-2', { textIn: 10, imageIn: 1024, textOut: 3, imageOut: 196 })).toBe(
      10 * 5000 + 1024 * 8000 + 3 * 10_000 + 196 * 30_000,
    );
    expect(cost('gemini-3-pro-image', { textIn: 20, imageIn: 1120, textOut: 40, imageOut: 1120 })).toBe(
      1140 * 2000 + 40 * 12_000 + 1120 * 120_000,
    );
  });

  it('are paid in full unless some are told to be cached', () => {
    expect(cost('gpt-image-1', { textIn: 100, imageIn: 100 })).toBe(100 * 5000 + 100 * 10_000);
    expect(cost('gpt-image-1', { textIn: 100, textInCached: 40, imageIn: 100, imageInCached: 100 })).toBe(
      60 * 5000 + 40 * 1250 + 100 * 2500,
    );
    expect(cost('gpt-image-1', { textIn: 10, textInCached: 99 })).toBe(10 * 1250);
  });

  it('all count as image output where the service tells no details', () => {
    expect(cost('gpt-image-1.5', { textOut: null, imageOut: 1000 })).toBe(32_000_000);
    expect(toOpenAiUsage(usage({ textIn: 5, textOut: null, imageOut: 1000 }))).toMatchObject({
      output_tokens: 1000,
      output_tokens_details: { image_tokens: 1000, text_tokens: 0 },
    });
  });

  it('cost nothing in a bucket that the vendor leaves unbilled', () => {
    expect(cost('gpt-image-2.5-flare', { textOut: 500, imageOut: 1 })).toBe(30_000);
  });

  it('have an unknown cost where tokens or a rate are unknown', () => {
    expect(cost('gpt-image-2', { imageOut: null })).toBeNull();
    expect(cost('gpt-image-2', { textIn: null })).toBeNull();
    expect(cost('gpt-image-2', { imageIn: null })).toBeNull();
    expect(cost('gpt-image-2', { textOut: null, imageOut: null })).toBeNull();
    expect(cost('gemini-3-pro-image', { textIn: 10, textInCached: 5 })).toBeNull();
    expect(costNanoUsd({ usage: null, images: [] }, priceOf('gpt-image-2'))).toBeNull();
    const { price, ...rest } = priceOf('gpt-image-2.5-flare');
    if (price.mode !== 'token') throw new Error('not a token price');
    const secretive: PriceRow = { ...rest, price: { mode: 'token', perToken: price.perToken } };
    expect(costNanoUsd({ usage: usage({ textOut: 1 }), images: [] }, secretive)).toBeNull();
    expect(costNanoUsd({ usage: usage({ textOut: 0 }), images: [] }, secretive)).toBe(0);
  });
});

describe('images', () => {
  const images = [
    { size: '1024x1024', quality: 'hd' },
    { size: '1792x1024', quality: 'standard' },
  ];

  it('cost what the first fitting row says', () => {
    expect(costNanoUsd({ usage: null, images }, priceOf('dall-e-3'))).toBe(160_000_000);
    expect(
      costNanoUsd({ usage: null, images: [{ size: '512x512', quality: 'any' }] }, priceOf('dall-e-2')),
    ).toBe(18_000_000);
    expect(costNanoUsd({ usage: null, images: [] }, priceOf('dall-e-2'))).toBe(0);
  });

  it('have an unknown cost as soon as one fits no row', () => {
    expect(
      costNanoUsd({ usage: null, images: [...images, { size: '1x1' }] }, priceOf('dall-e-3')),
    ).toBeNull();
    expect(costNanoUsd({ usage: null, images: [{}] }, priceOf('dall-e-2'))).toBeNull();
  });

  it('cost nothing where the row is free', () => {
    expect(costNanoUsd({ usage: null, images }, { ...priceOf('dall-e-3'), price: { mode: 'free' } })).toBe(0);
  });
});

describe('toOpenAiUsage', () => {
  it('writes the shape of the wire', () => {
    expect(toOpenAiUsage(usage({ textIn: 20, imageIn: 194, textOut: 40, imageOut: 2560 }))).toEqual({
      input_tokens: 214,
      input_tokens_details: { text_tokens: 20, image_tokens: 194 },
      output_tokens: 2600,
      output_tokens_details: { image_tokens: 2560, text_tokens: 40 },
      total_tokens: 2814,
    });
  });

  it.each(['textIn', 'imageIn', 'imageOut'] as const)('tells nothing where %s is unknown', (bucket) => {
    expect(toOpenAiUsage(usage({ [bucket]: null }))).toBeNull();
  });
});
