import type { PixelSize } from '../models/index.ts';

/** Output tokens of the first generation, by size and quality, as the image guide prints them. */
const firstGeneration: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  '1024x1024': { low: 272, medium: 1056, high: 4160 },
  '1024x1536': { low: 408, medium: 1584, high: 6240 },
  '1536x1024': { low: 400, medium: 1568, high: 6208 },
};

/** How many patches the shorter side of the formula has at each quality; read from the vendor's calculator. */
const patchesByQuality = {
  'gpt-image-2': { low: 16, medium: 48, high: 96 },
  'gpt-image-2.5': { low: 16, medium: 24, high: 48, xhigh: 64, max: 96 },
  // The numbers of low and medium are not published, only that they cost three to four times those of 2.5;
  // 48 is a ceiling for both.
  'gpt-image-2.6': { low: 48, medium: 48, high: 48, xhigh: 64, max: 96 },
} as const satisfies Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Models since gpt-image-2, whose tokens follow from the pixels. */
export type PatchFormula = keyof typeof patchesByQuality;

/** Tokens that one preview costs on every GPT Image model. */
export const tokensOfPreview = 100;

/** Output tokens of one image of gpt-image-1, -mini or -1.5. Null: the guide prints nothing for that size or quality. */
export function countFirstGeneration(size: PixelSize, quality: string | undefined): number | null {
  const byQuality = firstGeneration[`${size.width}x${size.height}`];
  return byQuality === undefined ? null : levelOf(byQuality, quality);
}

/** Output tokens of one image since gpt-image-2. Null: a quality that the model does not have. */
export function countPatches(
  formula: PatchFormula,
  size: PixelSize,
  quality: string | undefined,
): number | null {
  const patches = levelOf(patchesByQuality[formula], quality);
  return patches === null ? null : patchTokens(size, patches);
}

/** On 2.6, low and medium are told to cost three to four times the tokens of 2.5. */
const leastFactorOf26 = 3;

/** The fewest tokens that one image can have: those of countPatches, but for levels whose numbers are not published. */
export function atLeastOfPatches(
  formula: PatchFormula,
  size: PixelSize,
  quality: string | undefined,
): number | null {
  if (formula !== 'gpt-image-2.6' || (quality !== 'low' && quality !== 'medium'))
    return countPatches(formula, size, quality);
  const before = countPatches('gpt-image-2.5', size, quality);
  return before === null ? null : before * leastFactorOf26;
}

/** The dearest level stands in for `auto` and for silence. */
function levelOf(levels: Readonly<Record<string, number>>, quality: string | undefined): number | null {
  if (quality === undefined || quality === 'auto') return Math.max(...Object.values(levels));
  return Object.hasOwn(levels, quality) ? (levels[quality] ?? null) : null;
}

/**
 * The vendor's calculator: a grid with `patches` on the long side and the proportional number, rounded, on the short
 * one, weighted by the pixels. Not monotonic in area: a larger wide image may have fewer tokens than a smaller square.
 */
function patchTokens(size: PixelSize, patches: number): number {
  const longest = Math.max(size.width, size.height);
  const shortest = Math.min(size.width, size.height);
  const short = Math.floor((2 * patches * shortest + longest) / (2 * longest));
  return Math.ceil((patches * short * (2_000_000 + size.width * size.height)) / 4_000_000);
}
