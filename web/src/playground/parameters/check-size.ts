import type { SizeRule } from '@pictor/sdk';

export type FreeSizes = Extract<SizeRule, { kind: 'free' }>;

/** Width and height in pixels; null: the text is no size. */
export function readSize(size: string): { readonly width: number; readonly height: number } | null {
  const match = /^(\d{1,6})x(\d{1,6})$/.exec(size);
  return match === null ? null : { width: Number(match[1]), height: Number(match[2]) };
}

/** Why a model with free sizes does not make this one, as a sentence; null: it does. */
export function explainSize(rule: FreeSizes, width: number, height: number): string | null {
  const { multipleOf, minEdge, maxEdge, maxRatio, minPixels, maxPixels } = rule;
  if (!isWhole(width) || !isWhole(height)) return 'Width and height are whole numbers of pixels.';
  if (width % multipleOf !== 0 || height % multipleOf !== 0) {
    return `Width and height must be multiples of ${multipleOf}.`;
  }
  const long = Math.max(width, height);
  const short = Math.min(width, height);
  if (long > maxEdge) return `No side may be longer than ${maxEdge} pixels.`;
  if (short < minEdge) return `No side may be shorter than ${minEdge} pixels.`;
  if (long / short > maxRatio) return `The long side may be ${maxRatio} times the short one at most.`;
  const pixels = width * height;
  if (pixels < minPixels)
    return `It has ${count(pixels)} pixels; the model makes no less than ${count(minPixels)}.`;
  if (pixels > maxPixels)
    return `It has ${count(pixels)} pixels; the model makes no more than ${count(maxPixels)}.`;
  return null;
}

/** A size near the one that was asked for that the model makes; null: none was found. */
export function nearestSize(rule: FreeSizes, width: number, height: number): string | null {
  const { multipleOf, minEdge, maxEdge, maxRatio, minPixels, maxPixels } = rule;
  const wide = Math.max(1, width);
  const high = Math.max(1, height);
  const ratio = Math.min(maxRatio, Math.max(1 / maxRatio, wide / high));
  const pixels = Math.min(maxPixels, Math.max(minPixels, wide * high));
  const idealHeight = Math.sqrt(pixels / ratio);
  const toStep = (value: number, round: (value: number) => number): number =>
    Math.min(
      Math.max(round(value / multipleOf), Math.ceil(minEdge / multipleOf)),
      Math.floor(maxEdge / multipleOf),
    ) * multipleOf;
  const ways = [Math.round, Math.ceil, Math.floor];
  const found = ways
    .flatMap((byWidth) =>
      ways.map((byHeight) => [toStep(idealHeight * ratio, byWidth), toStep(idealHeight, byHeight)]),
    )
    .find(([w = 0, h = 0]) => explainSize(rule, w, h) === null);
  return found === undefined ? null : found.join('x');
}

function isWhole(value: number): boolean {
  return Number.isInteger(value) && value > 0;
}

function count(value: number): string {
  return value.toLocaleString('en');
}
