import type { PixelSize } from '../models/index.ts';

/** A picture counts as square until its proportion is nearer to 3:2. */
const squareish = Math.sqrt(1.5);

/** Patches that one picture may have since gpt-image-2. */
export const patchBudget = 1536;

/** Models of the first generation that keep only their first picture at high fidelity; the others keep five. */
const keepsOne: ReadonlySet<string> = new Set(['gpt-image-1', 'gpt-image-1-mini']);

/**
 * Input tokens of the first generation: 65 and 129 for each 512-pixel tile of the picture, once it is scaled so that
 * its shorter side has 512 pixels. High fidelity adds the tokens of a picture at high quality for those it keeps.
 */
export function countTiles(
  model: string,
  images: readonly PixelSize[],
  inputFidelity: string | undefined,
): number {
  const kept = inputFidelity === 'high' ? (keepsOne.has(model) ? 1 : 5) : 0;
  return sum(images.map((image, index) => tilesOf(image) + (index < kept ? fidelityOf(image) : 0)));
}

function tilesOf(image: PixelSize): number {
  return 65 + 129 * Math.ceil(proportion(image));
}

function fidelityOf(image: PixelSize): number {
  return proportion(image) < squareish ? 4160 : 6240;
}

/**
 * Input tokens since gpt-image-2: patches of 32 pixels, at most 1536 of them. Its vendor publishes no rule; this one
 * was measured. Small pictures are magnified up to twice towards a longer side of 1024, and shapes beyond 3:1 count
 * as 3:1.
 */
export function countInputPatches(images: readonly PixelSize[]): number {
  return sum(images.map(inputPatchesOf));
}

function inputPatchesOf(image: PixelSize): number {
  const longest = Math.max(image.width, image.height);
  const magnified = longest * Math.min(2, Math.max(1, 1024 / longest));
  const long = magnified / 32;
  const short = long / Math.min(3, proportion(image));
  const whole = Math.ceil(long) * Math.ceil(short);
  return whole <= patchBudget ? whole : shrunk(long, short);
}

/** Scales a grid that is over the budget into it, and on until one side is a whole number of patches. */
function shrunk(long: number, short: number): number {
  const scale = Math.sqrt(patchBudget / (long * short));
  const [scaledLong, scaledShort] = [long * scale, short * scale];
  const fit = Math.min(Math.floor(scaledLong) / scaledLong, Math.floor(scaledShort) / scaledShort);
  return roundUp(scaledLong * fit) * roundUp(scaledShort * fit);
}

/** Up to the next whole patch; what floating point adds to a whole number is not one. */
function roundUp(patches: number): number {
  return Math.ceil(patches - 1e-9);
}

/** Longer side over shorter side. */
function proportion(image: PixelSize): number {
  return Math.max(image.width, image.height) / Math.min(image.width, image.height);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
