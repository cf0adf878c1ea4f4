import { describe, expect, it } from 'vitest';
import { openCatalogue } from '../catalogue/index.ts';
import type { ModelRow, PriceRow, Usage } from '../models/index.ts';
import { readUsage } from '../providers/kit/openai-images/read-usage.ts';
import { costOfAttempt, type EstimateFacts, estimateCost, estimateUsage } from './index.ts';

/** Faults that other gateways have had with the cost of images: each is named by what went wrong there. */
const catalogue = openCatalogue([], []);
const today = new Date('2026-11-21T12:00:00Z');

function rowOf(name: string): ModelRow {
  const found = catalogue.find(name);
  if (!found) throw new Error(`${name} is not in the catalogue`);
  return found.row;
}

function priceOf(name: string): PriceRow | null {
  const row = rowOf(name);
  return catalogue.priceOf(row, row.vendor, today);
}

function cost(model: string, usage: Usage | null, price = priceOf(model)): number | null {
  return costOfAttempt({ charged: 'yes', usage, images: [], price, standIn: false }).costNanoUsd;
}

function estimate(model: string, facts: Partial<EstimateFacts> = {}, price = priceOf(model)) {
  return estimateCost(
    { row: rowOf(model), prompt: 'a fox', images: [], n: 1, partialImages: 0, ...facts },
    price,
  );
}

const reported = {
  input_tokens: 1030,
  input_tokens_details: { text_tokens: 6, image_tokens: 1024 },
  output_tokens: 7024,
  output_tokens_details: { image_tokens: 7024, text_tokens: 0 },
};

describe('the cost of a picture', () => {
  it('is never 0 because a model is not known to the price list', () => {
    const unpriced = cost('gpt-image-2', readUsage(reported, 'edit'), null);
    expect(unpriced).toBeNull();
    expect(estimate('gpt-image-2', {}, null)).toMatchObject({
      lowNanoUsd: null,
      highNanoUsd: null,
      holdNanoUsd: null,
    });
  });

  it('is not nothing where size and quality are unset or auto', () => {
    for (const facts of [{}, { size: 'auto', quality: 'auto' }] as const) {
      const { lowNanoUsd, highNanoUsd } = estimate('gpt-image-2', facts);
      // From low at 1536x864 (120 tokens) to high at 2048x2048 (14,272), at 30,000 nano-USD each, and the prompt.
      expect(lowNanoUsd).toBe(120 * 30_000 + 1 * 5000);
      expect(highNanoUsd).toBe(14_272 * 30_000 + 5 * 5000);
    }
  });

  it('has the tokens of its input, words and pictures apart', () => {
    expect(cost('gpt-image-2', readUsage(reported, 'edit'))).toBe(6 * 5000 + 1024 * 8000 + 7024 * 30_000);
  });

  it('bills image tokens at the rate of images, not of text', () => {
    const textRate = 10_000;
    const billed = cost(
      'gpt-image-1.5',
      readUsage({ ...reported, input_tokens_details: { text_tokens: 0, image_tokens: 0 } }, 'generate'),
    );
    expect(billed).toBe(7024 * 32_000);
    expect(billed).toBeGreaterThan(3 * 7024 * textRate);
  });

  it('counts all output as images where its details are missing', () => {
    const { output_tokens_details: _details, ...rest } = reported;
    expect(cost('gpt-image-2', readUsage(rest, 'edit'))).toBe(6 * 5000 + 1024 * 8000 + 7024 * 30_000);
  });

  it('is known for models as new as gpt-image-2, 2.5 and 2.6', () => {
    const usage = readUsage({ input_tokens: 0, output_tokens: 196 }, 'generate');
    for (const model of ['gpt-image-2', 'gpt-image-2.5-flare', 'gpt-image-2.6-sunburst']) {
      expect(cost(model, usage)).toBe(5_880_000);
    }
  });

  it('has the rates of its own model, not those of the one before', () => {
    const usage = readUsage(reported, 'edit');
    expect(cost('gpt-image-2', usage)).not.toBe(cost('gpt-image-1', usage));
    expect(cost('gpt-image-1', usage)).toBe(6 * 5000 + 1024 * 10_000 + 7024 * 40_000);
  });

  it('follows size and quality instead of one flat price', () => {
    const low = estimate('gpt-image-2', { size: { width: 1024, height: 1024 }, quality: 'low' });
    const high = estimate('gpt-image-2', { size: { width: 1024, height: 1024 }, quality: 'high' });
    expect(low.highNanoUsd).toBe(196 * 30_000 + 5 * 5000);
    expect(high.highNanoUsd).toBe(7024 * 30_000 + 5 * 5000);
    // The same word is another price on the next model.
    const next = estimate('gpt-image-2.5-flare', { size: { width: 1024, height: 1024 }, quality: 'high' });
    expect(next.highNanoUsd).toBe(1756 * 30_000 + 5 * 5000);
  });

  it('is computed from the formula, and marked so, where the service reports no usage or only zeros', () => {
    expect(readUsage({ input_tokens: 0, output_tokens: 0 }, 'generate')).toBeNull();
    const usage = estimateUsage({
      row: rowOf('gpt-image-2'),
      prompt: 'a fox',
      images: [],
      n: 1,
      size: { width: 1024, height: 1024 },
      quality: 'low',
      partialImages: 2,
    });
    expect(usage?.source).toBe('formula');
    expect(cost('gpt-image-2', usage)).toBe((196 + 200) * 30_000 + 2 * 5000);
  });

  it('stays unknown where it cannot be told, instead of looking free', () => {
    const maybe = { usage: null, images: [], standIn: false };
    const price = priceOf('gpt-image-2');
    expect(costOfAttempt({ ...maybe, charged: 'maybe', price }).costNanoUsd).toBeNull();
    expect(costOfAttempt({ ...maybe, charged: 'yes', price }).costNanoUsd).toBeNull();
    // An unknown price per image is no price of zero images.
    expect(costOfAttempt({ ...maybe, charged: 'maybe', price: priceOf('dall-e-3') }).costNanoUsd).toBeNull();
    expect(costOfAttempt({ ...maybe, charged: 'no', price }).costNanoUsd).toBe(0);
    expect(costOfAttempt({ ...maybe, charged: 'no', price: null }).costNanoUsd).toBe(0);
  });
});

describe('a refusal', () => {
  it('costs the input that the provider says it read', () => {
    const usage = readUsage({ input_tokens: 40, output_tokens: 0 }, 'generate');
    const { costNanoUsd } = costOfAttempt({
      charged: 'yes',
      usage,
      images: [],
      price: priceOf('gpt-image-2'),
      standIn: false,
    });
    expect(costNanoUsd).toBe(40 * 5000);
  });
});

describe('a stand-in', () => {
  it('costs nothing, and tells what the model would have cost', () => {
    const usage = readUsage({ input_tokens: 0, output_tokens: 196 }, 'generate');
    const price = priceOf('gpt-image-2');
    expect(costOfAttempt({ charged: 'yes', usage, images: [], price, standIn: true })).toEqual({
      standIn: true,
      costNanoUsd: 0,
      listCostNanoUsd: 5_880_000,
      priceRow: 'openai/gpt-image-2/2026-04-21',
    });
  });
});
