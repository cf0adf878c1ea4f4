import { describe, expect, it } from 'vitest';
import { openCatalogue } from '../catalogue/index.ts';
import type { ModelRow, PixelSize } from '../models/index.ts';
import { estimateUsage, type JobFacts } from './index.ts';

const catalogue = openCatalogue([], []);

function rowOf(name: string): ModelRow {
  const found = catalogue.find(name);
  if (!found) throw new Error(`${name} is not in the catalogue`);
  return found.row;
}

function pixels(text: string): PixelSize {
  const [width = 0, height = 0] = text.split('x').map(Number);
  return { width, height };
}

function estimate(model: string, facts: Partial<Omit<JobFacts, 'row'>> = {}) {
  return estimateUsage({
    row: rowOf(model),
    prompt: 'a fox',
    images: [],
    n: 1,
    size: pixels('1024x1024'),
    partialImages: 0,
    ...facts,
  });
}

describe('output tokens of the first generation', () => {
  it.each([
    'gpt-image-1',
    'gpt-image-1-mini',
    'gpt-image-1.5',
    'gpt-image-1.5-2025-12-16',
    'chatgpt-image-latest',
  ])('%s has those of the guide', (model) => {
    const table = ['1024x1024', '1024x1536', '1536x1024'].map((size) =>
      ['low', 'medium', 'high'].map((quality) => estimate(model, { size: pixels(size), quality })?.imageOut),
    );
    expect(table).toEqual([
      [272, 1056, 4160],
      [408, 1584, 6240],
      [400, 1568, 6208],
    ]);
  });

  it('are unknown for a size or a quality that the guide does not print', () => {
    expect(estimate('gpt-image-1', { size: pixels('1536x864') })?.imageOut).toBeNull();
    expect(estimate('gpt-image-1', { quality: 'max' })?.imageOut).toBeNull();
    expect(estimate('gpt-image-1', { quality: 'constructor' })?.imageOut).toBeNull();
    expect(estimate('gpt-image-1', { size: undefined })?.imageOut).toBeNull();
  });
});

describe('output tokens since gpt-image-2', () => {
  const qualities = ['low', 'medium', 'high', 'xhigh', 'max'];

  it.each([
    ['1024x1024', [196, 439, 1756, 3122, 7024]],
    ['1024x1536', [158, 343, 1372, 2459, 5488]],
    ['1536x1024', [158, 343, 1372, 2459, 5488]],
    ['1536x864', [120, 280, 1078, 1917, 4312]],
    ['1792x1024', [139, 323, 1243, 2271, 5063]],
    ['2048x1152', [157, 367, 1413, 2511, 5650]],
    ['2048x2048', [397, 892, 3568, 6343, 14272]],
    ['2560x1440', [205, 478, 1843, 3276, 7370]],
    ['3840x2160', [371, 865, 3336, 5930, 13342]],
    ['2880x2880', [659, 1483, 5930, 10542, 23719]],
    ['3840x1280', [139, 332, 1328, 2324, 5311]],
  ])('at %s are %j on 2.5, and low, high and max of them on 2', (size, expected) => {
    const made = (model: string, quality: string) =>
      estimate(model, { size: pixels(size), quality })?.imageOut;
    expect(qualities.map((quality) => made('gpt-image-2.5-sunburst', quality))).toEqual(expected);
    const [low, , medium, , high] = expected;
    expect(['low', 'medium', 'high'].map((quality) => made('gpt-image-2', quality))).toEqual([
      low,
      medium,
      high,
    ]);
    expect(made('gpt-image-2', 'xhigh')).toBeNull();
  });

  it.each([
    ['1536x1024', 'high', 5488],
    ['1792x1024', 'high', 5063],
    ['3584x2048', 'high', 12329],
    ['2560x1440', 'low', 205],
    ['3472x1488', 'low', 201],
  ])('agree with what others measured: gpt-image-2 %s %s is %i', (size, quality, tokens) => {
    expect(estimate('gpt-image-2-2026-04-21', { size: pixels(size), quality })?.imageOut).toBe(tokens);
  });

  it('have a ceiling on 2.6, where low and medium are not published', () => {
    const made = qualities.map((quality) => estimate('gpt-image-2.6-flare', { quality })?.imageOut);
    expect(made).toEqual([1756, 1756, 1756, 3122, 7024]);
  });

  it.each([
    ['gpt-image-1', 4160],
    ['gpt-image-2', 7024],
    ['gpt-image-2.5-flare', 7024],
  ])('count the dearest level of %s where the quality is left to the model', (model, tokens) => {
    expect(estimate(model, { quality: 'auto' })?.imageOut).toBe(tokens);
    expect(estimate(model)?.imageOut).toBe(tokens);
  });
});

describe('several images and previews', () => {
  it('multiply the output, and add 100 for each preview', () => {
    expect(estimate('gpt-image-1', { n: 3, quality: 'low', partialImages: 5 })?.imageOut).toBe(3 * 272 + 500);
    expect(estimate('gpt-image-2', { n: 2, quality: 'low', partialImages: 1 })?.imageOut).toBe(2 * 196 + 100);
  });

  it('read the input of an edit once for each image since gpt-image-2, and once in all before', () => {
    const facts = { n: 4, quality: 'low', images: [pixels('1024x1024')] };
    expect(estimate('gpt-image-2', facts)).toMatchObject({ textIn: 2 * 4, imageIn: 1024 * 4 });
    expect(estimate('gpt-image-1', facts)).toMatchObject({ textIn: 2, imageIn: 194 });
    expect(estimate('gpt-image-2', { n: 4 })).toMatchObject({ textIn: 2, imageIn: 0 });
  });
});

describe('text', () => {
  it.each([
    ['', 0],
    ['a', 1],
    ['four', 1],
    ['fives', 2],
    ['🦊', 1],
    ['Füchse', 2],
  ])('%j counts %i tokens, one for four bytes', (prompt, tokens) => {
    expect(estimate('gpt-image-2', { prompt })).toMatchObject({
      textIn: tokens,
      textInCached: 0,
      textOut: 0,
      source: 'formula',
    });
  });
});

describe('input pictures of the first generation', () => {
  it.each([
    ['1024x1024', 194],
    ['512x512', 194],
    ['4096x4096', 194],
    ['1536x1024', 65 + 129 * 2],
    ['1024x3072', 65 + 129 * 3],
  ])('%s has %i tokens', (size, tokens) => {
    expect(estimate('gpt-image-1', { images: [pixels(size)] })?.imageIn).toBe(tokens);
  });

  it('cost more at high fidelity, the first of gpt-image-1 and five of gpt-image-1.5', () => {
    const images = Array.from({ length: 6 }, () => pixels('1024x1024'));
    const facts = { images, inputFidelity: 'high' };
    expect(estimate('gpt-image-1', facts)?.imageIn).toBe(6 * 194 + 4160);
    expect(estimate('gpt-image-1.5', facts)?.imageIn).toBe(6 * 194 + 5 * 4160);
    expect(estimate('gpt-image-1', { images: [pixels('1536x1024')], inputFidelity: 'high' })?.imageIn).toBe(
      323 + 6240,
    );
    expect(estimate('gpt-image-1', { images, inputFidelity: 'low' })?.imageIn).toBe(6 * 194);
  });

  it('include the mask', () => {
    const mask = pixels('1024x1024');
    expect(estimate('gpt-image-1', { images: [mask], mask, inputFidelity: 'high' })?.imageIn).toBe(
      2 * 194 + 4160,
    );
  });
});

describe('input pictures since gpt-image-2', () => {
  it.each([
    ['1024x1024', 1024],
    ['1024x768', 32 * 24],
    ['512x512', 1024],
    ['256x256', 256],
    ['1280x1024', 40 * 32],
  ])('%s has %i tokens', (size, tokens) => {
    expect(estimate('gpt-image-2', { images: [pixels(size)] })?.imageIn).toBe(tokens);
  });

  it.each([
    '2048x2048',
    '4000x3000',
    '3072x1024',
    '3840x1280',
    '1024x10240',
    '9000x9000',
    '1x4000',
    '1600x1216',
  ])('%s stays within the budget, and uses most of it', (size) => {
    const made = estimate('gpt-image-2.5-flare', { images: [pixels(size)] })?.imageIn;
    expect(made).toBeLessThanOrEqual(1536);
    expect(made).toBeGreaterThanOrEqual(1300);
  });

  it('add up, the mask with them', () => {
    const image = pixels('1024x1024');
    expect(estimate('gpt-image-2', { images: [image, image], mask: image })?.imageIn).toBe(3 * 1024);
  });
});

describe('Gemini', () => {
  it.each([
    ['gemini-2.5-flash-image', '1K', 1290],
    ['gemini-3-pro-image', '1K', 1120],
    ['gemini-3-pro-image', '2K', 1120],
    ['gemini-3-pro-image', '4K', 2000],
    ['gemini-3.1-flash-image', '512', 747],
    ['gemini-3.1-flash-image', '1K', 1120],
    ['gemini-3.1-flash-image', '2K', 1680],
    ['gemini-3.1-flash-image', '4K', 2520],
    ['gemini-3.1-flash-lite-image', '1K', 1120],
    ['gemini-nano-banana-2.1', '1K', 1120],
    ['gemini-nano-banana-2.1', '2K', null],
  ])('%s at %s makes images of %j tokens', (model, imageSize, tokens) => {
    expect(estimate(model, { imageSize })?.imageOut).toBe(tokens);
  });

  it.each([
    ['512x512', 747],
    ['688x384', 747],
    ['1376x768', 1120],
    ['2752x1536', 1680],
    ['12288x1536', 2520],
  ])('reads the tier from the size %s', (size, tokens) => {
    expect(estimate('gemini-3.1-flash-image', { size: pixels(size) })?.imageOut).toBe(tokens);
  });

  it('makes the default tier where nothing is known', () => {
    expect(estimate('gemini-3.1-flash-image', { size: undefined })?.imageOut).toBe(1120);
  });

  it('reads the whole input for each of n images', () => {
    const facts = { n: 3, images: [pixels('4000x3000'), pixels('10x10')], textOutChars: 9 };
    expect(estimate('gemini-3-pro-image', facts)).toMatchObject({
      textIn: 2 * 3,
      imageIn: 2 * 1120 * 3,
      textOut: 3,
      imageOut: 3 * 1120,
    });
  });

  it('does not guess what no source tells', () => {
    expect(estimate('gemini-2.5-flash-image', { images: [pixels('10x10')] })?.imageIn).toBeNull();
    expect(estimate('gemini-2.5-flash-image')?.imageIn).toBe(0);
    expect(
      estimate('gemini-3-pro-image', { images: [pixels('10x10')], mediaResolution: 'low' })?.imageIn,
    ).toBeNull();
    const stranger = { ...rowOf('gemini-3-pro-image'), id: 'gemini-4' };
    expect(
      estimateUsage({ row: stranger, prompt: '', images: [], n: 1, partialImages: 0 })?.imageOut,
    ).toBeNull();
  });
});

describe('models without tokens', () => {
  it.each(['dall-e-2', 'dall-e-3', 'gpt-5'])('%s has no usage', (model) => {
    expect(estimate(model)).toBeNull();
  });
});
