import { describe, expect, it } from 'vitest';
import { openCatalogue } from '../catalogue/index.ts';
import type { ModelRow, PixelSize, PriceRow } from '../models/index.ts';
import { countedNanoUsd, type EstimateFacts, estimateCost, sumCosts, toMainlineUsage } from './index.ts';

const catalogue = openCatalogue([], []);
const today = new Date('2026-11-21T12:00:00Z');
const square: PixelSize = { width: 1024, height: 1024 };

function rowOf(name: string): ModelRow {
  const found = catalogue.find(name);
  if (!found) throw new Error(`${name} is not in the catalogue`);
  return found.row;
}

function estimate(model: string, facts: Partial<EstimateFacts> = {}, ownPrice?: PriceRow | null) {
  const row = rowOf(model);
  const price = ownPrice === undefined ? catalogue.priceOf(row, row.vendor, today) : ownPrice;
  return estimateCost({ row, prompt: '', images: [], n: 1, partialImages: 0, ...facts }, price);
}

function line(estimated: ReturnType<typeof estimateCost>, bucket: string) {
  return estimated.lines.find((each) => each.bucket === bucket);
}

describe('the bounds', () => {
  it('meet where everything is settled', () => {
    const { lowNanoUsd, highNanoUsd, holdNanoUsd } = estimate('gpt-image-2', {
      size: square,
      quality: 'high',
    });
    expect([lowNanoUsd, highNanoUsd, holdNanoUsd]).toEqual([210_720_000, 210_720_000, 210_720_000]);
  });

  it.each([
    // The cheapest and the dearest of three sizes and three qualities: 272 and 6,240 tokens.
    ['gpt-image-1', 272 * 40_000, 6240 * 40_000],
    ['gpt-image-1-mini', 272 * 8000, 6240 * 8000],
    ['gpt-image-1.5', 272 * 32_000, 6240 * 32_000],
    // Five qualities: low at 1536x864 and max at 2048x2048.
    ['gpt-image-2.5-flare', 120 * 30_000, 14_272 * 30_000],
    ['gemini-2.5-flash-image', 1290 * 30_000, 1290 * 30_000 + 2000 * 2500],
    ['gemini-3-pro-image', 1120 * 120_000, 1120 * 120_000 + 2000 * 12_000],
  ])('of %s hold what is left to the model', (model, low, high) => {
    expect(estimate(model)).toMatchObject({ lowNanoUsd: low, highNanoUsd: high });
  });

  it('of 2.6 lie apart at low, whose tokens are not published', () => {
    expect(estimate('gpt-image-2.6-flare', { size: square, quality: 'low' })).toMatchObject({
      lowNanoUsd: 3 * 196 * 30_000,
      highNanoUsd: 1756 * 30_000,
    });
  });

  it('multiply with n, and have 100 tokens for each preview that may come', () => {
    const estimated = estimate('gpt-image-2', { size: square, quality: 'low', n: 3, partialImages: 2 });
    expect(estimated.lowNanoUsd).toBe(3 * 196 * 30_000);
    expect(estimated.highNanoUsd).toBe((3 * 196 + 6 * 100) * 30_000);
    expect(line(estimated, 'partialImages')?.high).toEqual({
      count: 600,
      rateNanoUsd: 30_000,
      costNanoUsd: 18_000_000,
    });
  });

  it('have the pictures and the mask of an edit, once for each image since gpt-image-2', () => {
    const facts = { size: square, quality: 'low', images: [square, square], mask: square, n: 2 };
    const imageIn = line(estimate('gpt-image-2', facts), 'imageIn');
    expect([imageIn?.low.count, imageIn?.high.count]).toEqual([3 * 1024 * 2, 3 * 1536 * 2]);
    // 1,536 tokens at 8 USD a million: 0.0123 USD for each picture.
    const one = line(estimate('gpt-image-2', { images: [square] }), 'imageIn');
    expect(one?.high.costNanoUsd).toBe(12_288_000);
  });

  it('have a price for each image where the model is billed so', () => {
    expect(estimate('dall-e-3', { n: 1 })).toMatchObject({ lowNanoUsd: 40_000_000, highNanoUsd: 40_000_000 });
    expect(estimate('dall-e-3', { size: 'auto', quality: 'hd' })).toMatchObject({
      lowNanoUsd: 80_000_000,
      highNanoUsd: 120_000_000,
    });
    expect(estimate('dall-e-2', { n: 4, size: { width: 512, height: 512 } }).highNanoUsd).toBe(72_000_000);
  });

  it('are 0 where the engine is free, and unknown where no price is known', () => {
    const free = { ...(catalogue.prices[0] as PriceRow), price: { mode: 'free' } } as const;
    expect(estimate('gpt-image-2', {}, free)).toMatchObject({
      lowNanoUsd: 0,
      highNanoUsd: 0,
      holdNanoUsd: 0,
    });
    const unknown = estimate('gpt-image-2', { size: square, quality: 'low' }, null);
    expect(unknown).toMatchObject({ lowNanoUsd: null, highNanoUsd: null, holdNanoUsd: null });
    expect(line(unknown, 'imageOut')?.high).toEqual({ count: 196, rateNanoUsd: null, costNanoUsd: null });
  });

  it('are unknown where a part is, and what is known is held', () => {
    const estimated = estimate('gemini-2.5-flash-image', { images: [square] });
    expect(estimated.highNanoUsd).toBeNull();
    expect(estimated.holdNanoUsd).toBe(1290 * 30_000 + 2000 * 2500);
    expect(estimate('gemini-nano-banana-2.1', { imageSize: '4K' }).highNanoUsd).toBeNull();
  });

  it('are the sums of their lines, and each line is its count at its rate', () => {
    for (const row of catalogue.rows.filter(({ size }) => size !== undefined)) {
      const estimated = estimate(row.id, { prompt: 'a fox', n: 2, images: [square] });
      for (const end of ['low', 'high'] as const) {
        const sum = estimated.lines.reduce<number | null>((total, { [end]: bound }) => {
          const { count, rateNanoUsd, costNanoUsd } = bound;
          if (count !== null && rateNanoUsd !== null) expect(costNanoUsd).toBe(count * rateNanoUsd);
          return total === null || costNanoUsd === null ? null : total + costNanoUsd;
        }, 0);
        if (estimated.price !== null) expect(estimated[`${end}NanoUsd`], row.id).toBe(sum);
      }
      const { lowNanoUsd, highNanoUsd } = estimated;
      if (lowNanoUsd !== null && highNanoUsd !== null) expect(lowNanoUsd).toBeLessThanOrEqual(highNanoUsd);
    }
  });
});

describe('several attempts', () => {
  it('cost together what each did, unknown as soon as one is', () => {
    expect(sumCosts([])).toBe(0);
    expect(sumCosts([{ costNanoUsd: 3 }, { costNanoUsd: 0 }, { costNanoUsd: 4 }])).toBe(7);
    expect(sumCosts([{ costNanoUsd: 3 }, { costNanoUsd: null }])).toBeNull();
  });

  it('count for budgets what was held where a picture of theirs has an unknown cost', () => {
    const picture = { kind: 'image', costNanoUsd: null } as const;
    expect(countedNanoUsd([picture, { kind: 'image', costNanoUsd: 5 }], 100)).toBe(105);
    expect(countedNanoUsd([{ kind: 'mainline', costNanoUsd: null }], 100)).toBe(0);
    expect(countedNanoUsd([picture], null)).toBe(0);
  });
});

describe('the turn of a text model', () => {
  it('has its words, of which some are cached, and no pictures', () => {
    const tokens = { inputTokens: 120, cachedTokens: 100, outputTokens: 40 };
    expect(toMainlineUsage(tokens)).toEqual({
      textIn: 120,
      textInCached: 100,
      imageIn: 0,
      imageInCached: null,
      textOut: 40,
      imageOut: 0,
      source: 'provider',
    });
  });
});
