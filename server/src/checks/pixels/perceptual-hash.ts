import { layOn, type Pixels, toLuma } from './pixels.ts';

/** Side of the picture that is hashed, and of the corner of its frequencies that is kept. */
export const hashedSide = 32;
const keptSide = 8;

/**
 * The perceptual hash known as pHash: brightness at 32 × 32, discrete cosine transform (DCT-II), the 8 × 8 lowest
 * frequencies, one bit each for those above their median; the constant one does not count for the median. 64 bits as 16 hex digits. `pixels` are 32 × 32.
 */
export function perceptualHash(pixels: Pixels): string {
  const luma = toLuma(layOn(pixels, 255));
  const low: number[] = [];
  for (let down = 0; down < keptSide; down += 1) {
    for (let across = 0; across < keptSide; across += 1) low.push(coefficient(luma, across, down));
  }
  const sorted = low.slice(1).sort((one, other) => one - other);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  let bits = 0n;
  for (const value of low) bits = (bits << 1n) | (value > median ? 1n : 0n);
  return bits.toString(16).padStart(16, '0');
}

const cosines = Array.from({ length: keptSide }, (_, frequency) =>
  Float64Array.from({ length: hashedSide }, (_, place) =>
    Math.cos(((2 * place + 1) * frequency * Math.PI) / (2 * hashedSide)),
  ),
);

function coefficient(luma: Float32Array, across: number, down: number): number {
  let sum = 0;
  for (let row = 0; row < hashedSide; row += 1) {
    let line = 0;
    for (let column = 0; column < hashedSide; column += 1) {
      line += (luma[row * hashedSide + column] ?? 0) * (cosines[across]?.[column] ?? 0);
    }
    sum += line * (cosines[down]?.[row] ?? 0);
  }
  return sum;
}

/** How many of the 64 bits differ. */
export function hashDistance(one: string, other: string): number {
  let differing = BigInt(`0x${one}`) ^ BigInt(`0x${other}`);
  let count = 0;
  while (differing > 0n) {
    count += Number(differing & 1n);
    differing >>= 1n;
  }
  return count;
}
