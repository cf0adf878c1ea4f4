import { describe, expect, it } from 'vitest';
import { openCatalogue } from '../catalogue/index.ts';
import type { Usage } from '../models/index.ts';
import { costNanoUsd } from './index.ts';

const catalogue = openCatalogue([], []);
const today = new Date('2026-11-21T12:00:00Z');

/** Text in, of it cached, image in, of it cached, text out, image out. */
type Block = readonly [number, number, number, number, number, number];

/**
 * What services reported, or document, for one call, and its cost in nano-USD by the table of published prices (USD for
 * a million tokens is nano-USD times a thousand for one). Added up by hand from the sums beside them, not by the code.
 */
const blocks: readonly (readonly [model: string, block: Block, sum: string, nanoUsd: number])[] = [
  ['gpt-image-1', [10, 0, 0, 0, 0, 272], '10×5000 + 272×40000', 10_930_000],
  ['gpt-image-1', [24, 0, 0, 0, 0, 1056], '24×5000 + 1056×40000', 42_360_000],
  ['gpt-image-1', [50, 0, 0, 0, 0, 4160], '50×5000 + 4160×40000', 166_650_000],
  ['gpt-image-1', [50, 0, 194, 0, 0, 6240], '50×5000 + 194×10000 + 6240×40000', 251_790_000],
  ['gpt-image-1', [12, 0, 4354, 0, 0, 4160], '12×5000 + 4354×10000 + 4160×40000', 210_000_000],
  [
    'gpt-image-1',
    [100, 60, 388, 194, 0, 6208],
    '40×5000 + 60×1250 + 194×10000 + 194×2500 + 6208×40000',
    251_020_000,
  ],
  ['gpt-image-1', [8, 0, 0, 0, 0, 572], '8×5000 + 572×40000', 22_920_000],
  ['gpt-image-1-mini', [10, 0, 0, 0, 0, 272], '10×2000 + 272×8000', 2_196_000],
  ['gpt-image-1-mini', [33, 0, 323, 0, 0, 1584], '33×2000 + 323×2500 + 1584×8000', 13_545_500],
  ['gpt-image-1-mini', [40, 40, 200, 100, 0, 4160], '40×200 + 100×2500 + 100×250 + 4160×8000', 33_563_000],
  ['gpt-image-1-mini', [7, 0, 0, 0, 0, 12480], '7×2000 + 12480×8000', 99_854_000],
  ['gpt-image-1.5', [20, 0, 0, 0, 0, 408], '20×5000 + 408×32000', 13_156_000],
  ['gpt-image-1.5', [20, 0, 0, 0, 15, 4160], '20×5000 + 15×10000 + 4160×32000', 133_370_000],
  ['gpt-image-1.5', [150, 0, 388, 0, 0, 1568], '150×5000 + 388×8000 + 1568×32000', 54_030_000],
  [
    'gpt-image-1.5',
    [150, 50, 388, 88, 20, 1568],
    '100×5000 + 50×1250 + 300×8000 + 88×2000 + 20×10000 + 1568×32000',
    53_514_500,
  ],
  ['gpt-image-1.5', [64000, 0, 0, 0, 0, 6240], '64000×5000 + 6240×32000', 519_680_000],
  ['chatgpt-image-latest', [30, 0, 0, 0, 0, 1056], '30×5000 + 1056×32000', 33_942_000],
  [
    'chatgpt-image-latest',
    [30, 0, 6434, 0, 10, 6208],
    '30×5000 + 6434×8000 + 10×10000 + 6208×32000',
    250_378_000,
  ],
  ['gpt-image-2', [6, 0, 0, 0, 0, 196], '6×5000 + 196×30000', 5_910_000],
  ['gpt-image-2', [6, 0, 0, 0, 0, 7024], '6×5000 + 7024×30000', 210_750_000],
  ['gpt-image-2', [6, 0, 0, 0, 0, 1756], '6×5000 + 1756×30000', 52_710_000],
  ['gpt-image-2', [6, 0, 1024, 0, 0, 158], '6×5000 + 1024×8000 + 158×30000', 12_962_000],
  ['gpt-image-2', [6, 0, 1536, 0, 12, 13342], '6×5000 + 1536×8000 + 12×10000 + 13342×30000', 412_698_000],
  ['gpt-image-2', [6, 6, 1536, 1536, 0, 196], '6×1250 + 1536×2000 + 196×30000', 8_959_500],
  ['gpt-image-2', [1000, 0, 3072, 0, 0, 496], '1000×5000 + 3072×8000 + 496×30000', 44_456_000],
  ['gpt-image-2-2026-04-21', [17, 0, 0, 0, 3, 5063], '17×5000 + 3×10000 + 5063×30000', 152_005_000],
  ['gpt-image-2.5-sunburst', [9, 0, 0, 0, 0, 439], '9×5000 + 439×30000', 13_215_000],
  ['gpt-image-2.5-sunburst', [9, 0, 0, 0, 250, 1756], '9×5000 + 250×0 + 1756×30000', 52_725_000],
  ['gpt-image-2.5-flare', [9, 0, 1024, 0, 0, 3122], '9×5000 + 1024×8000 + 3122×30000', 101_897_000],
  [
    'gpt-image-2.5-flare',
    [9, 3, 1024, 24, 0, 7024],
    '6×5000 + 3×1250 + 1000×8000 + 24×2000 + 7024×30000',
    218_801_750,
  ],
  ['gpt-image-2.5-flare', [0, 0, 0, 0, 0, 23719], '23719×30000', 711_570_000],
  ['gpt-image-2.6-sunburst', [11, 0, 0, 0, 0, 588], '11×5000 + 588×30000', 17_695_000],
  [
    'gpt-image-2.6-sunburst',
    [11, 0, 1536, 0, 77, 1756],
    '11×5000 + 1536×8000 + 77×0 + 1756×30000',
    65_023_000,
  ],
  ['gpt-image-2.6-flare', [11, 0, 0, 0, 0, 784], '11×5000 + 784×30000', 23_575_000],
  ['gemini-2.5-flash-image', [12, 0, 0, 0, 0, 1290], '12×300 + 1290×30000', 38_703_600],
  [
    'gemini-2.5-flash-image',
    [12, 0, 258, 0, 40, 1290],
    '12×300 + 258×300 + 40×2500 + 1290×30000',
    38_881_000,
  ],
  ['gemini-2.5-flash-image', [24, 0, 0, 0, 0, 2580], '24×300 + 2580×30000', 77_407_200],
  ['gemini-3-pro-image', [12, 0, 0, 0, 0, 1120], '12×2000 + 1120×120000', 134_424_000],
  [
    'gemini-3-pro-image',
    [12, 0, 1120, 0, 350, 1120],
    '12×2000 + 1120×2000 + 350×12000 + 1120×120000',
    140_864_000,
  ],
  [
    'gemini-3-pro-image',
    [12, 0, 2240, 0, 1024, 2000],
    '12×2000 + 2240×2000 + 1024×12000 + 2000×120000',
    256_792_000,
  ],
  ['gemini-3.1-flash-image', [15, 0, 0, 0, 0, 747], '15×500 + 747×60000', 44_827_500],
  [
    'gemini-3.1-flash-image',
    [15, 0, 1101, 0, 128, 1680],
    '15×500 + 1101×500 + 128×3000 + 1680×60000',
    101_742_000,
  ],
  ['gemini-3.1-flash-image', [15, 0, 0, 0, 0, 2520], '15×500 + 2520×60000', 151_207_500],
  ['gemini-3.1-flash-lite-image', [15, 0, 1120, 0, 0, 1120], '15×250 + 1120×250 + 1120×30000', 33_883_750],
  ['gemini-nano-banana-2.1', [15, 0, 0, 0, 64, 1120], '15×1500 + 64×7500 + 1120×30000', 34_102_500],
  ['gemini-nano-banana-2.1', [15, 0, 1120, 0, 0, 1120], '15×1500 + 1120×1500 + 1120×30000', 35_302_500],
  // Turns of text models, whose pictures are entries of their own.
  ['gpt-4o', [120, 0, 0, 0, 40, 0], '120×2500 + 40×10000', 700_000],
  ['gpt-4o-mini', [120, 20, 0, 0, 40, 0], '100×150 + 20×75 + 40×600', 40_500],
  ['gpt-4.1', [1500, 1024, 0, 0, 80, 0], '476×2000 + 1024×500 + 80×8000', 2_104_000],
  ['gpt-4.1-mini', [300, 0, 0, 0, 12, 0], '300×400 + 12×1600', 139_200],
  ['gpt-4.1-nano', [300, 0, 0, 0, 12, 0], '300×100 + 12×400', 34_800],
  ['o3', [210, 0, 0, 0, 900, 0], '210×2000 + 900×8000', 7_620_000],
  ['gpt-5', [210, 0, 0, 0, 640, 0], '210×1250 + 640×10000', 6_662_500],
  ['gpt-5-nano', [210, 128, 0, 0, 64, 0], '82×50 + 128×5 + 64×400', 30_340],
  ['gpt-5.2', [55, 0, 0, 0, 31, 0], '55×1750 + 31×14000', 530_250],
  ['gpt-5.4', [2400, 1920, 0, 0, 310, 0], '480×2500 + 1920×250 + 310×15000', 6_330_000],
  ['gpt-5.4-mini', [87, 0, 0, 0, 26, 0], '87×750 + 26×4500', 182_250],
  ['gpt-5.4-nano', [87, 0, 0, 0, 26, 0], '87×200 + 26×1250', 49_900],
];

function priceOf(model: string) {
  const found = catalogue.find(model);
  const price = found && catalogue.priceOf(found.row, found.row.vendor, today);
  if (!price) throw new Error(`${model} has no price`);
  return price;
}

function toUsage([textIn, textInCached, imageIn, imageInCached, textOut, imageOut]: Block): Usage {
  return { textIn, textInCached, imageIn, imageInCached, textOut, imageOut, source: 'provider' };
}

describe('usage blocks', () => {
  it.each(blocks)('%s %j costs %s = %i', (model, block, sum, nanoUsd) => {
    const price = priceOf(model);
    expect(costNanoUsd({ usage: toUsage(block), images: [] }, price)).toBe(nanoUsd);
    // The sum that was added up names the same tokens at the same rates.
    const added = sum.split(' + ').map((part) => part.split('×').map(Number));
    expect(added.reduce((total, [tokens = 0, rate = 0]) => total + tokens * rate, 0)).toBe(nanoUsd);
    expect(price.id).toMatch(/^(openai|google)\/.+\/\d{4}-\d{2}-\d{2}$/);
  });

  it('are at least forty, of every family with a price for tokens', () => {
    expect(blocks.length).toBeGreaterThanOrEqual(40);
    const models = new Set(blocks.map(([model]) => priceOf(model).model));
    const priced = catalogue.prices.filter(({ price }) => price.mode === 'token').map(({ model }) => model);
    const missing = priced.filter((model) => !models.has(model.replace(/-\d{4}-\d{2}-\d{2}$/, '')));
    expect(missing).toEqual([]);
  });
});
