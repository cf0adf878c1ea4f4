import { describe, expect, it } from 'vitest';
import type { ImageInput, ImageJob, ModelRow, PixelSize, SizeRule } from '../../models/index.ts';
import { settleJob } from './settle-job.ts';
import { sketchRow } from './sketch-row.ts';

const free = sketchRow.size;
const fixed: SizeRule = {
  kind: 'fixed',
  sizes: ['1024x1024', '1792x1024', '1024x1792'],
  default: 'auto',
};
const table: SizeRule = {
  kind: 'ratio-table',
  tiers: {
    '1K': { '1:1': '1024x1024', '16:9': '1376x768', '9:16': '768x1376' },
    '2K': { '1:1': '2048x2048', '16:9': '2752x1536' },
  },
  defaultTier: '1K',
  defaultRatio: '1:1',
};

const picture = (width: number, height: number): ImageInput => ({
  mediaType: 'image/png',
  byteCount: 1,
  width,
  height,
  hash: `${width}x${height}`,
  open: async function* () {
    yield new Uint8Array(1);
  },
});

function settle(
  size: SizeRule | undefined,
  changes: Partial<ImageJob>,
  parameters: ModelRow['parameters'] = sketchRow.parameters,
) {
  const { size: _, ...rest } = sketchRow;
  const row: ModelRow = { ...rest, parameters, ...(size === undefined ? {} : { size }) };
  return settleJob({
    kind: 'generate',
    row,
    upstreamModel: row.id,
    prompt: 'a cat',
    images: [],
    n: 1,
    partialImages: 0,
    passThrough: {},
    ...changes,
  });
}

describe('the size, where it is left open', () => {
  it.each<[string, SizeRule | undefined, Partial<ImageJob>, PixelSize]>([
    ['is square', free, {}, { width: 1024, height: 1024 }],
    ['is wide for a panorama', free, { prompt: 'a panorama' }, { width: 1536, height: 1024 }],
    ['is tall for a poster', free, { prompt: 'a poster' }, { width: 1024, height: 1536 }],
    ['is one of a fixed list', fixed, { prompt: 'a wide view' }, { width: 1792, height: 1024 }],
    [
      'follows the first picture of an edit',
      free,
      { kind: 'edit', images: [picture(321, 777)] },
      { width: 321, height: 777 },
    ],
    [
      'is brought into the bounds',
      free,
      { kind: 'edit', images: [picture(8000, 4000)] },
      { width: 3840, height: 1920 },
    ],
    [
      'grows to the least edge',
      free,
      { kind: 'edit', images: [picture(32, 16)] },
      { width: 128, height: 64 },
    ],
    [
      'takes the nearest of a list for an edit',
      fixed,
      { kind: 'edit', images: [picture(300, 900)] },
      { width: 1024, height: 1792 },
    ],
    [
      'takes a cell of a table',
      table,
      { aspectRatio: '16:9', imageSize: '2K' },
      { width: 2752, height: 1536 },
    ],
    ['takes the default cell', table, {}, { width: 1024, height: 1024 }],
    [
      'takes the nearest ratio for an edit',
      table,
      { kind: 'edit', images: [picture(600, 1200)] },
      { width: 768, height: 1376 },
    ],
    ['keeps what was asked', free, { size: { width: 65, height: 3840 } }, { width: 65, height: 3840 }],
    ['works without a rule', undefined, {}, { width: 1024, height: 1024 }],
  ])('%s', (_title, rule, changes, expected) => {
    const { size, applied } = settle(rule, changes);
    expect(size).toEqual(expected);
    expect(applied.size).toEqual(expected);
  });
});

describe('what is told as applied', () => {
  it('is the best quality, or the default of models without it', () => {
    expect(settle(free, {}).applied.quality).toBe('high');
    expect(settle(free, { quality: 'low' }).applied.quality).toBe('low');
    expect(
      settle(free, {}, { quality: { kind: 'choice', values: ['standard', 'hd'], default: 'standard' } })
        .applied.quality,
    ).toBe('standard');
  });

  it('leaves out what the model does not have', () => {
    expect(settle(free, {}, {}).applied).toEqual({
      size: { width: 1024, height: 1024 },
      outputFormat: 'png',
    });
  });

  it.each([
    ['a cat', {}, 'opaque'],
    ['a sticker of a cat', {}, 'transparent'],
    ['a cat on a transparent background', {}, 'transparent'],
    ['a sticker of a cat', { background: 'opaque' }, 'opaque'],
    ['a sticker of a cat', { outputFormat: 'jpeg' }, 'opaque'],
    ['a cat', { background: 'transparent' }, 'transparent'],
  ] as const)('%s %j has a ground that is %s', (prompt, changes, background) => {
    expect(settle(free, { prompt, ...changes }).applied.background).toBe(background);
  });
});
