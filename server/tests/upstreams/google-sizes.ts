// The tables of the image generation guide as quoted on 2026-09-05, typed in again here, so that a slip in the
// catalogue's own copy shows. 2K and 4K are two and four times 1K in every cell.

const ten: readonly (readonly [string, number, number])[] = [
  ['1:1', 1024, 1024],
  ['2:3', 848, 1264],
  ['3:2', 1264, 848],
  ['3:4', 896, 1200],
  ['4:3', 1200, 896],
  ['4:5', 928, 1152],
  ['5:4', 1152, 928],
  ['9:16', 768, 1376],
  ['16:9', 1376, 768],
  ['21:9', 1584, 672],
];

const four: typeof ten = [
  ['1:4', 512, 2048],
  ['4:1', 2048, 512],
  ['1:8', 384, 3072],
  ['8:1', 3072, 384],
];

/** The guide prints 792x168 for 21:9, which is not that ratio. */
const fourteen512: typeof ten = [
  ['1:1', 512, 512],
  ['2:3', 424, 632],
  ['3:2', 632, 424],
  ['3:4', 448, 600],
  ['4:3', 600, 448],
  ['4:5', 464, 576],
  ['5:4', 576, 464],
  ['9:16', 384, 688],
  ['16:9', 688, 384],
  ['21:9', 792, 336],
  ['1:4', 256, 1024],
  ['4:1', 1024, 256],
  ['1:8', 192, 1536],
  ['8:1', 1536, 192],
];

const of25Flash: typeof ten = [
  ['1:1', 1024, 1024],
  ['2:3', 832, 1248],
  ['3:2', 1248, 832],
  ['3:4', 864, 1184],
  ['4:3', 1184, 864],
  ['4:5', 896, 1152],
  ['5:4', 1152, 896],
  ['9:16', 768, 1344],
  ['16:9', 1344, 768],
  ['21:9', 1536, 672],
];

const times = (table: typeof ten, factor: number): typeof ten =>
  table.map(([ratio, width, height]) => [ratio, width * factor, height * factor]);

const fourteen = [...ten, ...four];

/** Model → tier → ratio, width and height. */
export const googleSizes: Readonly<Record<string, Readonly<Record<string, typeof ten>>>> = {
  'gemini-2.5-flash-image': { '1K': of25Flash },
  'gemini-3-pro-image': { '1K': ten, '2K': times(ten, 2), '4K': times(ten, 4) },
  'gemini-3.1-flash-image': {
    '512': fourteen512,
    '1K': fourteen,
    '2K': times(fourteen, 2),
    '4K': times(fourteen, 4),
  },
  'gemini-3.1-flash-lite-image': { '1K': ten },
  'gemini-nano-banana-2.1': { '1K': fourteen, '2K': times(fourteen, 2), '4K': times(fourteen, 4) },
};

/** Tokens of one image by model and tier; the largest tiers of 2.1 are not published, and made up here. */
export const googleTokens: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'gemini-2.5-flash-image': { '1K': 1290 },
  'gemini-3-pro-image': { '1K': 1120, '2K': 1120, '4K': 2000 },
  'gemini-3.1-flash-image': { '512': 747, '1K': 1120, '2K': 1680, '4K': 2520 },
  'gemini-3.1-flash-lite-image': { '1K': 1120 },
  'gemini-nano-banana-2.1': { '1K': 1120, '2K': 1680, '4K': 2520 },
};

/** Width and height of a cell. */
export function sizeOf(model: string, tier: string, ratio: string): { width: number; height: number } {
  const cell = googleSizes[model]?.[tier]?.find(([name]) => name === ratio);
  if (cell === undefined) throw new Error(`${model} has no ${ratio} at ${tier}.`);
  return { width: cell[1], height: cell[2] };
}
